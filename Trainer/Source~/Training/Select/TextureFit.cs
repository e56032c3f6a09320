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
/// <param name="Strays">Of <see cref="Texture.Strays"/>.</param>
/// <param name="Islands">Of <see cref="Texture.Islands"/>.</param>
/// <param name="Gaps">Of <see cref="Texture.Gaps"/>.</param>
/// <param name="Agreement">Of <see cref="Texture.Agreement"/>.</param>
/// <param name="Smoothing">Of <see cref="Texture.Smoothing"/>.</param>
/// <param name="Grain">Of <see cref="Texture.Grain"/>.</param>
/// <param name="Shades">Of <see cref="Texture.Shades"/>.</param>
internal readonly record struct GivenTexture(float? Strays = null, float? Islands = null,
    float? Gaps = null, float? Agreement = null, float? Smoothing = null, float? Grain = null,
    bool? Shades = null);

/// <summary>
/// The texture that makes generated sprites as speckled as the artist's, no more and no less. The outline comes first, where
/// sprites fall into more pieces than held-out ones (strays, then islands), or have more gaps; then smoothing, where there are
/// more specks; agreement where there are more colours even so; grain only where surfaces stay too flat, never so much that
/// specks stand out more than the artist's do, and without shades not where sprites are clearly nearer to held-out ones flat. All
/// of this is about palette colours; shades of them come last, and grain anew with them, where sprites are then nearer to the
/// artist's in colours and specks.
/// </summary>
/// <param name="Texture">What <see cref="Shipment.Decoder"/> takes.</param>
/// <param name="Explanation">Why, in words; empty where there is nothing to say.</param>
internal sealed record TextureFit(Texture Texture, string Explanation)
{
    // Sprites drawn for each texture, fewer of large ones: 1,000 have the share of specks within some 2% of all.
    private const int MostDrawn = 1000, FewestDrawn = 400, PixelsDrawn = 1 << 20;
    private const int FewestJudged = 40;
    private const long FirstSeed = 1_000_000; // seeds that nobody looks at first

    // Surfaces that are nearly as grainy as they should be are left alone; a few specks more or less are not seen.
    private const double Enough = 0.75, Unseen = 0.01, LoudRoom = 1.1;

    // A second set of draws has up to 3% more colours, and no eye sees one more in twenty.
    private const double SeenColours = 1.05;

    // Fewer are what a second set of draws has: a piece in every fiftieth sprite, a gap in every twentieth.
    private const double SeenPieces = 1.02, SeenGaps = 0.05;

    private static readonly float[] Outlines = [1f, 2f, 4f, 8f, 16f];
    private static readonly float[] Gaps = [0.25f, 0.5f, .. Outlines];
    private static readonly float[] Agreements = [0.25f, 0.5f, 1f, 2f];
    private static readonly float[] Smoothings = [0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.65f, 0.8f, 1f, 1.5f, 2.5f, 4f];
    private static readonly float[] Grains = [0.5f, 1f, 1.5f, 2f, 3f, 4f];

    /// <summary>Finds it, except for what is given; none for models without a palette.</summary>
    public static TextureFit Fit(Shipment model, Dataset data, GivenTexture given = default)
    {
        var texture = new Texture(given.Smoothing ?? 0f, given.Grain ?? 0f, given.Agreement ?? 0f, Strays: given.Strays ?? 0f,
            Islands: given.Islands ?? 0f, Gaps: given.Gaps ?? 0f);
        if (Bundle(model, texture).Palette is null) return new(default, "");
        var search = new Search(model, data, texture);
        if (given.Strays is null) search.JoinPieces(one => search.Texture with { Strays = one });
        if (given.Islands is null) search.JoinPieces(one => search.Texture with { Islands = one });
        if (given.Gaps is null) search.CloseGaps();
        if (given.Smoothing is null) search.Smooth();
        if (given.Agreement is null && search.Agree() && given.Smoothing is null) search.Smooth(); // which then needs less
        search.Finish(given.Grain is null, given.Shades);
        return new(search.Texture, search.Explanation);
    }

    private static VaeBundle Bundle(Shipment model, Texture texture) =>
        VaeBundle.Load(model.Decoder(WeightPrecision.Float32, texture), "decoder");

    /// <summary>The texture so far, and what is drawn with it.</summary>
    private sealed class Search
    {
        private readonly Shipment _model;
        private readonly Dataset _data;
        private readonly int _width, _count;
        private readonly Specks _real, _painted, _target, _plain;
        private Specks _found;

        public Search(Shipment model, Dataset data, Texture start)
        {
            (_model, _data) = (model, data);
            SpriteSet set = data.HeldOut.Sprites.Count >= FewestJudged ? data.HeldOut : data.Train;
            _width = set.Width;
            _count = Math.Clamp(PixelsDrawn / (set.Width * set.Height), FewestDrawn, MostDrawn);
            Sprite[] shown = set.Spread(_count);
            _real = Specks.FromSprites(shown.Select(sprite => sprite.Pixels), _width);
            // A palette that lacks most colours paints shades alike that were not.
            _painted = Specks.FromSprites(shown.Select(Painted), _width);
            _target = _real with { Orphans = (_real.Orphans + _painted.Orphans) / 2 };
            Texture = start;
            _plain = _found = Draw(start);
        }

        public Texture Texture { get; private set; }

