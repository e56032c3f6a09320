using System;
using System.Collections.Generic;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Data;

/// <summary>How <see cref="SpriteFolder.Load"/> reads a folder.</summary>
public sealed record SpriteFolderOptions
{
    /// <summary>
    /// The canvas in pixels, each side 8..128; smaller pictures are padded, larger ones skipped and reported. Null decides by the
    /// rules of <see cref="SpriteFolder"/>.
    /// </summary>
    public (int Width, int Height)? Size { get; init; }

    /// <summary>Cuts every file into the cells of a sprite sheet; null takes each file whole.</summary>
    public SheetGrid? Grid { get; init; }

    /// <summary>
    /// Poses of characters: the rows of sheets where <see cref="Frames"/> says how many frames they have, otherwise those of the
    /// JSON beside sheets, of labels.csv or of file names that are wanted. Empty to find them.
    /// </summary>
    public IReadOnlyList<string> Poses { get; init; } = [];

    /// <summary>Frames of each pose, or one number for all; empty where sheets are not cut into poses.</summary>
    public IReadOnlyList<int> Frames { get; init; } = [];

    /// <summary>Whether sheets have their poses side by side and the frames below each other.</summary>
    public bool Transposed { get; init; }
    /// <summary>Finds the grid of each file instead.</summary>
    public bool IsGridAuto { get; init; }

    /// <summary>A background to make transparent; null for none.</summary>
    internal Background? Key { get; init; }

    /// <summary>Finds it instead.</summary>
    public bool IsKeyAuto { get; init; }

    /// <summary>Undoes an enlargement; with the factor 1, that of each picture as it is found. Null leaves it.</summary>
    internal PixelScale? ScaleDown { get; init; }

    /// <summary>Where labels come from.</summary>
    public LabelSource Labels { get; init; } = LabelSource.Auto;

    /// <summary>
    /// Keeps copies, and takes sets however small: for what answers for single files. Blank pictures are dropped all the same.
    /// </summary>
    public bool KeepAll { get; init; }

    /// <summary>Only these sub-folders, relative to the folder (<c>mon</c>, <c>item/wand</c>); empty for all.</summary>
    public IReadOnlyList<string> Include { get; init; } = Array.Empty<string>();

    /// <summary>Continues without files that cannot be read; otherwise they are an error.</summary>
    public bool SkipBad { get; init; }

    /// <summary>How many bytes of pixels may lie in memory; a set that has more is left on disk.</summary>
    public long Budget { get; init; } = long.MaxValue;

    /// <summary>The folder for what is left on disk; null for the system's temporary one.</summary>
    public string? Cache { get; init; }
}
