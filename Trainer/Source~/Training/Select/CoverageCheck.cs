using System;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Metrics;

namespace VaeContent.Trainer.Training.Select;

/// <summary>Whether what a trained model generates covers the set: a warning in plain words where it does not.</summary>
internal static class CoverageCheck
{
    private const int Most = 400;

    /// <summary>
    /// One or two sentences that name the settings to change; null where samples cover the set, or it is too small to tell.
    /// </summary>
    public static string? Warn(TrainedModel model)
    {
        Dataset data = model.Data;
        int n = Math.Min(Most, Math.Min(data.HeldOut.Sprites.Count, data.Train.Sprites.Count));
        if (n < 5 * SampleJudge.Fewest) return null;
        using var space = new RandomFeatures(data.All.Width, data.All.Height);
        using var generator = new SpriteGenerator(VaeBundle.Load(model.Export().Decoder(WeightPrecision.Float32), "trained"));
        Rgba32[][] Pixels(SpriteSet set) => [.. set.Spread(n).Select(sprite => sprite.Pixels)];
        FeatureMatrix judged = space.Extract(Pixels(data.HeldOut)), other = space.Extract(Pixels(data.Train)),
            made = space.Extract(GeneratedSprites.Draw(generator, seed: 0, n));
        Standardisation scale = Standardisation.Fit(other);
        (judged, other, made) = (scale.Apply(judged), scale.Apply(other), scale.Apply(made));
        return Warn(Prdc.Evaluate(judged, made).Coverage, Prdc.Evaluate(judged, other).Coverage, model.Config);
    }

    /// <summary>The same from the coverage of samples and of real sprites, 0..1.</summary>
    internal static string? Warn(double samples, double real, RunConfig config)
    {
        if (QualityLimits.Coverage.Level(samples / Math.Max(real, 1e-9)) > QualityLevel.NotYet) return null;
        string advice = config.Prior.IsFlow ? "Train longer, or on more sprites."
            : "Fit the prior to where the sprites lie: --set prior.kind=flow; then train longer.";
        return $"poor mode coverage: samples are near {samples:P0} of the held-out sprites, where other real sprites are near "
            + $"{real:P0}; some kinds are rarely generated. {advice}";
    }
}
