using System;
using System.Linq;
using System.Runtime.InteropServices;
using TorchSharp;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Model.Losses;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Training;

/// <summary>
/// How unlike a model's set a sprite is: -ELBO(x) = E[-log p(x|z)] + KL(q(z|x) || p(z)), nats, z ~ q(z|x) (Kingma and Welling
/// 2014, eq. 3). Rare sprites cost more. The averaged weights of a run judge, with the likelihood it was trained by; one thread
/// at a time.
/// </summary>
internal sealed class ElboScorer : IDisposable
{
    private const int NoiseStream = 1 << 22;

    private readonly VaeModel _model;
    private readonly ColourPalette _palette;
    private readonly Elbo _elbo;
    private readonly TrainingBatch _batch;
    private readonly int _draws;

    /// <summary>A scorer that averages over <paramref name="draws"/> draws of z.</summary>
    public ElboScorer(TrainedModel model, int draws)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(draws);
        _model = model.Vae;
        _palette = model.Data.Palette;
        _draws = draws;
        _elbo = new Elbo(_model.Spec, new TrainingSettings { FreeBits = 0f }, null, null);
        _batch = new TrainingBatch(_model.Spec, size: 1, draws: 1);
    }

    /// <summary>
    /// The score of a sprite, nats; the same in every run. A conditional model receives its <paramref name="label"/>; where that
    /// is -1, the label that suits it best counts.
    /// </summary>
    public double Score(ReadOnlySpan<Rgba32> pixels, int label)
    {
        pixels.CopyTo(MemoryMarshal.Cast<byte, Rgba32>(TrainingBatch.Memory<byte>(_batch.Sprites)));
        if (_batch.Indices is not null) _palette.QuantiseInto(pixels, TrainingBatch.Memory<byte>(_batch.Indices));
        if (_batch.Label is null) return Mean();
        return (label >= 0 ? [label] : Enumerable.Range(0, _model.Spec.ConditionLabels)).Min(told =>
        {
            Span<float> weights = TrainingBatch.Memory<float>(_batch.Label);
            weights.Clear();
            weights[told] = 1;
            return Mean();
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _batch.Dispose();

    private double Mean()
    {
        double sum = 0;
        for (int draw = 0; draw < _draws; draw++)
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable _ = no_grad();
            var normals = new Sampler(draw, NoiseStream);
            Span<float> noise = TrainingBatch.Memory<float>(_batch.Noise);
            for (int i = 0; i < noise.Length; i++) noise[i] = normals.Normal(i);
            ElboTerms terms = _elbo.Evaluate(_model, _batch, beta: 1f, capacity: 0f);
            sum += terms.ReconstructionSum.item<float>() + (double)terms.Kl.sum().item<float>();
        }
        return sum / _draws;
    }
}
