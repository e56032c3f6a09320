using System;
using System.Threading;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Training;

/// <summary>Trains a prior network on where a trained encoder puts the training sprites.</summary>
internal sealed class FlowFit
{
    private const int NoiseStream = 1 << 21, TimeStream = (1 << 21) + 1, PosteriorStream = (1 << 21) + 2;
    private const float LearningRate = 4e-3f, TimeShift = 1f;

    // However few passes these are.
    private const long FewestSteps = 200;

    private readonly FlowSpec _spec;
    private readonly Posteriors _posteriors;
    private readonly SpriteSet _set;
    private readonly long _seed;
    private readonly float[] _mean, _deviation;
    private readonly LatentBatch _batch;

    private FlowFit(FlowSpec spec, Posteriors posteriors, SpriteSet set, long seed)
    {
        (_spec, _posteriors, _set, _seed) = (spec, posteriors, set, seed);
        (_mean, _deviation) = posteriors.Moments();
        _batch = new LatentBatch(spec);
    }

    /// <summary>
    /// Trains for <paramref name="steps"/> steps, or, where that is 0, for <paramref name="seconds"/>, but for at most
    /// <paramref name="passes"/> over the posteriors; returns the network with the averaged weights.
    /// </summary>
    public static FlowNetwork Train(FlowSpec spec, Posteriors posteriors, SpriteSet set, long seed, long steps, double seconds,
        long passes, CancellationToken cancel = default)
    {
        var fit = new FlowFit(spec, posteriors, set, seed);
        long most = Math.Max(FewestSteps, passes * posteriors.Count / LatentBatch.Size);
        return LatentFit.Train(spec, seed, LearningRate, steps, seconds, most, fit.Loss, cancel);
    }

    private Tensor Loss(FlowNetwork network, long step)
    {
        Fill(step);
        var (_, found, velocity) = _batch.Ask(network);
        return found.sub(velocity).square().sum().div(LatentBatch.Size);
    }

    // Posterior draws of random sprites, each somewhere on the line from its own noise.
    private void Fill(long step)
    {
        var times = new Sampler(_seed, TimeStream);
        var order = new SplitMix(_seed, PosteriorStream + step);
        for (int b = 0; b < LatentBatch.Size; b++)
        {
            int sprite = order.Below(_posteriors.Count);
            // Times in the middle are the hardest, and near the latents more than near the noise: logit-normal (Esser et al.
            // 2024), shifted.
            float t = 1f / (1f + MathF.Exp(-times.Normal((step * LatentBatch.Size) + b) - TimeShift));
            _batch.Tell(b, t, _set.Sprites[sprite].Label);
            Place(b, sprite, t, step);
        }
    }

    private void Place(int b, int sprite, float t, long step)
    {
        int z = _spec.Latent;
        var normals = new Sampler(_seed, NoiseStream);
        long first = ((step * LatentBatch.Size) + b) * 2 * z;
        Span<float> x = _batch.Point(b), v = _batch.Target(b);
        for (int d = 0; d < z; d++)
        {
            int at = (sprite * z) + d;
            float noise = normals.Normal(first + d), own = normals.Normal(first + z + d);
            float latent = (_posteriors.Mu[at] + (MathF.Exp(0.5f * _posteriors.LogVar[at]) * own) - _mean[d]) / _deviation[d];
            x[d] = ((1 - t) * noise) + (t * latent);
            v[d] = latent - noise;
        }
    }
}
