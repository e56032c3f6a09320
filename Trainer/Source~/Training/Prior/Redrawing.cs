using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace VaeContent.Trainer.Training;

/// <summary>
/// Draws a model's samples again: latent -> sprite -> its posterior. A latent between two kinds of sprites decodes to a mixture
/// of both, pixel by pixel; the encoder sees which of the two it is nearer to. What the sprite leaves open stays as it was: a
/// latent moves into the posterior, no farther than its nearest point within one deviation. (To the mean, and samples lose their
/// variety.) By the shipped files, float32, without texture.
/// </summary>
internal sealed class Redrawing : IDisposable
{
    private const int Batch = 64;
    private const float Reach = 1f; // deviations

    private readonly SpriteGenerator[] _decoders; // one a core
    private readonly SpriteEncoder _encoder;
    private readonly Rgba32[] _sprites;
    private readonly float[] _logVar;

    /// <summary>By a decoder bundle and the encoder of the same model.</summary>
    public Redrawing(VaeBundle decoder, EncoderBundle encoder)
    {
        _decoders = [.. Enumerable.Range(0, Environment.ProcessorCount)
            .Select(_ => new SpriteGenerator(decoder, new GeneratorOptions { Threads = 1 }))];
        _encoder = new SpriteEncoder(encoder, new GeneratorOptions { BatchSize = Batch, Threads = Environment.ProcessorCount });
        (_sprites, _logVar) = (new Rgba32[Batch * decoder.Width * decoder.Height], new float[Batch * decoder.LatentSize]);
    }

    private VaeBundle Bundle => _decoders[0].Bundle;

    /// <summary>The latents, (N, Z), and labels, (N) with -1 for none, of the first N seeds.</summary>
    public (float[] Latents, int[] Labels) Draw(int count, CancellationToken cancel)
    {
        int z = Bundle.LatentSize;
        var latents = new float[count * z];
        Each(count, (decoder, i) => decoder.SampleLatent(i, latents.AsSpan(i * z, z)), cancel);
        return (latents, [.. Enumerable.Range(0, count).Select(seed => Bundle.Prior.PickLabel(seed))]);
    }

    /// <summary>The latents, (N, Z), of sprites that are drawn again once.</summary>
    public float[] Again(float[] latents, int[] labels, CancellationToken cancel)
    {
        int z = Bundle.LatentSize, area = _decoders[0].PixelCount;
        bool isConditional = Bundle.IsConditional;
        var redrawn = new float[latents.Length];
        for (int start = 0; start < labels.Length; start += Batch)
        {
            int first = start, size = Math.Min(Batch, labels.Length - start);
            Each(size, (decoder, i) =>
            {
                string? label = isConditional ? Bundle.Labels[labels[first + i]] : null;
                decoder.Decode(latents.AsSpan((first + i) * z, z), label).CopyTo(_sprites.AsSpan(i * area, area));
            }, cancel);
            _encoder.Encode(_sprites.AsSpan(0, size * area), size, redrawn.AsSpan(first * z, size * z),
                _logVar.AsSpan(0, size * z), isConditional ? labels.AsSpan(first, size) : default);
            for (int i = 0; i < size * z; i++)
            {
                float mu = redrawn[(first * z) + i], reach = Reach * MathF.Exp(0.5f * _logVar[i]);
                redrawn[(first * z) + i] = mu + Math.Clamp(latents[(first * z) + i] - mu, -reach, reach);
            }
        }
        return redrawn;
    }

    // Cores take turns.
    private void Each(int count, Action<SpriteGenerator, int> one, CancellationToken cancel)
    {
        Parallel.For(0, _decoders.Length, core =>
        {
            for (int i = core; i < count; i += _decoders.Length)
            {
                if (cancel.IsCancellationRequested) return;
                one(_decoders[core], i);
            }
        });
        cancel.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SpriteGenerator decoder in _decoders) decoder.Dispose();
        _encoder.Dispose();
    }
}
