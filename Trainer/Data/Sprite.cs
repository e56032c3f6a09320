using System;
using System.Collections.Generic;

namespace VaeContent.Trainer.Data;

/// <summary>One training picture on its set's canvas. Never changes once made.</summary>
public sealed record Sprite
{
    // Either name and pixels, or where they lie and the canvas the pixels stand on.
    private readonly string? _path;
    private readonly Rgba32[]? _pixels;
    private readonly StoredPixels _stored;
    private readonly byte _width, _height;
    private readonly string? _group; // null where it is the path

    /// <summary>A sprite of its own group, without label or factors.</summary>
    /// <param name="path">Its name; see <see cref="Path"/>.</param>
    /// <param name="pixels">Its pixels, which it keeps; RGB under alpha 0 must be 0.</param>
    public Sprite(string path, Rgba32[] pixels)
    {
        _path = path;
        _pixels = pixels;
        Hash = StableHash.Of(pixels);
    }

    /// <summary>A sprite whose name and pixels stay on disk.</summary>
    internal Sprite(in StoredPixels stored, Canvas canvas)
    {
        _stored = stored;
        (_width, _height) = ((byte)canvas.Width, (byte)canvas.Height);
        Hash = StableHash.Of(Pixels);
    }

    /// <summary>
    /// Where it came from, relative to the set's folder, with forward slashes. <c>sheet.png#12</c> is cell 12 of a sheet,
    /// counted from 0 over the cells that show anything; <c>walk.gif@3</c> is frame 3 of an animation.
    /// </summary>
    public string Path => _path ?? _stored.Name;

    /// <summary>Variants of one sprite share a group, and a group is never cut by <see cref="SpriteSet.Split"/>.</summary>
    public string Group
    {
        get => _group ?? Path;
        init => _group = value;
    }

    /// <summary>The index of its label in <see cref="SpriteSet.Labels"/>, or -1 for none.</summary>
    public int Label { get; init; } = -1;

    /// <summary>
    /// Its values of <see cref="SpriteSet.FactorNames"/>, in that order; empty when labels.csv has no row for it.
    /// </summary>
    public IReadOnlyList<string> Factors { get; init; } = Array.Empty<string>();

    /// <summary>
    /// Straight-alpha pixels, row by row from the top: width x height of the set's canvas. Those of a sprite that stays on disk are read anew
    /// at each call: take them once, or use <see cref="CopyTo"/>.
    /// </summary>
    public Rgba32[] Pixels
    {
        get
        {
            if (_pixels is not null) return _pixels;
            var read = new Rgba32[PixelCount];
            CopyTo(read);
            return read;
        }
    }

    /// <summary>Width x height of the set's canvas.</summary>
    public int PixelCount => _pixels?.Length ?? _width * _height;

    /// <summary>A hash of the pixels that is the same on every machine.</summary>
    public ulong Hash { get; }

    /// <summary>Writes the pixels, <see cref="PixelCount"/> of them. No managed memory is allocated.</summary>
    public void CopyTo(Span<Rgba32> target)
    {
        if (_pixels is not null)
            _pixels.CopyTo(target);
        else
            _stored.PlaceOn(new Canvas(_width, _height), target);
    }
}
