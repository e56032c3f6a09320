using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Model;

namespace VaeContent.Trainer.Training.Select;

/// <summary>What is not left to <see cref="TextureFit"/>; null for what is.</summary>
/// <param name="Agreement">Of <see cref="Texture.Agreement"/>.</param>
/// <param name="Smoothing">Of <see cref="Texture.Smoothing"/>.</param>
/// <param name="Grain">Of <see cref="Texture.Grain"/>.</param>
internal readonly record struct GivenTexture(float? Agreement = null, float? Smoothing = null, float? Grain = null);

/// <summary>
/// The texture that makes generated sprites as speckled as the artist's, no more and no less. Smoothing comes first, where there
/// are more specks than in held-out sprites; agreement where there are more colours even so; grain only where surfaces stay too
/// flat, never so much that specks stand out more than the artist's do, and no more than brings samples nearer to held-out
/// sprites: beyond that it is dirt.
/// </summary>
/// <param name="Texture">What <see cref="Shipment.Decoder"/> takes.</param>
/// <param name="Explanation">Why, in words; empty where there is nothing to say.</param>
internal sealed record TextureFit(Texture Texture, string Explanation)
{
    private const int Judged = 400, FewestJudged = 40;
    private const long FirstSeed = 1_000_000; // seeds that nobody looks at first

    // Surfaces that are nearly as grainy as they should be are left alone; a few specks more or less are not seen.
    private const double Enough = 0.75, Unseen = 0.01, LoudRoom = 1.1;

    // A second set of draws has up to 3% more colours, and no eye sees one more in twenty.
    private const double SeenColours = 1.05;

    // A second set of draws moves the distance by about 5%; no eye sees twice that.
    private const double AsNear = 1.1;

    private static readonly float[] Agreements = [0.25f, 0.5f, 1f, 2f];
    private static readonly float[] Smoothings = [0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.65f, 0.8f, 1f, 1.5f];
    private static readonly float[] Grains = [0.5f, 1f, 1.5f, 2f, 3f, 4f];

    /// <summary>Finds it, except for what is given; none for models without a palette.</summary>
    public static TextureFit Of(Shipment model, Dataset data, GivenTexture given = default)
    {
        VaeBundle Bundle(Texture one) => VaeBundle.Load(model.Decoder(WeightPrecision.Float32, one), "decoder");
        var texture = new Texture(given.Smoothing ?? 0f, given.Grain ?? 0f, given.Agreement ?? 0f);
        VaeBundle start = Bundle(texture);
        if (start.Palette is null) return new(default, "");
        if (given is { Agreement: not null, Smoothing: not null, Grain: not null }) return new(texture, "");
        SpriteSet set = data.HeldOut.Sprites.Count >= FewestJudged ? data.HeldOut : data.Train;
        Specks real = Specks.Of(set.Spread(Judged).Select(sprite => sprite.Pixels), set.Width);
        // A palette that lacks most colours paints shades alike that were not.
        Specks painted = Specks.Of(set.Spread(Judged).Select(sprite => Painted(data.Palette, sprite)), set.Width);
        Specks target = real with { Orphans = (real.Orphans + painted.Orphans) / 2 };

        Specks plain = Draw(start), found;
        Smooth();
        if (given.Agreement is null && found.Colours > SeenColours * painted.Colours)
        {
            texture = Agreements.Select(one => texture with { Agreement = one })
                .MinBy(one => Math.Abs(Draw(Bundle(one)).Colours - painted.Colours));
            Smooth(); // which then needs less
        }
        if (given.Grain is null && found.Orphans < Enough * target.Orphans)
        {
            Texture[] upToMost = [texture, .. Grains.Select(one => texture with { Grain = one })];
            (texture, found) = Nearest(upToMost[1..], target, Math.Max(found.Loud, target.Loud) * LoudRoom);
            upToMost = upToMost[..(Array.IndexOf(upToMost, texture) + 1)];
            using SetDistance? distance = upToMost.Length > 1 ? SetDistance.To(data) : null;
            if (distance is not null)
            {
                texture = LeastAsNear(upToMost, one => distance.Of(Bundle(one)));
                found = Draw(Bundle(texture));
            }
        }
        return new(texture, texture == default ? "" : string.Create(CultureInfo.InvariantCulture,
            $"texture    agreement {texture.Agreement}, smoothing {texture.Smoothing}, grain {texture.Grain}: {found}; without "
            + $"{plain}; held-out sprites {real}"));

        Specks Draw(VaeBundle bundle)
        {
            using SpriteGenerator generator = GeneratedSprites.Start(bundle);
            return Specks.Of(GeneratedSprites.Draw(generator, FirstSeed, Judged), set.Width);
        }

        void Smooth()
        {
            texture = texture with { Smoothing = given.Smoothing ?? 0f };
            found = Draw(Bundle(texture));
            if (given.Smoothing is null && (found.Orphans > target.Orphans || found.Loud > target.Loud))
                (texture, found) = Nearest(Smoothings.Select(one => texture with { Smoothing = one }), target);
        }

        // Of the texture so far and others.
        (Texture, Specks) Nearest(IEnumerable<Texture> others, Specks to, double mostLoud = double.PositiveInfinity) =>
            others.Select(one => (Texture: one, Drawn: Draw(Bundle(one)))).Prepend((Texture: texture, Drawn: found))
                .Where(one => one.Drawn.Loud <= mostLoud).MinBy(one => one.Drawn.DistanceTo(to));
    }

    /// <summary>The first of textures with which samples are as near to held-out sprites as with the last.</summary>
    internal static Texture LeastAsNear(Texture[] textures, Func<Texture, double> distance)
    {
        double allowed = AsNear * distance(textures[^1]);
        return textures.First(one => one == textures[^1] || distance(one) <= allowed);
    }

    private static Rgba32[] Painted(ColourPalette palette, Sprite sprite) =>
        [.. palette.Quantise(sprite).Select(index => palette.Palette[index])];

    /// <summary>Shares of visible pixels, and colours a sprite.</summary>
    private readonly record struct Specks(double Orphans, double Loud, double Colours)
    {
        public static Specks Of(IEnumerable<Rgba32[]> sprites, int width)
        {
            PixelStatistics found = PixelStatistics.Of([.. sprites], width);
            return new(found.Orphans, found.LoudSpecks, found.Colours);
        }

        public double DistanceTo(Specks other) => Away(Orphans, other.Orphans) + Away(Loud, other.Loud);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{Orphans:P1} specks, {Loud:P1} loud ones, {Colours:F1} colours");

        private static double Away(double a, double b) => Math.Abs(Math.Log((a + Unseen) / (b + Unseen)));
    }
}
