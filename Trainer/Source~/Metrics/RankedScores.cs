using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Metrics;

/// <summary>How well scores tell one kind from another.</summary>
public static class RankedScores
{
    /// <summary>
    /// Area under the ROC curve: the chance that a sprite of <paramref name="strange"/> scores above one of
    /// <paramref name="usual"/>, ties counting half (Hanley and McNeil 1982). 1 is a perfect order, 0.5 none. Both need a score
    /// at least.
    /// </summary>
    public static double Auroc(IReadOnlyList<double> usual, IReadOnlyList<double> strange)
    {
        ArgumentOutOfRangeException.ThrowIfZero(usual.Count, nameof(usual));
        ArgumentOutOfRangeException.ThrowIfZero(strange.Count, nameof(strange));
        double[] sorted = [.. usual.Order()];
        return strange.Average(score => (Below(sorted, score, orEqual: false) + Below(sorted, score, orEqual: true))
            / (2.0 * sorted.Length));
    }

    private static int Below(double[] sorted, double score, bool orEqual)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] < score || (orEqual && sorted[middle] == score)) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
