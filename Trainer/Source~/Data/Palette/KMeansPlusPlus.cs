using System;

namespace VaeContent.Trainer.Data;

/// <summary>
/// Where clusters start (Arthur and Vassilvitskii 2007): each next centre is a point drawn in proportion to weight times squared
/// distance from the nearest centre so far.
/// </summary>
internal static class KMeansPlusPlus
{
    /// <summary>
    /// <paramref name="count"/> points to start from, and for every point which of them is nearest; of equally near ones the
    /// first.
    /// </summary>
    /// <param name="weights">The weight of each point, (N).</param>
    /// <param name="count">How many centres.</param>
    /// <param name="squaredDistance">Of two points.</param>
    /// <param name="uniform">A number in 0..1 for the draw of each centre.</param>
    public static (int[] Centres, int[] Nearest) Start(double[] weights, int count, Func<int, int, double> squaredDistance,
        Func<int, double> uniform)
    {
        var (centres, nearest, distances) = (new int[count], new int[weights.Length], new double[weights.Length]);
        Array.Fill(distances, 1);
        for (int c = 0; c < count; c++)
        {
            centres[c] = Draw(weights, distances, uniform(c));
            for (int i = 0; i < distances.Length; i++)
            {
                double distance = squaredDistance(i, centres[c]);
                if (c == 0 || distance < distances[i]) (distances[i], nearest[i]) = (distance, c);
            }
        }
        return (centres, nearest);
    }

    private static int Draw(double[] weights, double[] distances, double uniform)
    {
        double total = 0;
        for (int i = 0; i < weights.Length; i++) total += distances[i] * weights[i];
        double left = uniform * total;
        for (int i = 0; i < weights.Length; i++)
        {
            left -= distances[i] * weights[i];
            if (left < 0) return i;
        }
        return weights.Length - 1;
    }
}
