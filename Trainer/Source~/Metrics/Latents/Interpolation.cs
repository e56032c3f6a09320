using System;
using System.Collections.Generic;
using System.Linq;
using MathNet.Numerics.Statistics;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// How sprites morph from seed to seed, as <see cref="SpriteGenerator.Interpolate(long, long, float, string, float, Palette)"/>
/// shows it in a game.
/// </summary>
/// <param name="Pairs">Pairs of seeds, each walked in <see cref="Steps"/> equal steps.</param>
/// <param name="LargestStep">
/// The largest step of a walk by its mean step, mean over pairs: 1 is an even flow, <see cref="Steps"/> one single jump. A step
/// is the absolute difference of premultiplied RGBA, summed over pixels. Pairs of equal sprites count as even.
/// </param>
/// <param name="MidpointDistance">
/// Median distance of the sprites halfway to the nearest known sprite by that of the ends, by <see cref="NearestSprites"/>:
/// about 1 where what lies between is as much a sprite of the set as what is generated. Null where the ends are copies.
/// </param>
public sealed record Interpolation(int Pairs, double LargestStep, double? MidpointDistance)
{
    /// <summary>Steps of a walk.</summary>
    public const int Steps = 16;

    /// <summary>Walks between consecutive seeds: <paramref name="seed"/> to the next, the two after, and so on.</summary>
    /// <param name="generator">The shipped decoder.</param>
    /// <param name="known">The sprites the ends and midpoints are compared with; at least one.</param>
    /// <param name="pairs">Walks, 1 or more.</param>
    /// <param name="seed">The first seed.</param>
    public static Interpolation Evaluate(SpriteGenerator generator, IReadOnlyList<Rgba32[]> known, int pairs, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pairs, 1);
        var (ends, middles, ratios) = (new List<Rgba32[]>(), new List<Rgba32[]>(), new List<double>());
        for (int pair = 0; pair < pairs; pair++)
        {
            long from = seed + (2L * pair);
            Rgba32[][] walk = [.. Enumerable.Range(0, Steps + 1)
                .Select(step => generator.Interpolate(from, from + 1, (float)step / Steps).ToArray())];
            ratios.Add(LargestByMean(walk));
            ends.Add(walk[0]);
            ends.Add(walk[^1]);
            middles.Add(walk[Steps / 2]);
        }
        var search = new NearestSprites(known);
        double ofEnds = Statistics.Median(search.Distances(ends));
        return new Interpolation(pairs, ratios.Average(),
            ofEnds > 0 ? Statistics.Median(search.Distances(middles)) / ofEnds : null);
    }

    /// <summary>The largest difference of neighbouring sprites by the mean one; 1 where none differ.</summary>
    internal static double LargestByMean(IReadOnlyList<Rgba32[]> walk)
    {
        double[] steps = [.. Enumerable.Range(1, walk.Count - 1).Select(i => (double)Difference(walk[i - 1], walk[i]))];
        double mean = steps.Average();
        return mean > 0 ? steps.Max() / mean : 1;
    }

    // In units of 1 / 255^2.
    private static long Difference(Rgba32[] a, Rgba32[] b)
    {
        long sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += Math.Abs((a[i].R * a[i].A) - (b[i].R * b[i].A)) + Math.Abs((a[i].G * a[i].A) - (b[i].G * b[i].A))
                + Math.Abs((a[i].B * a[i].A) - (b[i].B * b[i].A)) + (255 * Math.Abs(a[i].A - b[i].A));
        }
        return sum;
    }
}
