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
    private const long OrderStream = 1 << 22;
    private const float LearningRate = 2e-3f;

    private readonly LatentBatch _batch;
    private readonly float[] _from, _to; // (N, Z)
    private readonly int[] _labels; // (N)
    private readonly long _seed;

    private CorrectorFit(FlowSpec spec, float[] from, float[] to, int[] labels, long seed)
    {
        (_from, _to, _labels, _seed) = (from, to, labels, seed);
        _batch = new LatentBatch(spec);
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
        return LatentFit.Train(spec, seed + 1, LearningRate, steps, seconds, long.MaxValue, fit.Loss, cancel);
    }

    private Tensor Loss(FlowNetwork network, long step)
    {
        int z = _from.Length / _labels.Length;
        var order = new SplitMix(_seed, OrderStream + step);
        for (int b = 0; b < LatentBatch.Size; b++)
        {
            int pair = order.Below(_labels.Length);
            _from.AsSpan(pair * z, z).CopyTo(_batch.Point(b));
            _to.AsSpan(pair * z, z).CopyTo(_batch.Target(b));
            _batch.Tell(b, time: 0, _labels[pair]);
        }
        return _batch.Points.add(_batch.Ask(network)).sub(_batch.Targets).square().sum().div(LatentBatch.Size);
    }
}
