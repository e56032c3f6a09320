using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// What single latent dimensions do: a row each, from low to high, all else held at one sprite's latent (Higgins et al. 2017,
/// fig. 1).
/// </summary>
public static class TraversalSheet
{
    private const int Steps = 9;
    private const double Reach = 2.5; // standard deviations of the set's latents, either way

    /// <summary>
    /// The picture; <paramref name="label"/> is what a conditional decoder receives. Rows are <paramref name="dimensions"/>,
    /// columns go from -2.5 to 2.5 deviations around the mean of the set.
    /// </summary>
    internal static Bitmap Draw(SpriteGenerator decoder, Posteriors posteriors, int sprite, IReadOnlyList<int> dimensions,
        string? label, int scale)
    {
        int z = posteriors.LatentSize;
        var (mean, deviation) = posteriors.Moments();
        var cells = new List<Bitmap>();
        foreach (int d in dimensions)
        {
            float[] latent = posteriors.Mu.AsSpan(sprite * z, z).ToArray();
            for (int step = 0; step < Steps; step++)
            {
                latent[d] = (float)(mean[d] + (deviation[d] * Reach * ((2.0 * step / (Steps - 1)) - 1)));
                cells.Add(new Bitmap(decoder.Bundle.Width, decoder.Bundle.Height, decoder.Decode(latent, label).ToArray()));
            }
        }
        return ContactSheet.Compose(cells, Steps, scale);
    }

    /// <summary>
    /// The dimensions that hold most, first the one with the largest KL; at most <paramref name="count"/>, none that says
    /// nothing.
    /// </summary>
    internal static int[] Telling(Posteriors posteriors, int count)
    {
        double[] kl = posteriors.KlPerDimension();
        return [.. Enumerable.Range(0, kl.Length).Where(d => kl[d] > 0.05).OrderByDescending(d => kl[d]).Take(count)];
    }
}
