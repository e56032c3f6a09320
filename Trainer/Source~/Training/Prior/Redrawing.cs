using System;
using System.Linq;
using System.Threading;

namespace VaeContent.Trainer.Training;

/// <summary>
/// Draws a model's samples again: latent -> sprite -> the mean of its posterior. A latent between two kinds of sprites decodes to
/// a mixture of both, pixel by pixel; the encoder sees which of the two it is nearer to. By the shipped files, float32, without texture.
/// </summary>
internal sealed class Redrawing : IDisposable
{
    private const int Batch = 64;

    private readonly SpriteGenerator _decoder;
    private readonly SpriteEncoder _encoder;
    private readonly Rgba32[] _sprites;
    private readonly float[] _logVar;

    /// <summary>By a decoder bundle and the encoder of the same model.</summary>
    public Redrawing(VaeBundle decoder, EncoderBundle encoder)
    {
        _decoder = new SpriteGenerator(decoder, new GeneratorOptions { Threads = 1 });
        _encoder = new SpriteEncoder(encoder, new GeneratorOptions { BatchSize = Batch, Threads = Environment.ProcessorCount });
        (_sprites, _logVar) = (new Rgba32[Batch * _decoder.PixelCount], new float[Batch * decoder.LatentSize]);
    }

    /// <summary>The latents, (N, Z), and labels, (N) with -1 for none, of the first N seeds.</summary>
    public (float[] Latents, int[] Labels) Draw(int count, CancellationToken cancel)
    {
        int z = _decoder.Bundle.LatentSize;
        var latents = new float[count * z];
        for (int i = 0; i < count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            _decoder.SampleLatent(i, latents.AsSpan(i * z, z));
        }
        return (latents, [.. Enumerable.Range(0, count).Select(seed => _decoder.Bundle.Prior.PickLabel(seed))]);
    }

    /// <summary>The latents, (N, Z), of sprites that are drawn again once.</summary>
    public float[] Again(ReadOnlySpan<float> latents, ReadOnlySpan<int> labels, CancellationToken cancel)
    {
        int z = _decoder.Bundle.LatentSize, area = _decoder.PixelCount;
        var redrawn = new float[latents.Length];
        for (int start = 0; start < labels.Length; start += Batch)
        {
            cancel.ThrowIfCancellationRequested();
            int size = Math.Min(Batch, labels.Length - start);
            for (int i = 0; i < size; i++)
            {
                int at = start + i;
                string? label = _decoder.Bundle.IsConditional ? _decoder.Bundle.Labels[labels[at]] : null;
                _decoder.Decode(latents.Slice(at * z, z), label).CopyTo(_sprites.AsSpan(i * area, area));
            }
            _encoder.Encode(_sprites.AsSpan(0, size * area), size, redrawn.AsSpan(start * z, size * z),
                _logVar.AsSpan(0, size * z), _decoder.Bundle.IsConditional ? labels.Slice(start, size) : default);
        }
        return redrawn;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _decoder.Dispose();
        _encoder.Dispose();
    }
}
