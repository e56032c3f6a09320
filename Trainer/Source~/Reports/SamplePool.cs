using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Metrics;

namespace VaeContent.Trainer.Reports;

/// <summary>The sprites of many seeds in a row, and how they lie to those of the training set.</summary>
/// <param name="FirstSeed">The seed of the first.</param>
/// <param name="Sprites">N sprites of H x W pixels.</param>
/// <param name="Distances">
/// N distances to the nearest training sprite, as <see cref="NearestSprites"/> measures them, 0..1.
/// </param>
/// <param name="Spread">Median distance of two samples, 0..1: near 0, they all look alike.</param>
/// <param name="TrainingSpread">Median distance of two training sprites, 0..1.</param>
internal sealed record SamplePool(long FirstSeed, IReadOnlyList<Rgba32[]> Sprites, IReadOnlyList<double> Distances, double Spread,
    double TrainingSpread)
{
    /// <summary>Draws <paramref name="count"/> sprites and compares them.</summary>
    public static SamplePool Draw(VaeBundle decoder, SpriteSet training, long seed, int count,
        Device device = Device.Auto)
    {
        using SpriteGenerator generator = GeneratedSprites.Start(decoder, device);
        Rgba32[][] samples = GeneratedSprites.Draw(generator, seed, count), learnt = training.Pixels();
        return new SamplePool(seed, samples, new NearestSprites(learnt).Distances(samples), MedianOfPairs(samples),
            MedianOfPairs(learnt));
    }

    /// <summary>The <paramref name="count"/> training sprites nearest to <paramref name="sprite"/>, nearest first.</summary>
    public static (int Index, double Distance)[] Nearest(Rgba32[] sprite, IReadOnlyList<Rgba32[]> training, int count)
    {
        // The distance is the same in both directions: the sprite is the set that every training sprite searches.
        double[] distances = new NearestSprites([sprite]).Distances(training);
        return [.. Enumerable.Range(0, distances.Length).OrderBy(i => distances[i]).Take(count).Select(i => (i, distances[i]))];
    }

    // Of as many pairs as there are sprites, half a set apart: sets are in order of path, and neighbours there look alike.
    private static double MedianOfPairs(Rgba32[][] sprites)
    {
        double[] distances = [.. sprites.Select((sprite, i) =>
            new NearestSprites([sprite]).Find(sprites[(i + (sprites.Length / 2)) % sprites.Length]).Distance).Order()];
        return distances.Length == 0 ? 0 : distances[distances.Length / 2];
    }
}
