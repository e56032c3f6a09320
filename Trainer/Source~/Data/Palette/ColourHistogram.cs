using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace VaeContent.Trainer.Data;

/// <summary>How often each visible colour occurs, its alpha being part of it.</summary>
internal sealed class ColourHistogram
{
    private readonly Dictionary<uint, long> _counts = [];

    /// <summary>Counts the pixels of sprites.</summary>
    public ColourHistogram(IEnumerable<Sprite> sprites)
    {
        Rgba32[] pixels = [];
        foreach (Sprite sprite in sprites)
        {
            if (pixels.Length != sprite.PixelCount) pixels = new Rgba32[sprite.PixelCount];
            sprite.CopyTo(pixels);
            Add(pixels);
        }
    }

    /// <summary>Counts the pixels of one sprite.</summary>
    public ColourHistogram(ReadOnlySpan<Rgba32> pixels) => Add(pixels);

    /// <summary>Different colours.</summary>
    public int Count => _counts.Count;

    /// <summary>Visible pixels: alpha 1..255.</summary>
    public long Visible { get; private set; }

    /// <summary>Pixels of alpha 1..254.</summary>
    public long Soft { get; private set; }

    /// <summary>Pixels of alpha 128..255.</summary>
    public long MostlyOpaque { get; private set; }

    /// <summary>Soft pixels as a share of the visible ones.</summary>
    public double SoftRatio => Visible == 0 ? 0 : (double)Soft / Visible;

    /// <summary>The colours and their pixel counts, in the order of their RGBA values.</summary>
    public (Rgba32[] Colours, long[] Counts) Sorted()
    {
        uint[] keys = [.. _counts.Keys];
        Array.Sort(keys);
        return (Array.ConvertAll(keys, Rgba32.FromPacked), Array.ConvertAll(keys, key => _counts[key]));
    }

    private void Add(ReadOnlySpan<Rgba32> pixels)
    {
        for (int i = 0; i < pixels.Length;)
        {
            Rgba32 pixel = pixels[i];
            int start = i;
            while (++i < pixels.Length && pixels[i] == pixel)
            {
            }
            int run = i - start;
            if (pixel.A == 0) continue;
            Visible += run;
            if (pixel.A < 255) Soft += run;
            if (pixel.A >= AlphaBands.MostlyOpaqueFrom) MostlyOpaque += run;
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, pixel.Packed, out _) += run;
        }
    }
}
