using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Export.Onnx;

namespace VaeContent.Trainer.Model;

/// <summary>
/// How far each pixel is from its palette colour, for sets of more colours than a palette has: a surface that the artist shaded
/// in twenty browns is not painted in two. Each colour has a linear map from the features that it was chosen from, F, by way of a
/// few directions among them, D, that all share, to red, green and blue. Letters as in <see cref="PaletteHead"/>.
/// </summary>
/// <param name="Directions">(D, F).</param>
/// <param name="Slopes">(K - 1, 3, D): levels of red, green and blue, of 255, for a step in each direction.</param>
/// <param name="Offsets">(K - 1, 3): levels where all features are 0.</param>
internal sealed record Shades(float[,] Directions, float[,,] Slopes, float[,] Offsets)
{
    // Levels come in steps: in finer ones each pixel of a surface has a colour of its own (Documentation~/recipes.md).
    private const int Channels = 3, Step = 6;

    /// <summary>
    /// Red, green, blue and alpha of all pixels, (N, 4, 4, R C), in 0..255 except where a shade is darker or lighter than any
    /// colour.
    /// </summary>
    /// <param name="g">The graph.</param>
    /// <param name="best">(N, 4, 1, R C): the colours of the four pixels of each block, counted from 1.</param>
    /// <param name="features">(N, 4, F, R C): what they were chosen from.</param>
    /// <param name="palette">The transparent colour, and K - 1 visible ones.</param>
    public OnnxValue Paint(OnnxGraph g, OnnxValue best, OnnxValue features, IReadOnlyList<Rgba32> palette)
    {
        int k = Offsets.GetLength(0), d = Directions.GetLength(0), f = Directions.GetLength(1), blocks = features.Shape[3];
        OnnxValue places = g.Constant([.. Enumerable.Range(1, k).Select(i => (float)i)], 1, 1, k, 1);
        OnnxValue isColour = g.Equal(best, places); // (N, 4, K - 1, R C)

        // Of each pixel's colour: its slopes, its offset, and itself.
        float[] table = [.. Columns(Slopes, k, Channels * d), .. Columns(Offsets, k, Channels), .. Level(c => c.R),
            .. Level(c => c.G), .. Level(c => c.B), .. Level(c => c.A)];
        int ofSlopes = Channels * d, ofOffset = ofSlopes + Channels, ofAll = ofOffset + Channels + 1;
        OnnxValue mine = g.MatMul(g.Constant(table, 1, 1, ofAll, k), isColour);

        OnnxValue along = g.MatMul(g.Constant([.. Directions.Cast<float>()], 1, 1, d, f), features); // (N, 4, D, R C)
        OnnxValue parts = g.Reshape(g.Mul(g.Reshape(g.Slice(mine, 2, 0, ofSlopes), 1, 4, Channels, d, blocks),
            g.Reshape(along, 1, 4, 1, d, blocks)), 1, 4, ofSlopes, blocks);
        OnnxValue steps = g.Round(Mix(Channels, ofOffset, g.Concat(2, parts, g.Slice(mine, 2, ofSlopes, ofOffset)),
            (channel, i) => (i < ofSlopes ? i / d : i - ofSlopes) == channel ? 1f / Step : 0f));
        return Mix(Channels + 1, ofAll - ofSlopes, g.Concat(2, steps, g.Slice(mine, 2, ofOffset, ofAll)),
            (channel, i) => i < Channels ? (i == channel ? Step : 0f) : i - Channels == channel ? 1f : 0f);

        IEnumerable<float> Level(Func<Rgba32, byte> of) => palette.Skip(1).Select(colour => (float)of(colour));

        OnnxValue Mix(int rows, int columns, OnnxValue of, Func<int, int, float> weight) =>
            g.MatMul(g.Constant([.. Enumerable.Range(0, rows * columns).Select(i => weight(i / columns, i % columns))], 1, 1,
                rows, columns), of);
    }

    // An array of some rows, row by row, as columns.
    private static IEnumerable<float> Columns(Array of, int rows, int columns)
    {
        float[] flat = [.. of.Cast<float>()];
        return Enumerable.Range(0, columns).SelectMany(column =>
            Enumerable.Range(0, rows).Select(row => flat[(row * columns) + column]));
    }
}
