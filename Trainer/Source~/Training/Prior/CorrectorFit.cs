using System;
using System.Threading;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Training;

/// <summary>
/// Trains a corrector: a network that carries latents, in one step, to where they end when their sprites are drawn again (see
/// <see cref="Redrawing"/>). It minimises |z + r(z) - end|^2 over pairs, in the standardised space of the flow.
/// </summary>
internal sealed class CorrectorFit
{
    private const int Batch = LatentFit.Batch;
    private const long OrderStream = 1 << 22;
    private const float LearningRate = 2e-3f;

    private readonly FlowSpec _spec;
    private readonly float[] _from, _to; // (N, Z)
    private readonly int[] _labels; // (N)
    private readonly long _seed;
    private readonly float[] _x, _y, _time, _label;

    private CorrectorFit(FlowSpec spec, float[] from, float[] to, int[] labels, long seed)
    {
        (_spec, _from, _to, _labels, _seed) = (spec, from, to, labels, seed);
        (_x, _y) = (new float[Batch * spec.Latent], new float[Batch * spec.Latent]);
        (_time, _label) = (new float[Batch * FlowNetwork.TimeFeatures], new float[Batch * spec.Labels]);
        for (int b = 0; b < Batch; b++)
            FlowNetwork.DescribeInto(0, _time.AsSpan(b * FlowNetwork.TimeFeatures, FlowNetwork.TimeFeatures));
    }

    /// <summary>
    /// Trains for <paramref name="steps"/> steps, or, where that is 0, for <paramref name="seconds"/>; returns the network with
    /// the averaged weights.
    /// </summary>
    /// <param name="spec">A network of one step.</param>
    /// <param name="from">(N, Z): standardised latents.</param>
    /// <param name="to">(N, Z): where they end.</param>
    /// <param name="labels">(N): their labels, -1 for none.</param>
    /// <param name="seed">Of weights and order.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="seconds">How long without a number of steps.</param>
    /// <param name="cancel">Stops it.</param>
    public static FlowNetwork Train(FlowSpec spec, float[] from, float[] to, int[] labels, long seed, long steps,
        double seconds, CancellationToken cancel)
    {
        var fit = new CorrectorFit(spec, from, to, labels, seed);
        return LatentFit.Train(spec, seed + 1, LearningRate, steps, seconds, fit.Loss, cancel);
    }

    private Tensor Loss(FlowNetwork network, long step)
    {
        Fill(step);
        Tensor x = LatentFit.Rows(_x),
            move = network.call(x, LatentFit.Rows(_time), _spec.Labels > 0 ? LatentFit.Rows(_label) : null);
        return x.add(move).sub(LatentFit.Rows(_y)).square().sum().div(Batch);
    }

    private void Fill(long step)
    {
        Array.Clear(_label);
        int z = _spec.Latent;
        var order = new SplitMix(_seed, OrderStream + step);
        for (int b = 0; b < Batch; b++)
        {
            int pair = order.Below(_labels.Length);
            _from.AsSpan(pair * z, z).CopyTo(_x.AsSpan(b * z));
            _to.AsSpan(pair * z, z).CopyTo(_y.AsSpan(b * z));
            if (_label.Length > 0 && _labels[pair] >= 0) _label[(b * _spec.Labels) + _labels[pair]] = 1;
        }
    }
}
