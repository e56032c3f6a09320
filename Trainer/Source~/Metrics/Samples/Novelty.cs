using System;
using System.Collections.Generic;
using MathNet.Numerics.Statistics;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// Whether samples are new, or training sprites handed back. Distances are those of <see cref="NearestSprites"/> to the nearest
/// training sprite. Held-out sprites are the baseline: sprites of the same hand that no training saw.
/// </summary>
/// <param name="TrainingSprites">How many sprites samples were compared with.</param>
/// <param name="ExactCopies">The share of samples equal to a training sprite in every pixel, 0..1; lower is better.</param>
/// <param name="MedianDistance">Median distance of samples, 0..1: near that of held-out sprites is best.</param>
/// <param name="HeldOutMedianDistance">Median distance of held-out sprites, 0..1.</param>
/// <param name="HeldOutNear">The distance that only 1% of held-out sprites fall below, 0..1.</param>
/// <param name="NearCopies">
/// The share of samples below that distance, 0..1: 1% is what real sprites have, more means copying.
/// </param>
public sealed record Novelty(
    int TrainingSprites, double ExactCopies, double MedianDistance, double HeldOutMedianDistance, double HeldOutNear,
    double NearCopies)
{
    private const double Near = 0.01;

    /// <summary>Compares samples, and held-out sprites, with training sprites; at least one of each.</summary>
    public static Novelty Evaluate(IReadOnlyList<Rgba32[]> samples, IReadOnlyList<Rgba32[]> heldOut,
        IReadOnlyList<Rgba32[]> training)
    {
        var search = new NearestSprites(training);
        double[] distances = search.Distances(samples), baseline = search.Distances(heldOut);
        Array.Sort(distances);
        Array.Sort(baseline);
        double near = Quantile(baseline, Near);
        int below = 0;
        while (below < distances.Length && distances[below] < near) below++;
        return new Novelty(training.Count, (double)ExactMatches.Copies(samples, training) / samples.Count,
            Quantile(distances, 0.5), Quantile(baseline, 0.5), near, (double)below / samples.Count);
    }

    private static double Quantile(double[] sorted, double share) =>
        SortedArrayStatistics.QuantileCustom(sorted, share, QuantileDefinition.R7);
}
