using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>
/// A palette and the nearest-colour mapping onto it. Entries have an alpha of their own, so that shadows and glass are colours
/// like others; index 0 is the transparent one. A pixel takes the entry that looks most like it over black and over white, in
/// OKLab; an opaque one never becomes transparent. Remembers colours it has mapped: not safe for use by several threads at once.
/// </summary>
public sealed class ColourPalette
{
    /// <summary>Entries of a palette, the transparent one included, for a set whose colours no palette holds.</summary>
    public const int Usual = 96;

    private const int Most = 256;
    private const double NearlyAll = 0.995;

    private readonly ShownColour[] _entries;
    private readonly ConcurrentDictionary<uint, byte> _indexOf = []; // lanes share it

    /// <summary>The mapping onto an existing palette.</summary>
    public ColourPalette(Palette palette)
    {
        Palette = palette;
        _entries = new ShownColour[palette.Count - 1];
        for (int i = 0; i < _entries.Length; i++)
        {
            _entries[i] = ShownColour.FromColour(palette[i + 1]);
            _indexOf.TryAdd(palette[i + 1].Packed, (byte)(i + 1));
        }
    }

    /// <summary>The colours; entry 0 is transparent.</summary>
    public Palette Palette { get; }

    /// <summary>Whether an entry is half transparent.</summary>
    public bool HasSoftColours
    {
        get
        {
            foreach (Rgba32 colour in Palette.Colours[1..])
            {
                if (colour.A < 255) return true;
            }
            return false;
        }
    }

    /// <summary>How well it fits the sprites it was made from; all zeros for a palette that was given.</summary>
    public PaletteFitReport Report { get; private set; }

    /// <summary>
    /// The palette of <paramref name="sprites"/>: their own colours if <paramref name="maxColours"/> suffice, otherwise the ones
    /// that weighted k-means in OKLab chooses among them. No colour is invented. Entries run from dark to light.
    /// </summary>
    /// <param name="sprites">At least one, with a visible pixel.</param>
    /// <param name="maxColours">
    /// Entries of the palette, the transparent one included: 2..256. Null: 256 where these hold the colours of 99.5% of the
    /// visible pixels, otherwise <see cref="Usual"/>.
    /// </param>
    /// <param name="seed">Starts the clustering; same seed, same palette.</param>
    /// <exception cref="UserError">No pixel is visible, or <paramref name="maxColours"/> is out of range.</exception>
    public static ColourPalette Fit(IReadOnlyList<Sprite> sprites, int? maxColours = null, long seed = 0)
    {
        if (maxColours is < 2 or > Most)
            throw new UserError($"palette of {maxColours} colours: expected 2..{Most}, the transparent one included.");
        var histogram = new ColourHistogram(sprites);
        (Rgba32[] colours, long[] counts) = histogram.Sorted();
        if (colours.Length == 0)
            throw new UserError($"none of the {sprites.Count} sprites has a visible pixel, so they have no palette; expected "
                + "pictures with something on them.");

        Rgba32[] chosen = colours;
        int entries = maxColours ?? (HoldNearlyAll(counts) ? Most : Usual);
        if (colours.Length >= entries)
        {
            ShownColour[] points = Array.ConvertAll(colours, ShownColour.FromColour);
            // Weighed by pixel count the mean error is 0.0123, by its square root 0.0163, p95 0.035 and 0.036 (Dungeon Crawl
            // tiles).
            double[] weights = Array.ConvertAll(counts, count => (double)count);
            chosen = Array.ConvertAll(ColourClusters.Choose(points, weights, entries - 1, seed), i => colours[i]);
        }
        float[] lightness = Array.ConvertAll(chosen, colour => Oklab.FromColour(colour).L);
        Array.Sort(lightness, chosen);
        var palette = new ColourPalette(new Palette([default, .. chosen]));
        palette.Report = palette.Judge(histogram, colours, counts);
        return palette;
    }

    /// <summary>The palette indices of a sprite, one a pixel.</summary>
    public byte[] Quantise(Sprite sprite)
    {
        var indices = new byte[sprite.PixelCount];
        QuantiseInto(sprite.Pixels, indices);
        return indices;
    }

