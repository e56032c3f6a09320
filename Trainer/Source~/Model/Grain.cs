using VaeContent.Trainer.Export.Onnx;

namespace VaeContent.Trainer.Model;

/// <summary>
/// A fixed pattern of noise on the choice of colours. The likeliest colour of each pixel alone makes surfaces flatter than the
/// artist's, since one colour of a dither is always the likelier one. Noise within +-t nats lets colours take turns that are
/// nearly as likely, mostly shades of one another; being bounded, it never brings an unlikely colour. The noise is the same for
/// every sprite, so that a latent still has one sprite, and a morph does not flicker. It is the mean of two tiles, of 8x8 and
/// 6x10 pixels, and repeats only where both do, every 24x40 pixels.
/// </summary>
internal static class Grain
{
    private const long Seed = 1;

    // Blocks of 2x2 pixels.
    private static readonly (int Columns, int Rows)[] Tiles = [(4, 4), (3, 5)];

    /// <summary>
    /// What is added to the log-probabilities of K colours, (4 K, 1, blocks): for each of a block's four pixels and each colour,
    /// the blocks row by row; times <paramref name="scale"/>. The file holds the tiles alone.
    /// </summary>
    public static OnnxValue Pattern(OnnxGraph g, int blockRows, int blockColumns, int colours, float strength, float scale)
    {
        OnnxValue? sum = null;
        for (int t = 0; t < Tiles.Length; t++)
        {
            var (columns, rows) = Tiles[t];
            var noise = new Sampler(Seed, stream: t);
            var tile = new float[columns * rows * 4 * colours]; // a row for each block of it
            for (int i = 0; i < tile.Length; i++)
                tile[i] = strength / Tiles.Length * scale * ((2f * noise.Uniform(i)) - 1f);
            var place = new long[blockRows * blockColumns];
            for (int i = 0; i < place.Length; i++) place[i] = (i / blockColumns % rows * columns) + (i % blockColumns % columns);
            OnnxValue repeated = g.GatherRows(g.Constant(tile, columns * rows, 4 * colours), place);
            sum = sum is null ? repeated : g.Add(sum, repeated); // of constants alone: computed when a session starts
        }
        return g.Reshape(g.Transpose(sum!, 1, 0), 4 * colours, 1, blockRows * blockColumns);
    }
}
