using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Model;

/// <summary>The layers that a <see cref="ModelSpec"/> asks for, as sizes.</summary>
internal static class Architectures
{
    // Deeper than this, a map would shrink to nothing; shallower, the layer between map and latent would be most of the model.
    private const int SmallestSide = 2, LargestInnerSide = 8;

    /// <summary>
    /// An encoder: convolutions of stride 2 from the sprite inwards, then fully connected layers before the posterior's.
    /// </summary>
    public sealed record EncoderShape(IReadOnlyList<int> Convolutions, int InnerHeight, int InnerWidth, IReadOnlyList<int> Units);

    /// <summary>
    /// A decoder: fully connected layers, a map of the given size, then upsamplings to (channels, height, width) each.
    /// </summary>
    public sealed record DecoderShape(
        IReadOnlyList<int> Units, int Channels, int Height, int Width,
        IReadOnlyList<(int Channels, int Height, int Width)> Upsamplings);

    /// <summary>The encoder's layers.</summary>
    public static EncoderShape Encoder(ModelSpec spec)
    {
        if (spec.Architecture == Architecture.Mlp) return new([], spec.Height, spec.Width, spec.Widths);
        Level[] levels = Levels(spec);
        return new([.. levels[1..].Select(level => level.Width)], levels[^1].Rows, levels[^1].Columns,
            spec.Hidden > 0 ? [spec.Hidden] : []);
    }

    /// <summary>
    /// The decoder's layers, to the channels of a pixel, or to the map that a palette's head sits on, (C, ceil(H/2), ceil(W/2)).
    /// The last convolution of kernel 3 is not among them.
    /// </summary>
    public static DecoderShape Decoder(ModelSpec spec)
    {
        if (spec.Architecture == Architecture.Mlp)
        {
            int[] units = [.. spec.Widths.Reverse()];
            return spec.HasPalette ? new(units, spec.PixelFeatures, (spec.Height + 1) / 2, (spec.Width + 1) / 2, [])
                : new(units, spec.PixelChannels, spec.Height, spec.Width, []);
        }
        Level[] levels = Levels(spec);
        var upsamplings = new List<(int, int, int)>();
        int outermost = spec.Kernel == 3 ? 0 : 1;
        for (int i = levels.Length - 2; i >= outermost; i--)
            upsamplings.Add((levels[spec.Kernel == 3 ? i + 1 : i].DecoderWidth, levels[i].Rows, levels[i].Columns));
        if (spec.Kernel == 4 && !spec.HasPalette) upsamplings.Add((spec.PixelChannels, spec.Height, spec.Width));
        return new(spec.DecoderHidden > 0 ? [spec.DecoderHidden] : [], levels[^1].DecoderWidth, levels[^1].Rows,
            levels[^1].Columns, upsamplings);
    }

    // From the sprite itself, whose widths do not count, inwards.
    private static Level[] Levels(ModelSpec spec)
    {
        IReadOnlyList<int> widths = spec.Widths, decoderWidths = spec.DecoderWidths.Count > 0 ? spec.DecoderWidths : spec.Widths;
        var levels = new List<Level> { new(spec.Height, spec.Width, 0, 0) };
        while (levels.Count <= widths.Count || Math.Max(levels[^1].Rows, levels[^1].Columns) > LargestInnerSide)
        {
            int rows = (levels[^1].Rows + 1) / 2, columns = (levels[^1].Columns + 1) / 2,
                at = Math.Min(levels.Count, widths.Count) - 1;
            if (Math.Min(rows, columns) < SmallestSide) break;
            levels.Add(new(rows, columns, widths[at], decoderWidths[at]));
        }
        return [.. levels];
    }

    private readonly record struct Level(int Rows, int Columns, int Width, int DecoderWidth);
}
