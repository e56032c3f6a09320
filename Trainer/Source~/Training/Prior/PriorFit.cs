using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Internal;
using VaeContent.Trainer.Data;

namespace VaeContent.Trainer.Training;

/// <summary>
/// Fits the prior to where a trained encoder really puts the training sprites (Ghosh et al. 2020, "ex-post density estimation"):
/// samples then come from where the decoder has learnt something, per label where there are labels.
/// </summary>
internal static class PriorFit
{
    private const int DrawsPerSprite = 3;
    private const double LeftOut = 0.25;

    // Sprites of a label that its Gaussians are fitted to: more change little and cost minutes (MNIST: 5,700 a label).
    private const int MostSprites = 2000;
    private static readonly int[] Candidates = [1, 2, 4, 8, 12, 20];

    /// <summary>
    /// The prior for <paramref name="set"/>, whose posteriors are given. <paramref name="labelCounts"/>: how often each label is
    /// drawn, where that is not as often as it occurs in the set.
    /// </summary>
    public static Prior Fit(Posteriors posteriors, SpriteSet set, PriorSettings settings, long seed, int[]? labelCounts = null)
    {
        int z = posteriors.LatentSize;
        int[] counts = labelCounts ?? [.. set.LabelCounts];
        if (settings.Kind == "normal") return Prior.Normal(z, counts);

        (int Label, int[] Members)[] groups = set.Labels.Count == 0
            ? [(-1, [.. Enumerable.Range(0, posteriors.Count)])]
            : [.. Enumerable.Range(0, set.Labels.Count).Select(label => (label, MembersOf(set, label)))];
        double[] pooled = WithinLabels(posteriors, groups, z, seed);

        var weights = new List<int>();
        var labels = new List<int>();
        var numbers = new List<int>();
        foreach (var (label, members) in groups)
        {
            GaussianMixture mixture = Choose(posteriors, Thinned(members), z, pooled, settings.MaxComponents, seed);
            for (int c = 0; c < mixture.Weights.Length; c++)
            {
                weights.Add(Math.Max(1, (int)Math.Round(mixture.Weights[c] * 65536)));
                labels.Add(label);
                numbers.AddRange(mixture.Means[c].Select(ToQ16));
                for (int row = 0; row < z; row++)
                    for (int column = 0; column <= row; column++)
                        numbers.Add(ToQ16(mixture.Factors[c][(row * z) + column]));
            }
        }
        return Prior.Mixture(z, [.. weights], [.. labels], [.. numbers], counts);
    }

    // As many components as explain sprites best that had no part in the fit.
    private static GaussianMixture Choose(Posteriors posteriors, int[] members, int z, double[] pooled, int maxComponents,
        long seed)
    {
        double pull = 2.0 * z * DrawsPerSprite;
        int fitted = (int)(members.Length * (1 - LeftOut));
        int best = 1;
        if (members.Length >= 4 * z && maxComponents > 1)
        {
            double[] fit = posteriors.Draw(members.Where((_, i) => i % 4 != 3), 2, seed);
            double[] judge = posteriors.Draw(members.Where((_, i) => i % 4 == 3), 1, seed + 1);
            double bestScore = double.NegativeInfinity;
            foreach (int k in Candidates.Where(k => k <= maxComponents && k * z <= fitted))
            {
                double score = GaussianMixture.Fit(fit, z, k, seed, pooled, pull).MeanLogLikelihood(judge);
                if (score <= bestScore) break; // more components only fit noise from here on
                (best, bestScore) = (k, score);
            }
        }
        return GaussianMixture.Fit(posteriors.Draw(members, DrawsPerSprite, seed), z, best, seed, pooled, pull);
    }

    // Evenly over the set, which is in order of path.
    private static int[] Thinned(int[] members) => members.Length <= MostSprites ? members
        : [.. Enumerable.Range(0, MostSprites).Select(i => members[(int)((long)i * members.Length / MostSprites)])];

    // A label that all of training lacks is served by all of it.
    private static int[] MembersOf(SpriteSet set, int label)
    {
        int[] members = [.. Enumerable.Range(0, set.Sprites.Count).Where(i => set.Sprites[i].Label == label)];
        return members.Length > 0 ? members : [.. Enumerable.Range(0, set.Sprites.Count)];
    }

    private static double[] WithinLabels(Posteriors posteriors, (int Label, int[] Members)[] groups, int z, long seed)
    {
        var pooled = new double[z * z];
        double all = groups.Sum(group => group.Members.Length);
        foreach (var (_, members) in groups)
        {
            double[] covariance = GaussianMixture.Covariance(posteriors.Draw(members, DrawsPerSprite, seed), z);
            for (int i = 0; i < pooled.Length; i++) pooled[i] += covariance[i] * members.Length / all;
        }
        return pooled;
    }

    private static int ToQ16(double value) => (int)Math.Round(Math.Clamp(value, -1000, 1000) * Q16.One);
}
