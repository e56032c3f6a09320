using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// A distance of samples to held-out sprites, beside the distance that other real sprites have at the same counts.
/// </summary>
/// <param name="Samples">Distance of samples, mean over draws.</param>
/// <param name="Floor">Distance of real sprites, mean over draws: no model can be expected below it.</param>
/// <param name="Ratio">The one by the other: 1 is as good as real; null where the floor is 0.</param>
/// <param name="Spread">Standard deviation of the ratio of single draws; null where the floor is 0.</param>
/// <param name="Error">
/// Standard error of the ratio of means: what chance in the draws leaves open; null where the floor is 0.
/// </param>
public sealed record DistanceRatio(double Samples, double Floor, double? Ratio, double? Spread, double? Error)
{
    /// <summary>Sums up draws, at least one each.</summary>
    public static DistanceRatio FromDistances(IReadOnlyList<double> samples, IReadOnlyList<double> floor)
    {
        double above = samples.Average(), below = floor.Average();
        if (below <= 0) return new DistanceRatio(above, below, null, null, null);
        double ratio = above / below, ofSamples = Deviation(samples) / below, ofFloor = ratio * Deviation(floor) / below;
        return new DistanceRatio(above, below, ratio, Math.Sqrt((ofSamples * ofSamples) + (ofFloor * ofFloor)),
            Math.Sqrt((ofSamples * ofSamples / samples.Count) + (ofFloor * ofFloor / floor.Count)));
    }

    private static double Deviation(IReadOnlyList<double> values)
    {
        double mean = values.Average();
        return values.Count < 2 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }
}
