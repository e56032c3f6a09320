using System;
using System.Collections.Generic;

namespace VaeContent.Trainer.Data;

/// <summary>What loading a folder found, dropped and changed.</summary>
public sealed record DataReport
{
    /// <summary>Picture files read.</summary>
    public int Files { get; init; }

    /// <summary>Pictures in them: as many as files, or more where a grid cut them into cells.</summary>
    public int Pictures { get; init; }

    /// <summary>Sprites that remained.</summary>
    public int Kept { get; init; }

    /// <summary>Pictures without a visible pixel, dropped.</summary>
    public Dropped Blank { get; init; } = new(0, Array.Empty<string>());

    /// <summary>Exact copies of an earlier sprite, dropped; each example reads <c>copy = original</c>.</summary>
    public Dropped Duplicates { get; init; } = new(0, Array.Empty<string>());

    /// <summary>Pictures too large for the canvas or too small for a sprite, dropped.</summary>
    public Dropped Skipped { get; init; } = new(0, Array.Empty<string>());

    /// <summary>The sizes of the skipped pictures, commonest first.</summary>
    public IReadOnlyList<SizeCount> SkippedSizes { get; init; } = Array.Empty<SizeCount>();

    /// <summary>The sizes of all pictures, commonest first.</summary>
    public IReadOnlyList<SizeCount> Sizes { get; init; } = Array.Empty<SizeCount>();

    /// <summary>Sprites smaller than the canvas: centred on it horizontally, standing on its bottom row.</summary>
    public int Padded { get; init; }

    /// <summary>Different colours of visible pixels, alpha being part of a colour.</summary>
    public int DistinctColours { get; init; }

    /// <summary>The share of visible pixels that are neither invisible nor opaque (alpha 1..254), 0..1.</summary>
    public double SoftAlphaRatio { get; init; }

    /// <summary>Pictures in which an alpha of 250 or more became 255, or one below 8 became 0.</summary>
    public int Snapped { get; init; }

    /// <summary>Groups of sprites that are of one drawing or animation; 0 where nobody looked.</summary>
    public int Groups { get; init; }

    /// <summary>
    /// Where the labels came from, for a log line: <c>labels.csv column 'dir'</c>, <c>folders</c>, <c>none</c>.
    /// </summary>
    public string LabelOrigin { get; init; } = "none";

    /// <summary>
    /// For labels of several columns (<c>--labels dir,sex</c>), each label's value in each of them; empty for others.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> LabelColumns { get; init; } = [];

    /// <summary>The poses of a set of characters, in the order of their labels; empty for other sets.</summary>
    public IReadOnlyList<Pose> Poses { get; init; } = [];

    /// <summary>Bytes of pixels that were left on disk since they exceeded the budget; 0 where all lie in memory.</summary>
    public long BytesOnDisk { get; init; }

    /// <summary>Things worth a line on the screen, each one sentence or two.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = Array.Empty<string>();
}

/// <summary>Pictures left out for one reason: how many, and the first few by name.</summary>
/// <param name="Count">All of them.</param>
/// <param name="Examples">The first <see cref="ExampleLimit"/>, in path order.</param>
public readonly record struct Dropped(int Count, IReadOnlyList<string> Examples)
{
    /// <summary>How many are named.</summary>
    public const int ExampleLimit = 3;

    /// <summary>Counts <paramref name="names"/> and keeps the first few.</summary>
    public static Dropped FromNames(List<string> names) =>
        new(names.Count, names.GetRange(0, int.Min(ExampleLimit, names.Count)));

    /// <summary>For a message: <c>5 (a.png, b.png, c.png, ...)</c>.</summary>
    public override string ToString() =>
        Count == 0 ? "0" : $"{Count} ({string.Join(", ", Examples)}{(Count > Examples.Count ? ", ..." : "")})";
}

/// <summary>How many pictures have a size.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Count">Pictures of that size.</param>
public readonly record struct SizeCount(int Width, int Height, int Count)
{
    /// <summary>For a message: <c>32x48 (4000)</c>.</summary>
    public override string ToString() => $"{Width}x{Height} ({Count})";
}