        public string Explanation => Texture == default ? ""
            : string.Create(CultureInfo.InvariantCulture,
                $"texture    strays {Texture.Strays}, islands {Texture.Islands}, gaps {Texture.Gaps}, "
                + $"agreement {Texture.Agreement}, smoothing {Texture.Smoothing}, grain {Texture.Grain}, "
                + $"shades {(Texture.Shades ? "on" : "off")}: {_found}; without {_plain}; held-out sprites {_real}");

        public void JoinPieces(Func<float, Texture> nats)
        {
            if (_found.Pieces > SeenPieces * _real.Pieces)
                (Texture, _found) = Best(Outlines.Select(nats), drawn => Math.Abs(drawn.Pieces - _real.Pieces));
        }

        public void CloseGaps()
        {
            if (_found.Gaps > _real.Gaps + SeenGaps)
                (Texture, _found) = Best(Gaps.Select(one => Texture with { Gaps = one }),
                    drawn => Math.Abs(drawn.Gaps - _real.Gaps));
        }

        // From none on.
        public void Smooth()
        {
            if (Texture.Smoothing > 0f)
            {
                Texture = Texture with { Smoothing = 0f };
                _found = Draw(Texture);
            }
            if (_found.Orphans > _target.Orphans || _found.Loud > _target.Loud)
                (Texture, _found) = Nearest(Smoothings.Select(one => Texture with { Smoothing = one }));
        }

        // Whether it took any.
        public bool Agree()
        {
            if (_found.Colours <= SeenColours * _painted.Colours) return false;
            (Texture, _found) = Best(Agreements.Select(one => Texture with { Agreement = one }),
                drawn => Math.Abs(drawn.Colours - _painted.Colours));
            return Texture.Agreement > 0f;
        }

        // Grain and shades. Grain that comes without shades has to prove itself.
        public void Finish(bool addsGrain, bool? shadesAsked)
        {
            var flat = (Texture, _found);
            if (addsGrain) AddGrain();
            if (shadesAsked ?? !_data.Palette.Report.IsComplete) Shade(shadesAsked is null, addsGrain);
            if (!Texture.Shades && Texture != flat.Texture && IsClearlyNearer(flat.Texture, Texture)) (Texture, _found) = flat;
        }

        // False where there are too few sprites to tell.
        private bool IsClearlyNearer(Texture one, Texture other)
        {
            using SetDistance? distance = SetDistance.To(_data);
            return SetDistance.IsClearlyNearer(distance?.Evaluate(Bundle(_model, one)),
                distance?.Evaluate(Bundle(_model, other)));
        }

        private void AddGrain()
        {
            if (_found.Orphans >= Enough * _target.Orphans) return;
            (Texture, _found) = Nearest(Grains.Select(one => Texture with { Grain = one }),
                Math.Max(_found.Loud, _target.Loud) * LoudRoom);
        }

        // With as much grain as goes with them, for they make specks too; none where sprites may do without and are nearer then.
        private void Shade(bool mayDoWithout, bool addsGrain)
        {
            if (!mayDoWithout)
            {
                Texture = Texture with { Shades = true };
                _found = Draw(Texture);
            }
            float[] grains = addsGrain ? [0f, .. Grains] : [Texture.Grain];
            IEnumerable<Texture> shaded = grains.Select(one => Texture with { Shades = true, Grain = one });
            (Texture, _found) = Best(shaded.Where(one => one != Texture),
                drawn => drawn.DistanceTo(_real) + Math.Abs(Math.Log(drawn.Colours / _real.Colours)),
                Math.Max(_found.Loud, _real.Loud) * LoudRoom);
        }

        private Specks Draw(Texture texture)
        {
            using SpriteGenerator generator = GeneratedSprites.Start(Bundle(_model, texture));
            return Specks.FromSprites(GeneratedSprites.Draw(generator, FirstSeed, _count), _width);
        }

        private (Texture, Specks) Nearest(IEnumerable<Texture> others, double mostLoud = double.PositiveInfinity) =>
            Best(others, drawn => drawn.DistanceTo(_target), mostLoud);

        // Of the texture so far and others.
        private (Texture, Specks) Best(IEnumerable<Texture> others, Func<Specks, double> distance,
            double mostLoud = double.PositiveInfinity) =>
            others.Select(one => (Texture: one, Drawn: Draw(one))).Prepend((Texture, Drawn: _found))
                .Where(one => one.Drawn.Loud <= mostLoud).MinBy(one => distance(one.Drawn));

        private Rgba32[] Painted(Sprite sprite) =>
            [.. _data.Palette.Quantise(sprite).Select(index => _data.Palette.Palette[index])];
    }

    /// <summary>Shares of visible pixels; colours, pieces and gaps of a sprite.</summary>
    private readonly record struct Specks(double Orphans, double Loud, double Colours, double Pieces, double Gaps)
    {
        public static Specks FromSprites(IEnumerable<Rgba32[]> sprites, int width)
        {
            PixelStatistics found = PixelStatistics.FromSprites([.. sprites], width);
            return new(found.Orphans, found.LoudSpecks, found.Colours, found.Pieces, found.Gaps);
        }

        public double DistanceTo(Specks other) => Away(Orphans, other.Orphans) + Away(Loud, other.Loud);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{Orphans:P1} specks, {Loud:P1} loud ones, {Colours:F1} colours, {Pieces:F2} pieces, {Gaps:F2} gaps");

        private static double Away(double a, double b) => Math.Abs(Math.Log((a + Unseen) / (b + Unseen)));
    }
}
