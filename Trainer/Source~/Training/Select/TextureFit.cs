using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Metrics;

namespace VaeContent.Trainer.Training.Select;

/// <summary>
/// How much grain a model's surfaces need to be as restless as the artist's. Judged by specks, pixels of no neighbour's colour,
/// in training sprites that went through encoder and decoder, against the same sprites. A palette that lacks most of their
/// colours paints shades alike that were not, so what is aimed at lies half-way between the sprites as they are and as the
/// palette paints them.
/// </summary>
/// <param name="Strength">What <see cref="Shipment.Decoder"/> takes.</param>
/// <param name="Explanation">Why, in words; empty where there is nothing to say.</param>
internal sealed record GrainFit(float Strength, string Explanation)
{
    private const int Judged = 200;

    // Surfaces that are nearly as restless as they should be are left alone.
    private const double Enough = 0.75;

    private static readonly float[] Strengths = [0.15f, 0.3f, 0.45f, 0.6f, 0.75f];

    /// <summary>Finds it; 0 for models without a palette.</summary>
    public static GrainFit Of(Shipment model, Dataset data)
    {
        SpriteSet set = data.Train.Some(Judged);
        Posteriors? posteriors = null;
        double? Specks(float strength)
        {
            VaeBundle bundle = VaeBundle.Load(model.Decoder(WeightPrecision.Float32, strength), "decoder");
            if (bundle.Palette is null) return null;
            using var decoder = new SpriteGenerator(bundle);
            posteriors ??= Posteriors.Of(EncoderBundle.Load(model.Encoder, "encoder"), set);
            return Share(Reconstructions.Of(posteriors, decoder, set).Select(bitmap => bitmap.Pixels), data);
        }
        if (Specks(0f) is not { } plain) return new GrainFit(0f, "");

        double real = (Share(set.Sprites.Select(sprite => sprite.Pixels), data)
            + Share(set.Sprites.Select(sprite => Painted(data.Palette, sprite)), data)) / 2;
        if (plain >= Enough * real) return new GrainFit(0f, "");
        var found = Strengths.Select(strength => (strength, specks: Specks(strength)!.Value))
            .MinBy(one => Math.Abs(one.specks - real));
        return new GrainFit(found.strength,
            $"grain {found.strength}: {found.specks:P0} of drawn pixels are specks, in the sprites {real:P0}, without grain "
            + $"{plain:P0}");
    }

    private static double Share(IEnumerable<Rgba32[]> sprites, Dataset data) =>
        PixelStatistics.Of([.. sprites], data.Train.Width).Orphans;

    private static Rgba32[] Painted(ColourPalette palette, Sprite sprite) =>
        [.. palette.Quantise(sprite).Select(index => palette.Palette[index])];
}
