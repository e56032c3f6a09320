using System.Collections.Generic;

namespace VaeContent.Trainer.Metrics;

/// <summary>How near samples are to real sprites, on pixels alone: as <see cref="SampleJudge"/> measures it.</summary>
/// <param name="Count">n: sprites on either side of every comparison.</param>
/// <param name="SampleDraws">Comparisons of samples that the figures are means of; each with n samples of its own.</param>
/// <param name="RealDraws">Comparisons of real sprites that the floors are means of.</param>
/// <param name="Seed">Of the draws of real sprites.</param>
/// <param name="Spaces">The figures, a feature space each.</param>
public sealed record SampleQuality(int Count, int SampleDraws, int RealDraws, long Seed, IReadOnlyList<FeatureQuality> Spaces)
{
    /// <summary>Judges samples once. Whoever judges again and again keeps a <see cref="SampleJudge"/>, which looks at real sprites only once.</summary>
    /// <param name="samples">Generated sprites; up to <see cref="SampleJudge.Draws"/> times as many as held-out ones are of use.</param>
    /// <param name="judged">Held-out sprites.</param>
    /// <param name="real">Other real sprites, for the floor: neither held out nor shown to the classifier.</param>
    /// <param name="spaces">Where distances are measured.</param>
    public static SampleQuality Of(IReadOnlyList<Rgba32[]> samples, IReadOnlyList<Rgba32[]> judged, IReadOnlyList<Rgba32[]> real, IReadOnlyList<IFeatureSpace> spaces) =>
        new SampleJudge(judged, real, spaces).Judge(samples);
}
