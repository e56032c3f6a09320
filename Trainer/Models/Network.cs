using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Models;

/// <summary>Encoder and decoder of a <see cref="ModelSpec"/>, layer by layer.</summary>
/// <param name="Encoder">From (C, H, W) pixels to 2 Z units: mu and logVar.</param>
/// <param name="Decoder">From Z units to (channels, H, W): the head's features per pixel, or the four channels of a pixel.</param>
public sealed record Network(IReadOnlyList<Layer> Encoder, IReadOnlyList<Layer> Decoder)
{
    // Deeper than this, a map would shrink to nothing; shallower, the layer between map and latent would be most of the model.
    private const int SmallestSide = 2, LargestInnerSide = 8;

    /// <summary>The networks of a spec.</summary>
    public static Network Of(ModelSpec spec)
    {
        spec.Validate();
        int channels = spec.Likelihood == Likelihood.Palette ? spec.PixelFeatures : 4;
        return spec.Architecture == Architecture.Mlp ? Mlp(spec, channels) : Convolutional(spec, channels);
    }

    private static Network Mlp(ModelSpec spec, int channels)
    {
        var act = new Layer.Activate(spec.Activation);
        IEnumerable<Layer> Dense(IEnumerable<int> widths) => widths.SelectMany(w => new Layer[] { new Layer.Linear(w), act });
        return new Network(
            [.. Dense(spec.Widths), new Layer.Linear(2 * spec.Latent)],
            [.. Dense(spec.Widths.Reverse()), new Layer.Linear(channels * spec.Height * spec.Width),
                new Layer.Unflatten(channels, spec.Height, spec.Width)]);
    }

    private static Network Convolutional(ModelSpec spec, int channels)
    {
        var act = new Layer.Activate(spec.Activation);
        var widths = spec.Widths.ToList();
        var sizes = new List<(int Height, int Width)> { (spec.Height, spec.Width) };
        while (sizes.Count <= widths.Count || Math.Max(sizes[^1].Height, sizes[^1].Width) > LargestInnerSide)
        {
            (int Height, int Width) next = ((sizes[^1].Height + 1) / 2, (sizes[^1].Width + 1) / 2);
            if (Math.Min(next.Height, next.Width) < SmallestSide) break;
            sizes.Add(next);
            if (widths.Count < sizes.Count - 1) widths.Add(widths[^1]);
        }
        int levels = sizes.Count - 1;

        var encoder = new List<Layer>();
        for (int i = 0; i < levels; i++)
            encoder.AddRange([new Layer.Conv(widths[i], Kernel: 4, Stride: 2), act]);
        if (spec.Hidden > 0) encoder.AddRange([new Layer.Linear(spec.Hidden), act]);
        encoder.Add(new Layer.Linear(2 * spec.Latent));

        var decoder = new List<Layer>();
        if (spec.Hidden > 0) decoder.AddRange([new Layer.Linear(spec.Hidden), act]);
        var (innerHeight, innerWidth) = sizes[levels];
        decoder.AddRange([new Layer.Linear(widths[levels - 1] * innerHeight * innerWidth),
            new Layer.Unflatten(widths[levels - 1], innerHeight, innerWidth), act]);
        for (int i = levels - 1; i >= 0; i--)
        {
            int outgoing = i == 0 ? channels : widths[i - 1];
            decoder.Add(spec.Architecture == Architecture.Shuffle
                ? new Layer.PixelShuffle(outgoing, sizes[i].Height, sizes[i].Width)
                : new Layer.Upsample(outgoing, sizes[i].Height, sizes[i].Width));
            if (i > 0) decoder.Add(act);
        }
        if (spec.Likelihood == Likelihood.Palette) decoder.Add(act); // a linear layer from features to colours follows
        return new Network(encoder, decoder);
    }
}
