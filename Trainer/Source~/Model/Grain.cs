using VaeContent.Trainer.Export.Onnx;

namespace VaeContent.Trainer.Model;

/// <summary>
/// A fixed pattern on the choice of colours. The likeliest colour of each pixel alone makes surfaces flatter than the artist's,
/// since one colour of a dither is always the likelier one. Half of the colours, others in each pixel, gain t nats, so that
/// colours take turns that are nearly as likely, mostly shades of one another; none that is less likely by more than t shows.
/// The pattern is the same for every sprite, so that a latent still has one sprite, and a morph does not flicker. It is made of
/// two tiles, of 8x8 and 6x10 pixels, and repeats only where both do, every 24x40 pixels.
/// </summary>
internal static class Grain
{
    private const long Seed = 1;

    // Blocks of 2x2 pixels.
    private static readonly (int Columns, int Rows)[] Tiles = [(4, 4), (3, 5)];

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
