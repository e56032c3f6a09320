using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics.Tensors;
using VaeContent.Trainer.Data;

namespace VaeContent.Trainer.Metrics;

/// <summary>What a model's latents hold, by its encoder over the sprites it learnt from.</summary>
/// <param name="ActiveUnits">
/// Latent dimensions whose posterior mean varies over sprites by more than 0.01 (Burda et al. 2016); the others say nothing.
/// </param>
/// <param name="Kl">Nats that the latents hold of a sprite: the mean of KL(q(z|x) || N(0, I)) over sprites.</param>
/// <param name="KlPerDimension">The same for each dimension, (Z).</param>
/// <param name="PriorGap">
/// Fréchet distance of the latents that seeds draw to posterior draws, by that of one half of the posterior draws to the other at
/// the same counts: 1 where what is generated starts where training has been. Null below <see cref="FewestForGap"/> sprites.
/// </param>
public sealed record LatentHealth(int ActiveUnits, double Kl, IReadOnlyList<double> KlPerDimension, double? PriorGap)
{
    /// <summary>Sprites below which a gap would be noise.</summary>
    public const int FewestForGap = 64;

    // Sprites compared with as many seeds.
    private const int MostForGap = 2000;

    /// <summary>Encodes sprites, and draws as many latents as half of them from consecutive seeds.</summary>
    internal static LatentHealth Evaluate(EncoderBundle encoder, SpriteGenerator generator, SpriteSet sprites, long seed)
    {
        Posteriors posteriors = Posteriors.Encode(encoder, sprites);
        int n = posteriors.Count;
        double[] kl = posteriors.KlPerDimension();
        return new LatentHealth(posteriors.ActiveUnits(), kl.Sum(), kl,
            n < FewestForGap ? null : Gap(posteriors, generator, Math.Min(n, MostForGap) / 2, seed));
    }

    // Sprites alternately go into one half or the other, so that both see all of the set.
    private static double Gap(Posteriors posteriors, SpriteGenerator generator, int half, long seed)
    {
        FeatureMatrix Half(int which)
        {
            IEnumerable<int> members = Enumerable.Range(0, half)
                .Select(i => (int)(((2L * i) + which) * posteriors.Count / (2 * half)));
            return new(posteriors.Draw(members, 1, seed), posteriors.LatentSize);
        }
        FeatureMatrix judged = Half(0);
        double floor = FrechetDistance.Between(Half(1), judged);
        return FrechetDistance.Between(Drawn(generator, half, seed), judged) / floor;
    }

    private static FeatureMatrix Drawn(SpriteGenerator generator, int count, long seed)
    {
        int z = generator.Bundle.LatentSize;
        var drawn = new float[count * z];
        for (int i = 0; i < count; i++) generator.SampleLatent(seed + i, drawn.AsSpan(i * z, z));
        var values = new double[drawn.Length];
        TensorPrimitives.ConvertChecked<float, double>(drawn, values);
        return new FeatureMatrix(values, z);
    }
}
