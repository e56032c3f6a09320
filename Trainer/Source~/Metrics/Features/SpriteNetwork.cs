using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using TorchSharp;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Metrics;

/// <summary>A network that looks at sprites, batch by batch.</summary>
internal static class SpriteNetwork
{
    /// <summary>Sprites in a run of a network.</summary>
    public const int Batch = 64;

    // Colours premultiplied: what is invisible weighs nothing.
    private static readonly ModelSpec Seen = new() { SoftAlpha = true };

    /// <summary>Straight-alpha bytes (B, H, W, 4) as networks of metrics see them: (B, 4, H, W) in 0..1, premultiplied.</summary>
    public static Tensor Intensities(Tensor sprites) => Encoder.Intensities(Seen, sprites);

    /// <summary>
    /// What a network computes from sprites of one size, one row a sprite. <paramref name="look"/>: (B, 4, H, W) to (B, D).
    /// </summary>
    public static FeatureMatrix Matrix(IReadOnlyList<Rgba32[]> sprites, int width, int height, Func<Tensor, Tensor> look)
    {
        using IDisposable _ = no_grad();
        var rows = new List<double>();
        int columns = 0;
        for (int start = 0; start < sprites.Count; start += Batch)
        {
            using DisposeScope scope = NewDisposeScope();
            int count = Math.Min(Batch, sprites.Count - start);
            byte[] bytes = [.. Enumerable.Range(start, count)
                .SelectMany(i => MemoryMarshal.AsBytes<Rgba32>(sprites[i]).ToArray())];
            Tensor features = look(Intensities(tensor(bytes).reshape(count, height, width, 4)));
            columns = (int)features.shape[1];
            rows.AddRange(Array.ConvertAll(features.ToArray(), value => (double)value));
        }
        return new FeatureMatrix([.. rows], columns);
    }
}
