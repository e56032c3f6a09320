using System;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Metrics;

namespace VaeContent.Trainer.Training.Select;

/// <summary>
/// Whether a prior's corrector is worth having. It makes sprites cleaner; on sets of many kinds of sprites it can carry samples
/// to the most typical ones, and the set as a whole moves away.
/// </summary>
internal static class CorrectorCheck
{
    // A second set of draws, and the random network's chance, move the distance by about 5%; more than this is a loss.
    private const double Allowed = 1.15;
    private const int Most = 1000, Draws = 2;

    /// <summary>
    /// Whether samples with it stay as near to held-out sprites as without, by the Fréchet distance in the features of a random
    /// network; true where there are too few sprites to tell.
    /// </summary>
    public static bool Helps(VaeBundle with, VaeBundle without, Dataset data)
    {
        Rgba32[][] Pixels(SpriteSet set) => [.. set.Spread(Most).Select(sprite => sprite.Pixels)];
        Rgba32[][] judged = Pixels(data.HeldOut), real = Pixels(data.Train);
        if (Math.Min(judged.Length, real.Length) < 5 * SampleJudge.Fewest) return true;
        using var features = new RandomFeatures(data.All.Width, data.All.Height);
        var judge = new SampleJudge(judged, real, [features]);
        double Distance(VaeBundle bundle)
        {
            using SpriteGenerator generator = GeneratedSprites.Start(bundle);
            return judge.Judge(GeneratedSprites.Draw(generator, seed: 0, Draws * judge.Count)).Spaces[0].Frechet.Samples;
        }
        return Distance(with) <= Allowed * Distance(without);
    }
}
