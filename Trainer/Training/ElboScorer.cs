using System;
using System.Linq;
using System.Runtime.InteropServices;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Training;

/// <summary>
/// How unlike a model's set a sprite is: -ELBO(x) = E[-log p(x|z)] + KL(q(z|x) || p(z)), nats, z ~ q(z|x) (Kingma and Welling 2014, eq. 3).
/// Rare sprites cost more. The averaged weights of a run judge, with the likelihood it was trained by; one thread at a time.
/// </summary>
internal sealed class ElboScorer : IDisposable
{
    private const int One = 1; // sprite a run, so that sums over the batch are the sprite's own

    private readonly VaeGraph _vae;
    private readonly ColourPalette? _palette;
    private readonly IInference _inference;
    private readonly byte[] _indices;
    private readonly int _draws, _labels;

    /// <summary>A scorer that averages over <paramref name="draws"/> draws of z.</summary>
    public ElboScorer(TrainedModel model, int draws, IEngine engine)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(draws);
        _draws = draws;
        _labels = model.Config.Model.ConditionLabels;
        _vae = new VaeGraph(model.Config.Model, One);
        _palette = _vae.Visible is null ? null : model.Data.Palette;
        _indices = new byte[model.Config.Model.Width * model.Config.Model.Height];
        Value[] inputs = [.. new Value?[] { _vae.Sprites, _vae.Visible?.Rows, _vae.Visible?.Colours, _vae.Visible?.Weights, _vae.Label, _vae.Noise }.OfType<Value>()];
        _inference = engine.Infer(_vae.Graph, model.Weights, inputs, [_vae.Reconstruction, _vae.Kl]);
    }

    /// <summary>
    /// The score of a sprite, nats; the same in every run. A conditional model is told its <paramref name="label"/>; where that is -1, the
    /// label that suits it best counts.
    /// </summary>
    public double Score(ReadOnlySpan<Rgba32> pixels, int label)
    {
        pixels.CopyTo(MemoryMarshal.Cast<byte, Rgba32>(_inference.Input<byte>(_vae.Sprites)));
        if (_palette is not null && _vae.Visible is { } visible)
        {
            _palette.QuantiseInto(pixels, _indices);
            visible.Select(_indices, _inference.Input<long>(visible.Rows), _inference.Input<long>(visible.Colours), _inference.Input<float>(visible.Weights));
        }
        if (_labels == 0) return Mean();
        return (label >= 0 ? [label] : Enumerable.Range(0, _labels)).Min(Told);
    }

    public void Dispose() => _inference.Dispose();

    private double Told(int label)
    {
        Span<float> weights = _inference.Input<float>(_vae.Label!);
        weights.Clear();
        weights[label] = 1;
        return Mean();
    }

    private double Mean()
    {
        double sum = 0;
        for (int draw = 0; draw < _draws; draw++)
        {
            var normals = new Sampler(draw, stream: 1 << 22);
            Span<float> noise = _inference.Input<float>(_vae.Noise);
            for (int i = 0; i < noise.Length; i++) noise[i] = normals.Normal(i);
            _inference.Run();
            sum += (double)_inference.Output<float>(_vae.Reconstruction)[0] + _inference.Output<float>(_vae.Kl)[0];
        }
        return sum / _draws;
    }
}
