using System;
using System.Collections.Generic;

namespace VaeContent.Trainer.Data;

/// <summary>
/// A palette and the nearest-colour mapping onto it. Index 0 is transparent and takes every pixel of alpha below 128; other
/// pixels take the opaque entry nearest in OKLab. Remembers colours it has mapped: not safe for use by several threads at once.
/// </summary>
public sealed class ColourPalette
{
    private readonly Oklab[] _entries;
    private readonly Dictionary<uint, byte> _indexOf = [];

    /// <summary>The mapping onto an existing palette.</summary>
    public ColourPalette(Palette palette)
    {
        Palette = palette;
        _entries = new Oklab[palette.Count - 1];
        for (int i = 0; i < _entries.Length; i++)
        {
            _entries[i] = Oklab.Of(palette[i + 1]);
            _indexOf.TryAdd(palette[i + 1].Packed | 0xff, (byte)(i + 1));
        }
    }

    /// <summary>The colours; entry 0 is transparent, the others are opaque.</summary>
    public Palette Palette { get; }

    /// <summary>How well it fits the sprites it was made from; all zeros for a palette that was given.</summary>
    public PaletteFitReport Report { get; private set; }

    /// <summary>
    /// The palette of <paramref name="sprites"/>: their own colours if <paramref name="maxColours"/> suffice, else the ones that
    /// weighted k-means in OKLab chooses among them. No colour is invented. Entries run from dark to light.
    /// </summary>
    /// <param name="sprites">At least one, with an opaque pixel.</param>
    /// <param name="maxColours">Entries of the palette, the transparent one included: 2..256.</param>
    /// <param name="seed">Starts the clustering; same seed, same palette.</param>
    /// <exception cref="UserError">No pixel is opaque, or <paramref name="maxColours"/> is out of range.</exception>
    public static ColourPalette Fit(IReadOnlyList<Sprite> sprites, int maxColours = 256, long seed = 0)
    {
        if (maxColours is < 2 or > 256)
            throw new UserError($"palette of {maxColours} colours: expected 2..256, the transparent one included.");
        var histogram = new ColourHistogram(sprites);
        (Rgba32[] colours, long[] counts) = histogram.Sorted();
        if (colours.Length == 0)
            throw new UserError($"none of the {sprites.Count} sprites has a pixel of alpha 128 or more, so they have no " +
                "palette.");

        Rgba32[] chosen = colours;
        if (colours.Length >= maxColours)
        {
            Oklab[] points = Array.ConvertAll(colours, Oklab.Of);
            // Weighed by pixel count the mean error is 0.0123, by its square root 0.0163, p95 0.035 and 0.036 (Dungeon Crawl
            // tiles).
            double[] weights = Array.ConvertAll(counts, count => (double)count);
            chosen = Array.ConvertAll(ColourClusters.Choose(points, weights, maxColours - 1, seed), i => colours[i]);
        }
        float[] lightness = Array.ConvertAll(chosen, colour => Oklab.Of(colour).L);
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
        if (pixel.A < ColourHistogram.OpaqueFrom) return 0;
        uint key = pixel.Packed | 0xff;
        if (!_indexOf.TryGetValue(key, out byte index))
        {
            index = (byte)(ColourClusters.Nearest(_entries, Oklab.Of(pixel)) + 1);
            _indexOf.Add(key, index);
        }
        return index;
    }

    private PaletteFitReport Judge(ColourHistogram histogram, Rgba32[] colours, long[] counts)
    {
        var errors = new double[colours.Length];
        var pixels = (long[])counts.Clone();
        double sum = 0;
        long total = 0, exact = 0;
        for (int i = 0; i < colours.Length; i++)
        {
            Rgba32 entry = Palette[IndexOf(colours[i])];
            errors[i] = Math.Sqrt(Oklab.Of(colours[i]).DistanceSquared(Oklab.Of(entry)));
            sum += errors[i] * counts[i];
            total += counts[i];
            if (entry == colours[i]) exact += histogram.SolidCount(colours[i]);
        }
        Array.Sort(errors, pixels);
        int at = 0;
        for (long below = pixels[0]; below < 0.95 * total; below += pixels[++at])
        {
        }
        return new PaletteFitReport(colours.Length, Palette.Count - 1, sum / total, errors[at],
            (double)exact / histogram.Visible, histogram.SoftRatio);
    }
}

/// <summary>
/// How well a palette stands for the sprites it was fitted to. Errors are OKLab distances; 0.02 is hard to see.
/// </summary>
/// <param name="DistinctColours">Different opaque colours in the sprites (alpha 128 or more counts as opaque).</param>
/// <param name="PaletteColours">Colours in the palette, the transparent one not counted.</param>
/// <param name="MeanError">The mean over opaque pixels of the distance between a pixel and its palette colour.</param>
/// <param name="P95Error">The distance that 95% of the opaque pixels do not exceed.</param>
/// <param name="ExactShare">The share of visible pixels reproduced bit for bit, colour and alpha, 0..1.</param>
/// <param name="SoftAlphaShare">The share of visible pixels whose alpha 1..254 a palette turns into 0 or 255, 0..1.</param>
public readonly record struct PaletteFitReport(
    int DistinctColours, int PaletteColours, double MeanError, double P95Error, double ExactShare, double SoftAlphaShare)
{
    private const double MaxError = 0.03, MaxSoftAlpha = 0.02;

    /// <summary>Whether the palette holds every colour of the sprites.</summary>
    public bool IsComplete => DistinctColours <= PaletteColours;

    /// <summary>
    /// Whether painting with this palette changes the sprites so little that people would hardly tell: at most 5% of the opaque
    /// pixels are off by more than 0.03, and at most 2% of the visible ones lose a soft alpha.
    /// </summary>
    public bool IsCoherent => P95Error <= MaxError && SoftAlphaShare <= MaxSoftAlpha;
}
