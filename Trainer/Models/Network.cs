using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Models;

/// <summary>Encoder and decoder of a <see cref="ModelSpec"/>, layer by layer.</summary>
/// <param name="Encoder">From (C, H, W) pixels to 2 Z units: mu and logVar.</param>
/// <param name="Decoder">From Z units to the channels of a pixel, (4, H, W) or grey (1, H, W), or to the map that a palette's head sits on, (C, ceil(H/2), ceil(W/2)).</param>
public sealed record Network(IReadOnlyList<Layer> Encoder, IReadOnlyList<Layer> Decoder)
{
    // Deeper than this, a map would shrink to nothing; shallower, the layer between map and latent would be most of the model.
    private const int SmallestSide = 2, LargestInnerSide = 8;

    /// <summary>The networks of a spec.</summary>
    public static Network Of(ModelSpec spec)
    {
        spec.Validate();
        return spec.Architecture == Architecture.Mlp ? Mlp(spec) : Convolutional(spec);
    }

    private static Network Mlp(ModelSpec spec)
    {
        var act = new Layer.Activate(spec.Activation);
        IEnumerable<Layer> Dense(IEnumerable<int> widths) => widths.SelectMany(w => new Layer[] { new Layer.Linear(w), act });
        return new Network(
            [.. Dense(spec.Widths), new Layer.Linear(2 * spec.Latent)],
            [.. Dense(spec.Widths.Reverse()), .. spec.HasPalette
                ? Map(spec.PixelFeatures, (spec.Height + 1) / 2, (spec.Width + 1) / 2).Append(act)
                : Map(spec.PixelChannels, spec.Height, spec.Width)]);
    }

    private static Layer[] Map(int channels, int height, int width) =>
        [new Layer.Linear(channels * height * width), new Layer.Unflatten(channels, height, width)];

    private static Network Convolutional(ModelSpec spec)
    {
        var act = new Layer.Activate(spec.Activation);
        List<int> widths = [.. spec.Widths], decoderWidths = [.. spec.DecoderWidths.Count > 0 ? spec.DecoderWidths : spec.Widths];
        var sizes = new List<(int Height, int Width)> { (spec.Height, spec.Width) };
        while (sizes.Count <= widths.Count || Math.Max(sizes[^1].Height, sizes[^1].Width) > LargestInnerSide)
        {
            (int Height, int Width) next = ((sizes[^1].Height + 1) / 2, (sizes[^1].Width + 1) / 2);
            if (Math.Min(next.Height, next.Width) < SmallestSide) break;
            sizes.Add(next);
            if (widths.Count >= sizes.Count - 1) continue;
            widths.Add(widths[^1]);
            decoderWidths.Add(decoderWidths[^1]);
        }
        int levels = sizes.Count - 1;

        var encoder = new List<Layer>();
        for (int i = 0; i < levels; i++)
            encoder.AddRange([new Layer.Conv(widths[i], spec.Kernel, Stride: 2), act]);
        if (spec.Hidden > 0) encoder.AddRange([new Layer.Linear(spec.Hidden), act]);
        encoder.Add(new Layer.Linear(2 * spec.Latent));

        var decoder = new List<Layer>();
        if (spec.DecoderHidden > 0) decoder.AddRange([new Layer.Linear(spec.DecoderHidden), act]);
        var (innerHeight, innerWidth) = sizes[levels];
        decoder.AddRange([.. Map(decoderWidths[levels - 1], innerHeight, innerWidth), act]);
        if (spec.Kernel == 3)
        {
            for (int i = levels - 1; i >= 0; i--)
                decoder.AddRange([new Layer.Upsample(decoderWidths[i], sizes[i].Height, sizes[i].Width, Kernel: 3), act]);
            decoder.Add(new Layer.Conv(spec.PixelChannels, Kernel: 3, Stride: 1));
            return new Network(encoder, decoder);
        }
        for (int i = levels - 1; i >= 1; i--)
            decoder.AddRange([new Layer.Upsample(decoderWidths[i - 1], sizes[i].Height, sizes[i].Width), act]);
        if (!spec.HasPalette) decoder.Add(new Layer.Upsample(spec.PixelChannels, spec.Height, spec.Width));
        return new Network(encoder, decoder);
    }
}
