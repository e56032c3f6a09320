using System;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Metrics;

namespace VaeContent.Trainer.Training.Select;

/// <summary>How far samples lie from held-out sprites: the Fréchet distance in the features of a random network.</summary>
internal sealed class SetDistance : IDisposable
{
    private const int Most = 1000, Draws = 2;

    // A second set of draws, and the random network's chance, move the distance by about 5%.
    private const double Clearly = 0.95;

    private readonly RandomFeatures _features;
    private readonly SampleJudge _judge;

    private SetDistance(Rgba32[][] judged, Rgba32[][] real, int width, int height)
    {
        _features = new RandomFeatures(width, height);
        _judge = new SampleJudge(judged, real, [_features]);
    }

    /// <summary>To the held-out sprites of a set; null where there are too few to tell.</summary>
    public static SetDistance? To(Dataset data)
    {
        Rgba32[][] Pixels(SpriteSet set) => [.. set.Spread(Most).Select(sprite => sprite.Pixels)];
        Rgba32[][] judged = Pixels(data.HeldOut), real = Pixels(data.Train);
        return Math.Min(judged.Length, real.Length) < 5 * SampleJudge.Fewest ? null
            : new SetDistance(judged, real, data.All.Width, data.All.Height);
    }

    /// <summary>Of the samples of a bundle.</summary>
    public double Evaluate(VaeBundle bundle)
    {
        using SpriteGenerator generator = GeneratedSprites.Start(bundle);
        return _judge.Judge(GeneratedSprites.Draw(generator, seed: 0, Draws * _judge.Count)).Spaces[0].Frechet.Samples;
    }

    /// <summary>Whether one distance is less than another by more than chance; false where one is not known.</summary>
    public static bool IsClearlyNearer(double? one, double? other) => one < Clearly * other;

    /// <inheritdoc/>
    public void Dispose() => _features.Dispose();
}
