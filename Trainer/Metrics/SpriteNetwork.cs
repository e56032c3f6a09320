using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Metrics;

/// <summary>A network with fixed weights that looks at sprites, batch by batch.</summary>
internal sealed class SpriteNetwork : IDisposable
{
    /// <summary>Sprites in a run of the network.</summary>
    public const int Batch = 64;

    private readonly IInference _inference;
    private readonly Value _sprites;

    /// <summary>Prepares what <paramref name="outputs"/> need of a graph; <paramref name="sprites"/> is its input of <see cref="Input"/>.</summary>
    public SpriteNetwork(IEngine engine, Graph graph, float[] weights, Value sprites, params Value[] outputs)
    {
        _sprites = sprites;
        _inference = engine.Infer(graph, weights, [sprites], outputs);
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<float>(weights)));
    }

    /// <summary>SHA-256 of the weights.</summary>
    public string Fingerprint { get; }

    /// <summary>Declares the input, (B, H, W, 4) bytes of straight-alpha RGBA.</summary>
    public static Value Input(Graph g, int width, int height) => g.Input("sprites", ElementType.UInt8, Batch, height, width, 4);

    /// <summary>Shows it all sprites, and hands out each one's part of an output.</summary>
    public void Look(IReadOnlyList<Rgba32[]> sprites, Value output, SpriteVisitor visit)
    {
        int part = output.Count / Batch;
        for (int start = 0; start < sprites.Count; start += Batch)
        {
            int count = Math.Min(Batch, sprites.Count - start);
            Span<Rgba32> pixels = MemoryMarshal.Cast<byte, Rgba32>(_inference.Input<byte>(_sprites));
            int area = pixels.Length / Batch;
            for (int i = 0; i < count; i++) sprites[start + i].CopyTo(pixels[(i * area)..]);
            _inference.Run();
            for (int i = 0; i < count; i++) visit(start + i, _inference.Output<float>(output).Slice(i * part, part));
        }
    }

    /// <summary>An output as a matrix, one row a sprite.</summary>
    public FeatureMatrix Matrix(IReadOnlyList<Rgba32[]> sprites, Value output)
    {
        int columns = output.Count / Batch;
        var values = new double[sprites.Count * columns];
        Look(sprites, output, (row, features) =>
        {
            for (int i = 0; i < columns; i++) values[(row * columns) + i] = features[i];
        });
        return new FeatureMatrix(values, columns);
    }

    public void Dispose() => _inference.Dispose();

    /// <summary>Takes what was computed for a sprite; the span is valid during the call.</summary>
    public delegate void SpriteVisitor(int sprite, ReadOnlySpan<float> output);
}
