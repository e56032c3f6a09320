using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Data;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// Judges samples by held-out sprites R: d(samples, R) / d(other real sprites, R), n sprites each. Features and floors of the
/// real sprites are computed once. Feature spaces stay the caller's. One thread at a time.
/// </summary>
public sealed class SampleJudge
{
    /// <summary>Real sprites below which figures would mean nothing.</summary>
    public const int Fewest = 2 * Prdc.Neighbours;

    /// <summary>Sprites on either side above which figures hardly grow steadier.</summary>
    public const int Most = 1000;

    /// <summary>Comparisons that are averaged.</summary>
    public const int Draws = 8;

    /// <summary>The seed of the draws of real sprites.</summary>
    public const long Seed = 1;

    private readonly RealSpace[] _spaces;

    /// <summary>Looks at the real sprites; <see cref="Fewest"/> of each kind at least.</summary>
    /// <param name="judged">R: held-out sprites, of which n are used.</param>
    /// <param name="real">Other real sprites, of which n are drawn <see cref="Draws"/> times.</param>
    /// <param name="spaces">Where distances are measured.</param>
    public SampleJudge(IReadOnlyList<Rgba32[]> judged, IReadOnlyList<Rgba32[]> real, IReadOnlyList<IFeatureSpace> spaces)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(judged.Count, Fewest, nameof(judged));
        ArgumentOutOfRangeException.ThrowIfLessThan(real.Count, Fewest, nameof(real));
        Count = Math.Min(Most, Math.Min(judged.Count, real.Count));
        int[][] draws = [.. Enumerable.Range(0, Draws).Select(draw => Pick(real.Count, Count, draw))];
        _spaces = [.. spaces.Select(space =>
            new RealSpace(space, space.Extract(judged).Take(Pick(judged.Count, Count, 0)), space.Extract(real), draws))];
    }

    /// <summary>n: samples of one comparison.</summary>
    public int Count { get; }

    /// <summary>Samples that <see cref="Judge"/> can make use of.</summary>
    public int Wanted => Count * Draws;

    /// <summary>Judges generated sprites, n at least; they are compared n at a time, the rest is left out.</summary>
    public SampleQuality Judge(IReadOnlyList<Rgba32[]> samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples.Count, Count, nameof(samples));
        int draws = Math.Min(Draws, samples.Count / Count);
        Rgba32[][] judged = [.. samples.Take(draws * Count)];
        return new SampleQuality(Count, draws, Draws, Seed, [.. _spaces.Select(space => space.Judge(judged, draws))]);
    }

    // Chance alone picks sprites, as it picks seeds: an even spread over labels would set a floor that no generator can reach.
    // Draws of one shuffle share no sprite.
    internal static int[] Pick(int total, int count, int draw)
    {
        int drawsOfAShuffle = total / count;
        var random = new SplitMix(Seed, draw / drawsOfAShuffle);
        int[] shuffled = [.. Enumerable.Range(0, total)];
        for (int i = total - 1; i > 0; i--)
        {
            int other = random.Below(i + 1);
            (shuffled[i], shuffled[other]) = (shuffled[other], shuffled[i]);
        }
        return shuffled.AsSpan(draw % drawsOfAShuffle * count, count).ToArray();
    }

    // What real sprites are like in one feature space.
    private sealed class RealSpace
    {
        private readonly IFeatureSpace _space;
        private readonly Standardisation _scale;
        private readonly FeatureMatrix _judged;
        private readonly Comparison[] _floor;

        public RealSpace(IFeatureSpace space, FeatureMatrix judged, FeatureMatrix real, IEnumerable<int[]> draws)
        {
            _space = space;
            _scale = Standardisation.Fit(real);
            _judged = _scale.Apply(judged);
            FeatureMatrix other = _scale.Apply(real);
            _floor = [.. draws.Select(rows => Compare(other.Take(rows)))];
        }

        public FeatureQuality Judge(IReadOnlyList<Rgba32[]> samples, int draws)
        {
            FeatureMatrix features = _scale.Apply(_space.Extract(samples));
            int n = _judged.Rows;
            Comparison[] found = [.. Enumerable.Range(0, draws)
                .Select(draw => Compare(features.Take([.. Enumerable.Range(draw * n, n)])))];
            DistanceRatio Ratio(Func<Comparison, double> distance) =>
                DistanceRatio.FromDistances([.. found.Select(distance)], [.. _floor.Select(distance)]);
            return new FeatureQuality(_space.Name, _space.Seed, _space.Fingerprint, features.Columns,
                Ratio(one => one.Frechet), Ratio(one => one.Kernel.Biased), found.Average(one => one.Kernel.Unbiased),
                Mean(found), Mean(_floor));
        }

        private Comparison Compare(FeatureMatrix features) =>
            new(FrechetDistance.Between(features, _judged), KernelDistance.Between(features, _judged),
                Prdc.Evaluate(_judged, features));

        private static Prdc Mean(Comparison[] all) =>
            new(all.Average(one => one.Neighbours.Precision), all.Average(one => one.Neighbours.Recall),
                all.Average(one => one.Neighbours.Density), all.Average(one => one.Neighbours.Coverage));
    }

    private sealed record Comparison(double Frechet, KernelDistance Kernel, Prdc Neighbours);
}

/// <summary>How near samples are to real sprites, on pixels alone: as <see cref="SampleJudge"/> measures it.</summary>
/// <param name="Count">n: sprites on either side of every comparison.</param>
/// <param name="SampleDraws">Comparisons of samples that the figures are means of; each with its own n samples.</param>
/// <param name="RealDraws">Comparisons of real sprites that the floors are means of.</param>
/// <param name="Seed">Of the draws of real sprites.</param>
/// <param name="Spaces">The figures, a feature space each.</param>
public sealed record SampleQuality(int Count, int SampleDraws, int RealDraws, long Seed, IReadOnlyList<FeatureQuality> Spaces)
{
    /// <summary>
    /// Judges samples once. To judge repeatedly, keep a <see cref="SampleJudge"/>, which looks at real sprites only
    /// once.
    /// </summary>
    /// <param name="samples">
    /// Generated sprites; up to <see cref="SampleJudge.Draws"/> times as many as held-out ones are of use.
    /// </param>
    /// <param name="judged">Held-out sprites.</param>
    /// <param name="real">Other real sprites, for the floor: neither held out nor shown to the classifier.</param>
    /// <param name="spaces">Where distances are measured.</param>
    public static SampleQuality Evaluate(IReadOnlyList<Rgba32[]> samples, IReadOnlyList<Rgba32[]> judged,
        IReadOnlyList<Rgba32[]> real, IReadOnlyList<IFeatureSpace> spaces) =>
        new SampleJudge(judged, real, spaces).Judge(samples);
}

/// <summary>How near samples are to real sprites in one feature space.</summary>
/// <param name="Space">The name of the space.</param>
/// <param name="Seed">The seed of its weights.</param>
/// <param name="Fingerprint">SHA-256 of its weights.</param>
/// <param name="Features">D.</param>
/// <param name="Frechet">Fréchet distance.</param>
/// <param name="Kernel">Kernel distance, biased, so that the floor is above 0.</param>
/// <param name="KernelUnbiased">Unbiased kernel distance of samples, mean over draws: 0 is as good as real.</param>
/// <param name="Samples">Precision, recall, density and coverage of samples, means over draws.</param>
/// <param name="Real">The same of other real sprites at the same counts.</param>
public sealed record FeatureQuality(string Space, long Seed, string Fingerprint, int Features, DistanceRatio Frechet,
    DistanceRatio Kernel, double KernelUnbiased, Prdc Samples, Prdc Real);
