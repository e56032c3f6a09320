using System;
using System.Collections.Generic;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// What pixel artists look at, as figures. A pixel is foreground where its alpha is above 0; two pixels have the same colour
/// where all of RGBA agree. Good samples have the figures of real sprites: neither higher nor lower is better.
/// </summary>
/// <param name="Colours">Distinct foreground colours of a sprite, mean.</param>
/// <param name="Orphans">
/// The share of foreground pixels none of whose four neighbours has their colour, 0..1: specks and dithering.
/// </param>
/// <param name="LoudSpecks">
/// The share of foreground pixels that stand out from all of their visible neighbours, of four, one at least: by more than 60 in
/// RGB (Euclidean, of 441), 0..1. What the eye calls noise; dithering between near shades is not.
/// </param>
/// <param name="FlatRun">Mean length, in pixels, of the rows and columns of one colour that the foreground falls into.</param>
/// <param name="Edges">
/// Root mean square difference of neighbouring pixels, in a channel of premultiplied RGBA, 0..1, over pairs with foreground: how
/// sharp edges are. Squares, since a blurred edge climbs as far as a sharp one, only in smaller steps.
/// </param>
/// <param name="SoftAlpha">The share of all pixels with alpha 1..254, 0..1: neither there nor not.</param>
/// <param name="DrawnArea">The share of all pixels that are foreground, 0..1.</param>
/// <param name="Pieces">Pieces a sprite's foreground falls into, mean; pixels that touch at a corner are of one piece.</param>
/// <param name="Gaps">Pixels of a sprite outside the foreground that have seven or eight neighbours in it, mean.</param>
public sealed record PixelStatistics(double Colours, double Orphans, double LoudSpecks, double FlatRun, double Edges,
    double SoftAlpha, double DrawnArea, double Pieces, double Gaps)
{
    private const int LoudDistance = 60;

    /// <summary>Counts over sprites of <paramref name="width"/> pixels a row, at least one.</summary>
    public static PixelStatistics FromSprites(IReadOnlyList<Rgba32[]> sprites, int width)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sprites.Count, nameof(sprites));
        double squares = 0;
        long pairs = 0;
        long colours = 0, orphans = 0, loud = 0, runs = 0, soft = 0, drawn = 0, pixels = 0, pieces = 0, gaps = 0;
        var distinct = new HashSet<uint>();
        foreach (Rgba32[] sprite in sprites)
        {
            distinct.Clear();
            for (int i = 0; i < sprite.Length; i++)
            {
                Rgba32 pixel = sprite[i];
                if ((i + 1) % width > 0) AddPair(pixel, sprite[i + 1]);
                if (i + width < sprite.Length) AddPair(pixel, sprite[i + width]);
                if (pixel.A == 0) continue;
                drawn++;
                distinct.Add(pixel.Packed);
                if (pixel.A < 255) soft++;
                bool left = i % width > 0 && sprite[i - 1] == pixel, right = (i + 1) % width > 0 && sprite[i + 1] == pixel;
                bool above = i >= width && sprite[i - width] == pixel, below = i + width < sprite.Length
                    && sprite[i + width] == pixel;
                if (!(left || right || above || below))
                {
                    orphans++;
                    if (StandsOut(sprite, i, width)) loud++;
                }
                // A run is counted where it starts.
                if (!left) runs++;
                if (!above) runs++;
            }
            colours += distinct.Count;
            pixels += sprite.Length;
            Silhouette silhouette = Silhouette.FromSprite(sprite, width);
            pieces += silhouette.Pieces;
            gaps += silhouette.Gaps;
        }
        double Mean(long total) => (double)total / sprites.Count;
        return new PixelStatistics(Mean(colours), Share(orphans, drawn), Share(loud, drawn),
            Share(2 * drawn, runs), Math.Sqrt(squares / Math.Max(4 * pairs, 1)), Share(soft, pixels), Share(drawn, pixels),
            Mean(pieces), Mean(gaps));

        void AddPair(Rgba32 a, Rgba32 b)
        {
            if (a.A == 0 && b.A == 0) return;
            pairs++;
            if (a == b) return;
            double Square(int x, int y) => (x - y) / (255.0 * 255.0) * (x - y) / (255.0 * 255.0);
            squares += Square(a.R * a.A, b.R * b.A) + Square(a.G * a.A, b.G * b.A) + Square(a.B * a.A, b.B * b.A)
                + Square(a.A * 255, b.A * 255);
        }
    }

    // From all of its visible neighbours, of which there is one at least.
    private static bool StandsOut(Rgba32[] sprite, int at, int width)
    {
        bool hasNeighbour = false;
        bool IsNear(bool exists, int other)
        {
            if (!exists || sprite[other].A == 0) return false;
            hasNeighbour = true;
            int r = sprite[at].R - sprite[other].R, g = sprite[at].G - sprite[other].G, b = sprite[at].B - sprite[other].B;
            return (r * r) + (g * g) + (b * b) <= LoudDistance * LoudDistance;
        }
        bool isNear = IsNear(at % width > 0, at - 1) || IsNear((at + 1) % width > 0, at + 1) || IsNear(at >= width, at - width)
            || IsNear(at + width < sprite.Length, at + width);
        return hasNeighbour && !isNear;
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}

/// <summary>
/// What samples look like pixel by pixel, beside real sprites. Ratios are 1 where they agree, null where real sprites have 0.
/// </summary>
/// <param name="Samples">Those of samples.</param>
/// <param name="Real">Those of real sprites.</param>
public sealed record PixelComparison(PixelStatistics Samples, PixelStatistics Real)
{
    /// <summary>Colours of a sample by those of a real sprite.</summary>
    public double? ColourRatio => Ratio(Samples.Colours, Real.Colours);

    /// <summary>Orphan pixels.</summary>
    public double? OrphanRatio => Ratio(Samples.Orphans, Real.Orphans);

    /// <summary>Loud specks.</summary>
    public double? LoudSpeckRatio => Ratio(Samples.LoudSpecks, Real.LoudSpecks);

    /// <summary>Length of flat runs.</summary>
    public double? FlatRunRatio => Ratio(Samples.FlatRun, Real.FlatRun);

    /// <summary>Sharpness of edges.</summary>
    public double? EdgeRatio => Ratio(Samples.Edges, Real.Edges);

    /// <summary>Half transparent pixels.</summary>
    public double? SoftAlphaRatio => Ratio(Samples.SoftAlpha, Real.SoftAlpha);

    /// <summary>Drawn area.</summary>
    public double? DrawnAreaRatio => Ratio(Samples.DrawnArea, Real.DrawnArea);

    /// <summary>Pieces.</summary>
    public double? PieceRatio => Ratio(Samples.Pieces, Real.Pieces);

    private static double? Ratio(double samples, double real) => real > 0 ? samples / real : null;
}
