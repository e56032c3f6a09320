using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Cli;

/// <summary>What <c>--add</c> and <c>--remove</c> ask for: one direction in latent space, the sum of the bundle's.</summary>
/// <param name="Direction">(Z).</param>
/// <param name="Description">For people: <c>+hat -beard</c>.</param>
internal sealed record AttributeChange(float[] Direction, string Description)
{
    /// <summary>Adds up attributes, each <paramref name="strength"/> times; null where none is named.</summary>
    /// <exception cref="UserError">The bundle has no such attribute, or several.</exception>
    public static AttributeChange? FromNames(VaeBundle bundle, IReadOnlyList<string> add, IReadOnlyList<string> remove,
        float strength)
    {
        if (add.Count + remove.Count == 0) return null;
        var direction = new float[bundle.LatentSize];
        foreach (string name in add) Latent.Shift(direction, Find(bundle, name).Direction, strength, direction);
        foreach (string name in remove) Latent.Shift(direction, Find(bundle, name).Direction, -strength, direction);
        return new AttributeChange(direction,
            string.Join(' ', add.Select(name => "+" + name).Concat(remove.Select(name => "-" + name))));
    }

    // A value alone (hat) stands for the one column that has it (headgear=hat).
    private static LatentAttribute Find(VaeBundle bundle, string name)
    {
        if (bundle.Attributes.FirstOrDefault(one => one.Name == name) is { } exact) return exact;
        LatentAttribute[] ending = [.. bundle.Attributes.Where(one => one.Name.EndsWith("=" + name, StringComparison.Ordinal))];
        if (ending.Length == 1) return ending[0];
        if (ending.Length > 1)
            throw new UserError($"'{name}' may be {string.Join(" or ", ending.Select(one => one.Name))}: say which.");
        throw new UserError(bundle.Attributes.Count == 0
            ? $"'{bundle.Name}' has no attributes: they come from labels and the columns of labels.csv, when a run is exported."
            : $"'{bundle.Name}' has no attribute '{name}'. It has: "
                + $"{string.Join(", ", bundle.Attributes.Select(one => one.Name))}.");
    }
}
