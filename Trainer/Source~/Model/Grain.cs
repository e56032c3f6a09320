using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Export.Onnx;

namespace VaeContent.Trainer.Model;

/// <summary>
/// A fixed pattern on the choice of colours. The likeliest colour of each pixel alone makes surfaces flatter than the artist's,
/// since one colour of a dither is always the likelier one. Half of the colours, others in each pixel, gain t nats, less t times
/// the square of how far they are from the likeliest one, in units of 90 in RGB: shades of one another that are nearly as likely
/// take turns, and no colour that is far away, or less likely by more than t, shows. The pattern is the same for every sprite, so
/// that a latent still has one sprite, and a morph does not flicker. It is made of two tiles, of 8x8 and 6x10 pixels, and repeats
/// only where both do, every 24x40 pixels.
/// </summary>
internal static class Grain
{
    private const long Seed = 1;
    private const int Channels = 4;

    // RGB, of 441 from black to white. From 60 on a pixel stands out from its neighbours (PixelStatistics).
    private const float Brightest = 255f, Reach = 90f;

    // Blocks of 2x2 pixels.
    private static readonly (int Columns, int Rows)[] Tiles = [(4, 4), (3, 5)];

    /// <summary>The logits with the pattern, (N, P, K, R C) times <see cref="OnnxGraph.FarApart"/>.</summary>
    /// <param name="g">The graph.</param>
    /// <param name="weights">(1, 1, K, F): from features to logits, times <see cref="OnnxGraph.FarApart"/>.</param>
    /// <param name="bias">(1, 1, K, 1), likewise.</param>
    /// <param name="features">(N, P, F, R C): of P of the four pixels of each block.</param>
    /// <param name="logits">(N, P, K, R C): what the layer says of them.</param>
    /// <param name="pattern">(1, P, K, R C): which colours gain.</param>
    /// <param name="palette">The transparent colour, and K visible ones.</param>
    /// <param name="nats">t.</param>
    public static OnnxValue Apply(OnnxGraph g, OnnxValue weights, OnnxValue bias, OnnxValue features, OnnxValue logits,
        OnnxValue pattern, IReadOnlyList<Rgba32> palette, float nats)
    {
        int k = palette.Count - 1;
        float[][] colours = [.. palette.Skip(1).Select(Premultiplied.Rgba)];
        float[] planes = [.. Enumerable.Range(0, Channels).SelectMany(channel => colours.Select(colour => colour[channel]))];
        // (N, P, 4, R C)
        OnnxValue likeliest = g.MatMul(g.Constant(planes, 1, 1, Channels, k), g.OneHotOfLargest(logits, axis: 2));

        // -|a - b|^2 = 2 ab - |a|^2 - |b|^2, of which the last is the same for all colours: one product with the logits.
        float scale = nats * Brightest * Brightest / (Reach * Reach) * OnnxGraph.FarApart;
        float[] towards = [.. colours.SelectMany(colour => colour.Select(value => 2f * scale * value))],
            length = [.. colours.Select(colour => -scale * colour.Sum(value => value * value))];
        OnnxValue near = g.Add(
            g.MatMul(g.Concat(3, weights, g.Constant(towards, 1, 1, k, Channels)), g.Concat(2, features, likeliest)),
            g.Add(bias, g.Constant(length, 1, 1, k, 1)));
        return g.Where(pattern, g.Add(near, g.Constant(nats * OnnxGraph.FarApart)), near);
    }

    /// <summary>
    /// Which colours gain, (1, end - start, K, blocks), bool: for some of a block's four pixels, the blocks row by row. The file
    /// holds the tiles alone.
    /// </summary>
    public static OnnxValue Pattern(OnnxGraph g, int blockRows, int blockColumns, int colours, int start, int end)
    {
        OnnxValue? sum = null;
        for (int t = 0; t < Tiles.Length; t++)
        {
            var (columns, rows) = Tiles[t];
            var noise = new Sampler(Seed, stream: t);
            var tile = new float[columns * rows * 4 * colours]; // a row for each block of it
            for (int i = 0; i < tile.Length; i++) tile[i] = noise.Uniform(i) - 0.5f;
            var place = new long[blockRows * blockColumns];
            for (int i = 0; i < place.Length; i++) place[i] = (i / blockColumns % rows * columns) + (i % blockColumns % columns);
            OnnxValue repeated = g.GatherRows(g.Constant(tile, columns * rows, 4 * colours), place);
            sum = sum is null ? repeated : g.Add(sum, repeated);
        }
        // All of it of constants alone: computed when a session starts.
        OnnxValue all = g.Reshape(g.Transpose(sum!, 1, 0), 1, 4, colours, blockRows * blockColumns);
        return g.GreaterOrEqual(g.Slice(all, 1, start, end), g.Constant(0f));
    }
}
