using System;
using System.Buffers;
using System.Collections.Generic;

namespace VaeContent.Trainer.Data;

/// <summary>One training picture on its set's canvas. Never changes once made.</summary>
public sealed record Sprite
{
    // A set may have so many sprites that each field counts: one that stays on disk takes 64 bytes.
    private readonly object _source; // Held, or the PixelFile that _at and the bytes below speak of
    private readonly string? _group; // null where it is the path
    private readonly long _at;
    private readonly ushort _nameBytes;
    private readonly short _label = -1;
    private readonly byte _storedWidth, _storedHeight, _width, _height;

    /// <summary>A sprite of its own group, without label or factors.</summary>
    /// <param name="source">Where it comes from.</param>
    /// <param name="pixels">Its pixels, which it keeps; RGB under alpha 0 must be 0.</param>
    public Sprite(PicturePath source, Rgba32[] pixels)
    {
        _source = new Held(source, pixels);
        Hash = StableHash.Compute(pixels);
    }

    /// <summary>A sprite whose name and pixels stay on disk.</summary>
    internal Sprite(in StoredPixels stored, Canvas canvas)
    {
        (_source, _at, _storedWidth, _storedHeight, _nameBytes) = stored;
        (_width, _height) = ((byte)canvas.Width, (byte)canvas.Height);
        Rgba32[] rented = ArrayPool<Rgba32>.Shared.Rent(PixelCount);
        Span<Rgba32> pixels = rented.AsSpan(0, PixelCount);
        CopyTo(pixels);
        Hash = StableHash.Compute(pixels);
        ArrayPool<Rgba32>.Shared.Return(rented);
    }

    /// <summary>Where it comes from, relative to the set's folder.</summary>
    public PicturePath Source => _source is Held held ? held.Source : Stored.Source;

    /// <summary>Its name, as <see cref="PicturePath.ToString"/> writes <see cref="Source"/>.</summary>
    public string Path => Source.ToString();

    /// <summary>Variants of one sprite share a group, and a group is never cut by <see cref="SpriteSet.Split"/>.</summary>
    public string Group
    {
        get => _group ?? Path;
        init => _group = value;
    }

    /// <summary>The index of its label in <see cref="SpriteSet.Labels"/>, or -1 for none.</summary>
    public int Label
    {
        get => _label;
        init => _label = checked((short)value);
    }

    /// <summary>
    /// Its values of <see cref="SpriteSet.FactorNames"/>, in that order; empty when labels.csv has no row for it.
    /// </summary>
    public IReadOnlyList<string> Factors { get; init; } = Array.Empty<string>();

    /// <summary>
    /// Straight-alpha pixels, row by row from the top: width x height of the set's canvas. Those of a sprite that stays on disk
    /// are read again at each call: take them once, or use <see cref="CopyTo"/>.
    /// </summary>
    public Rgba32[] Pixels
    {
        get
        {
            if (_source is Held held) return held.Pixels;
            var read = new Rgba32[PixelCount];
            CopyTo(read);
            return read;
        }
    }

    /// <summary>Width x height of the set's canvas.</summary>
    public int PixelCount => _source is Held held ? held.Pixels.Length : _width * _height;

    /// <summary>A hash of the pixels that is the same on every machine.</summary>
    public ulong Hash { get; }

    /// <summary>Writes the pixels, <see cref="PixelCount"/> of them. No managed memory is allocated.</summary>
    public void CopyTo(Span<Rgba32> target)
    {
        if (_source is Held held)
            held.Pixels.CopyTo(target);
        else
            Stored.PlaceOn(new Canvas(_width, _height), target);
    }

    private StoredPixels Stored => new((PixelFile)_source, _at, _storedWidth, _storedHeight, _nameBytes);

    private sealed record Held(PicturePath Source, Rgba32[] Pixels);
}
