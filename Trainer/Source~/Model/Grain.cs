using System;
using VaeContent.Trainer.Export.Onnx;

namespace VaeContent.Trainer.Model;

/// <summary>
/// A fixed pattern of noise on the choice of colours. The likeliest colour of each pixel alone makes surfaces flatter than the
/// artist's, since one colour of a dither or a grain is always the likelier one. Gumbel noise of strength t on the
/// log-probabilities draws colours from their distribution at temperature t instead (Maddison et al. 2017). The noise is the same
/// for every sprite, so that a latent still has one sprite, and a morph does not flicker; it repeats every 8 pixels, as an
/// artist's dither does.
/// </summary>
internal static class Grain
{
    /// <summary>Rows of blocks of 2x2 pixels after which it repeats.</summary>
    public const int BlockRows = Side / 2;

    private const int BlockColumns = Side / 2, Side = 8;
    private const long Seed = 1;

    /// <summary>
    /// What is added to the log-probabilities of K colours, (4 K, 1, blocks): for each of a block's four pixels and each colour,
    /// the blocks of some rows, row by row; times <paramref name="scale"/>. The file holds one tile of 4x4 blocks.
    /// </summary>
    public static OnnxValue Pattern(OnnxGraph g, int blockRows, int blockColumns, int colours, float strength, float scale)
    {
        var noise = new Sampler(Seed);
        var tile = new float[Side * Side * colours]; // a row for each block of it
        for (int i = 0; i < tile.Length; i++)
        {
            int k = i % colours, pixel = i / colours % 4, block = i / colours / 4;
            int y = (2 * (block / BlockColumns)) + (pixel / 2), x = (2 * (block % BlockColumns)) + (pixel % 2);
            float uniform = Math.Clamp(noise.Uniform((((y * Side) + x) * colours) + k), 1e-6f, 1f - 1e-6f);
            tile[i] = -strength * MathF.Log(-MathF.Log(uniform)) * scale;
        }

        var place = new long[blockRows * blockColumns];
        for (int i = 0; i < place.Length; i++) place[i] = (i / blockColumns % BlockRows * BlockColumns)
            + (i % blockColumns % BlockColumns);
        OnnxValue rows = g.GatherRows(g.Constant(tile, BlockRows * BlockColumns, 4 * colours), place);
        return g.Reshape(g.Transpose(rows, 1, 0), 4 * colours, 1, place.Length);
    }
}
