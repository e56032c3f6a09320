using System.Collections.Generic;

namespace VaeContent.Trainer.Data;

/// <summary>Pictures left out for one reason: how many, and the first few by name.</summary>
/// <param name="Count">All of them.</param>
/// <param name="Examples">The first <see cref="ExampleLimit"/>, in path order.</param>
public readonly record struct Dropped(int Count, IReadOnlyList<string> Examples)
{
    /// <summary>How many are named.</summary>
    public const int ExampleLimit = 3;

    /// <summary>Counts <paramref name="names"/> and keeps the first few.</summary>
    public static Dropped Of(List<string> names) => new(names.Count, names.GetRange(0, int.Min(ExampleLimit, names.Count)));

    /// <summary>For a message: <c>5 (a.png, b.png, c.png, ...)</c>.</summary>
    public override string ToString() =>
        Count == 0 ? "0" : $"{Count} ({string.Join(", ", Examples)}{(Count > Examples.Count ? ", ..." : "")})";
}
