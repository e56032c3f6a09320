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

    /// <summary>Different opaque colours in the whole set.</summary>
    public int DistinctColours { get; private init; }

    /// <summary>Different opaque colours in a sprite: the median.</summary>
    public int MedianColours { get; private init; }

    /// <summary>The share of visible pixels with alpha 1..254, 0..1.</summary>
    public double SoftAlphaShare { get; private init; }

    /// <summary>The share of all pixels with alpha 128 or more, 0..1.</summary>
    public double Coverage { get; private init; }

    /// <summary>The share of sprites that hardly differ from their mirror image, 0..1.</summary>
    public double MirrorShare { get; private init; }

    /// <summary>
    /// How much the sprites agree on which side looks different: the asymmetry of the mean sprite over the mean asymmetry of
    /// sprites. Near 0, they face either way, and mirrored ones look like more of the same; near 1, all face one way.
    /// </summary>
    public double FacingAgreement { get; private init; }

    /// <summary>Label names and sprites of each.</summary>
    public IReadOnlyList<(string Label, int Count)> LabelTable { get; private init; } = [];

    /// <summary>Whether mirrored sprites would pass for sprites of the set: <see cref="FacingAgreement"/> below a quarter.</summary>
    public bool SuggestFlip => FacingAgreement < 0.25;

    /// <summary>Measures a set of one or more sprites.</summary>
    public static SpriteStatistics Of(SpriteSet set)
    {
        ArgumentOutOfRangeException.ThrowIfZero(set.Sprites.Count, nameof(set));
        var colours = new int[set.Sprites.Count];
        var asymmetry = new double[colours.Length];
        Parallel.For(0, colours.Length, i =>
        {
            colours[i] = new ColourHistogram([set.Sprites[i]]).Count;
            asymmetry[i] = Asymmetry(set.Sprites[i].Pixels, set.Width);
        });
        var all = new ColourHistogram(set.Sprites);
        Array.Sort(colours);
        return new SpriteStatistics
        {
            Count = colours.Length,
            Variants = set.Sprites.GroupBy(sprite => sprite.Group, StringComparer.Ordinal).Sum(group => group.Count() > 1 ? group.Count() : 0),
            DistinctColours = all.Count,
            MedianColours = colours[colours.Length / 2],
            SoftAlphaShare = all.SoftRatio,
            Coverage = (double)all.Opaque / ((long)colours.Length * set.Width * set.Height),
            MirrorShare = (double)asymmetry.Count(a => a < MirrorTolerance) / asymmetry.Length,
            FacingAgreement = Facing(set),
            LabelTable = [.. set.Labels.Zip(set.LabelCounts)],
        };
    }

    // Mean difference to the mirror image over visible pixels, 0..1, per channel of premultiplied colour and alpha. The mirror stands
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

    private static double Facing(SpriteSet set)
    {
        // sums[i]: over the sprites, the difference between pixel i and its mirror image on the canvas.
        var sums = new double[set.Width * set.Height * 4];
        double each = 0, mean = 0;
        foreach (Sprite sprite in set.Sprites)
        {
            for (int i = 0; i < sprite.Pixels.Length; i++)
            {
                int x = i % set.Width;
                Rgba32 here = sprite.Pixels[i], there = sprite.Pixels[i - x + set.Width - 1 - x];
                for (int c = 0; c < 4; c++)
                {
                    int difference = Channel(here, c) - Channel(there, c);
                    sums[i * 4 + c] += difference;
                    each += Math.Abs(difference);
                }
            }
        }
        foreach (double sum in sums) mean += Math.Abs(sum);
        return each == 0 ? 0 : mean / each;
    }

    private static int Channel(Rgba32 pixel, int channel) => channel switch
    {
        0 => pixel.R * pixel.A / 255,
        1 => pixel.G * pixel.A / 255,
        2 => pixel.B * pixel.A / 255,
        _ => pixel.A,
    };
}
