using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace VaeContent.Trainer.Data;

/// <summary>What a set's pixels are like, for <c>inspect</c> and for choosing settings.</summary>
public sealed record SpriteStatistics
{
    private const double MirrorTolerance = 0.1;

    /// <summary>Sprites.</summary>
    public int Count { get; private init; }

    /// <summary>Sprites that share their group with another.</summary>
    public int Variants { get; private init; }

    /// <summary>Different visible colours in the whole set, alpha being part of a colour.</summary>
    public int DistinctColours { get; private init; }

    /// <summary>Different visible colours in a sprite: the median.</summary>
    public int MedianColours { get; private init; }

    /// <summary>The share of visible pixels with alpha 1..254, 0..1.</summary>
    public double SoftAlphaShare { get; private init; }

    /// <summary>The share of all pixels with alpha 128 or more, 0..1.</summary>
    public double Coverage { get; private init; }

    /// <summary>The share of sprites that hardly differ from their mirror image, 0..1.</summary>
    public double MirrorShare { get; private init; }

    /// <summary>
    /// How much sprites of one label agree on how their left differs from their right: the mean correlation, 0..1, of the
    /// asymmetries of two of them. Near 0, they face either way, and mirrored ones look like more of the same.
    /// </summary>
    public double FacingAgreement { get; private init; }

    /// <summary>Label names and sprites of each.</summary>
    public IReadOnlyList<(string Label, int Count)> LabelTable { get; private init; } = [];

    /// <summary>Whether mirrored sprites would pass for sprites of the set: <see cref="FacingAgreement"/> below 0.1.</summary>
    public bool SuggestFlip => FacingAgreement < 0.1;

    /// <summary>Measures a set of one or more sprites.</summary>
    public static SpriteStatistics FromSet(SpriteSet set)
    {
        ArgumentOutOfRangeException.ThrowIfZero(set.Sprites.Count, nameof(set));
        var colours = new int[set.Sprites.Count];
        var asymmetry = new double[colours.Length];
        Parallel.For(0, colours.Length, Cores.All, i =>
        {
            Rgba32[] pixels = set.Sprites[i].Pixels;
            colours[i] = new ColourHistogram(pixels).Count;
            asymmetry[i] = Asymmetry(pixels, set.Width);
        });
        var all = new ColourHistogram(set.Sprites);
        Array.Sort(colours);
        return new SpriteStatistics
        {
            Count = colours.Length,
            Variants = set.Sprites.CountBy(sprite => sprite.Group, StringComparer.Ordinal)
                .Sum(group => group.Value > 1 ? group.Value : 0),
            DistinctColours = all.Count,
            MedianColours = colours[colours.Length / 2],
            SoftAlphaShare = all.SoftRatio,
            Coverage = (double)all.MostlyOpaque / ((long)colours.Length * set.Width * set.Height),
            MirrorShare = (double)asymmetry.Count(a => a < MirrorTolerance) / asymmetry.Length,
            FacingAgreement = Facing(set),
            LabelTable = [.. set.Labels.Zip(set.LabelCounts)],
        };
    }

    // Mean difference to the mirror image over visible pixels, 0..1, per channel of premultiplied colour and alpha. The mirror
    // stands
    // in the middle of the sprite, not of the canvas: a sprite one pixel off centre may still be symmetric.
    private static double Asymmetry(Rgba32[] pixels, int width)
    {
        Placement margins = Placement.Margins(pixels, width);
        int last = width - 1 - margins.Right + margins.Left;
        long difference = 0, visible = 0;
        for (int row = 0; row < pixels.Length; row += width)
        {
            for (int x = margins.Left; x <= last - margins.Left; x++)
            {
                Rgba32 here = pixels[row + x], there = pixels[row + last - x];
                if (here.A == 0 && there.A == 0) continue;
                visible++;
                for (int c = 0; c < 4; c++) difference += Math.Abs(Channel(here, c) - Channel(there, c));
            }
        }
        return visible == 0 ? 0 : difference / (4.0 * 255 * visible);
    }

    // d = sprite - its mirror image on the canvas. The mean of d_i . d_j over pairs i != j of one label, over the mean of d_i .
    // d_i,
    // from sums alone: (|sum d|^2 - sum |d|^2) / ((n - 1) sum |d|^2). Half a canvas will do: d is odd.
    private static double Facing(SpriteSet set)
    {
        double pairs = 0, own = 0;
        foreach (var label in set.Sprites.GroupBy(sprite => sprite.Label))
        {
            var sums = new long[set.Width * set.Height * 4];
            long squares = 0, count = 0;
            foreach (Sprite sprite in label)
            {
                count++;
                squares += AddDifference(sprite.Pixels, set.Width, sums);
            }
            if (count < 2) continue;
            own += squares;
            pairs += (sums.Sum(sum => (double)sum * sum) - squares) / (count - 1);
        }
        return own == 0 ? 0 : double.Max(0, pairs / own);
    }

    private static long AddDifference(Rgba32[] pixels, int width, long[] sums)
    {
        long squares = 0;
        for (int row = 0; row < pixels.Length; row += width)
        {
            for (int x = 0; x < width / 2; x++)
            {
                Rgba32 here = pixels[row + x], there = pixels[row + width - 1 - x];
                if (here == there) continue;
                for (int c = 0; c < 4; c++)
                {
                    int difference = Channel(here, c) - Channel(there, c);
                    sums[(row + x) * 4 + c] += difference;
                    squares += difference * difference;
                }
            }
        }
        return squares;
    }

    private static int Channel(Rgba32 pixel, int channel) => channel switch
    {
        0 => pixel.R * pixel.A / 255,
        1 => pixel.G * pixel.A / 255,
        2 => pixel.B * pixel.A / 255,
        _ => pixel.A,
    };
}