    /// <summary>
    /// Writes the palette index of each pixel; <paramref name="indices"/> must be as long as <paramref name="pixels"/>.
    /// </summary>
    public void QuantiseInto(ReadOnlySpan<Rgba32> pixels, Span<byte> indices)
    {
        if (indices.Length != pixels.Length)
            throw new ArgumentException($"{pixels.Length} pixels need as many indices, got {indices.Length}", nameof(indices));
        for (int i = 0; i < pixels.Length; i++)
            indices[i] = i > 0 && pixels[i] == pixels[i - 1] ? indices[i - 1] : IndexOf(pixels[i]);
    }

    /// <summary>The palette index of a pixel.</summary>
    public byte IndexOf(Rgba32 pixel)
    {
        pixel = AlphaBands.Snap(pixel);
        if (pixel.A == 0) return 0;
        if (!_indexOf.TryGetValue(pixel.Packed, out byte index))
        {
            ShownColour shown = ShownColour.FromColour(pixel);
            int nearest = ColourClusters.Nearest(_entries, shown);
            bool isNothing = pixel.A < 255
                && shown.DistanceSquared(ShownColour.FromColour(default)) < shown.DistanceSquared(_entries[nearest]);
            index = isNothing ? (byte)0 : (byte)(nearest + 1);
            _indexOf[pixel.Packed] = index;
        }
        return index;
    }

    // Whether the commonest colours that a palette has room for are nearly all of the pixels.
    private static bool HoldNearlyAll(long[] counts) => counts.OrderDescending().Take(Most - 1).Sum() >= NearlyAll * counts.Sum();

    private PaletteFitReport Judge(ColourHistogram histogram, Rgba32[] colours, long[] counts)
    {
        var errors = new double[colours.Length];
        var pixels = (long[])counts.Clone();
        double sum = 0;
        long total = 0, exact = 0, alphaLost = 0;
        for (int i = 0; i < colours.Length; i++)
        {
            Rgba32 entry = Palette[IndexOf(colours[i])];
            errors[i] = Math.Sqrt(ShownColour.FromColour(colours[i]).DistanceSquared(ShownColour.FromColour(entry)));
            sum += errors[i] * counts[i];
            total += counts[i];
            if (entry == colours[i]) exact += counts[i];
            if (Math.Abs(entry.A - colours[i].A) > PaletteFitReport.AlphaTolerance) alphaLost += counts[i];
        }
        Array.Sort(errors, pixels);
        int at = 0;
        for (long below = pixels[0]; below < 0.95 * total; below += pixels[++at])
        {
        }
        return new PaletteFitReport(colours.Length, Palette.Count - 1, sum / total, errors[at],
            (double)exact / histogram.Visible, (double)alphaLost / histogram.Visible);
    }
}

/// <summary>
/// How well a palette stands for the sprites it was fitted to. Errors are OKLab distances, of half transparent colours over black
/// and white; 0.02 is hard to see.
/// </summary>
/// <param name="DistinctColours">Different visible colours in the sprites, alpha being part of a colour.</param>
/// <param name="PaletteColours">Colours in the palette, the transparent one not counted.</param>
/// <param name="MeanError">The mean over visible pixels of the distance between a pixel and its palette colour.</param>
/// <param name="P95Error">The distance that 95% of the visible pixels do not exceed.</param>
/// <param name="ExactShare">The share of visible pixels reproduced bit for bit, colour and alpha, 0..1.</param>
/// <param name="AlphaLostShare">The share of visible pixels whose alpha the palette changes by more than 16 of 255, 0..1.</param>
public readonly record struct PaletteFitReport(
    int DistinctColours, int PaletteColours, double MeanError, double P95Error, double ExactShare, double AlphaLostShare)
{
    internal const int AlphaTolerance = 16;
    private const double MaxError = 0.03, MaxAlphaLost = 0.02;

    /// <summary>Whether the palette holds every colour of the sprites.</summary>
    public bool IsComplete => DistinctColours <= PaletteColours;

    /// <summary>
    /// Whether painting with this palette changes the sprites so little that people would hardly tell: at most 5% of the visible
    /// pixels are off by more than 0.03, and at most 2% get another alpha.
    /// </summary>
    public bool IsCoherent => P95Error <= MaxError && AlphaLostShare <= MaxAlphaLost;
}
