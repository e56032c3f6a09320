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

    /// <summary>Different RGB colours among pixels of alpha 128 or more.</summary>
    public int DistinctColours { get; init; }

    /// <summary>The share of visible pixels that are neither invisible nor opaque (alpha 1..254), 0..1.</summary>
    public double SoftAlphaRatio { get; init; }

    /// <summary>
    /// Where the labels came from, for a log line: <c>labels.csv column 'dir'</c>, <c>folders</c>, <c>none</c>.
    /// </summary>
    public string LabelOrigin { get; init; } = "none";

    /// <summary>Bytes of pixels that were left on disk since they exceeded the budget; 0 where all lie in memory.</summary>
    public long BytesOnDisk { get; init; }

    /// <summary>Things worth a line on the screen, each one sentence or two.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = Array.Empty<string>();
}
