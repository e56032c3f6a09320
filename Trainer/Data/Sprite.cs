using System;
using System.Collections.Generic;

namespace VaeContent.Trainer.Data;

/// <summary>One training picture on its set's canvas. Never changes once made.</summary>
public sealed record Sprite
{
    /// <summary>A sprite of its own group, without label or factors.</summary>
    /// <param name="path">Its name; see <see cref="Path"/>.</param>
    /// <param name="pixels">Its pixels, which it keeps; RGB under alpha 0 must be 0.</param>
    public Sprite(string path, Rgba32[] pixels)
    {
        Path = path;
        Group = path;
        Pixels = pixels;
        Hash = StableHash.Of(pixels);
    }

    /// <summary>
    /// Where it came from, relative to the set's folder, with forward slashes. <c>sheet.png#12</c> is cell 12 of a sheet,
    /// counted from 0 over the cells that show anything; <c>walk.gif@3</c> is frame 3 of an animation.
    /// </summary>
    public string Path { get; }

    /// <summary>Variants of one sprite share a group, and a group is never cut by <see cref="SpriteSet.Split"/>.</summary>
    public string Group { get; init; }

    /// <summary>The index of its label in <see cref="SpriteSet.Labels"/>, or -1 for none.</summary>
    public int Label { get; init; } = -1;

    /// <summary>
    /// Its values of <see cref="SpriteSet.FactorNames"/>, in that order; empty when labels.csv has no row for it.
    /// </summary>
    public IReadOnlyList<string> Factors { get; init; } = Array.Empty<string>();

    /// <summary>Straight-alpha pixels, row by row from the top: width x height of the set's canvas.</summary>
    public Rgba32[] Pixels { get; }

    /// <summary>A hash of the pixels that is the same on every machine.</summary>
    public ulong Hash { get; }
}
