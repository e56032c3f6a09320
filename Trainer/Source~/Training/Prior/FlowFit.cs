using System;
using System.Threading;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Training;

/// <summary>How long a flow trains.</summary>
/// <param name="Steps">Its steps; 0 where time counts.</param>
/// <param name="Seconds">How long without a number of steps.</param>
/// <param name="Passes">The most passes over the posteriors, however long these take.</param>
internal readonly record struct FlowTime(long Steps, double Seconds, long Passes)
{
    /// <summary>As much less as these passes are less.</summary>
    public FlowTime For(long passes) =>
        new((long)Math.Ceiling(Steps * (double)passes / Passes), Seconds * passes / Passes, passes);
}

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

    /// <summary>Of networks of one size, on posteriors of sprites of a set.</summary>
    public FlowFit(FlowSpec spec, Posteriors posteriors, SpriteSet set, long seed)
    {
        (_spec, _posteriors, _set, _seed) = (spec, posteriors, set, seed);
        (_mean, _deviation) = posteriors.Moments();
        _batch = new LatentBatch(spec);
    }

    /// <summary>A network with the averaged weights of its training.</summary>
    public FlowNetwork Train(FlowTime time, CancellationToken cancel = default)
    {
        Tensor Loss(FlowNetwork network, long step)
        {
            Fill(step);
            return _batch.SquaredError(network, _batch.Targets);
        }
        return LatentFit.Train(_spec, _seed, LearningRate, time.Steps, time.Seconds, Most(time), Loss, cancel);
    }

    /// <summary>
    /// A network whose velocity is that of <paramref name="good"/> and <paramref name="guidance"/> - 1 times what it exceeds that
    /// of <paramref name="weak"/> by, a network that has learnt less: samples keep away from where both are unsure, between
    /// sprites of two kinds (autoguidance, Karras et al. 2024). Learnt by one network, it costs no second one when sampling (Meng
    /// et al. 2023).
    /// </summary>
    public FlowNetwork Guide(FlowNetwork good, FlowNetwork weak, float guidance, FlowTime time,
        CancellationToken cancel = default)
    {
        Tensor Loss(FlowNetwork network, long step)
        {
            Fill(step);
            using Tensor target = Guided(good, weak, guidance);
            return _batch.SquaredError(network, target);
        }
        return LatentFit.Train(_spec, _seed, LearningRate / 2, time.Steps, time.Seconds, Most(time), Loss, cancel, good);
    }

    private Tensor Guided(FlowNetwork good, FlowNetwork weak, float guidance)
    {
        using var _ = no_grad();
        Tensor velocity = _batch.Ask(good);
        return velocity.add(velocity.sub(_batch.Ask(weak)).mul(guidance - 1f));
    }

    private long Most(FlowTime time) => Math.Max(FewestSteps, time.Passes * _posteriors.Count / LatentBatch.Size);

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
