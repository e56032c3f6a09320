using System;

namespace VaeContent.Trainer.Graphs;

/// <summary>
/// A fixed pattern of noise on the choice of colours. The likeliest colour of each pixel alone makes surfaces flatter than the artist's, since
/// one colour of a dither or a grain is always the likelier one. Gumbel noise of strength t on the log-probabilities draws colours from their
/// distribution at temperature t instead (Maddison et al. 2017). The noise is the same for every sprite, so that a latent still has one sprite,
/// and a morph does not flicker; it repeats every 8 pixels, as an artist's dither does.
/// </summary>
internal static class Grain
{
    /// <summary>Rows of blocks of 2x2 pixels after which it repeats.</summary>
    public const int BlockRows = Side / 2;

    private const int Side = 8;
    private const long Seed = 1;

    /// <summary>What is added to the colours' log-probabilities, (P, K) for the P pixels of a sprite in the order of <see cref="PaletteHead"/>.</summary>
    public static Value Pattern(Graph g, int blockRows, int blockColumns, int colours, float strength)
    {
        var noise = new Sampler(Seed);
        var tile = new float[Side * Side * colours];
        for (int i = 0; i < tile.Length; i++)
            tile[i] = -strength * MathF.Log(-MathF.Log(Math.Clamp(noise.Uniform(i), 1e-6f, 1f - 1e-6f)));

        var place = new long[4 * blockRows * blockColumns];
        for (int i = 0; i < place.Length; i++)
        {
            int y = (2 * (i / 4 / blockColumns)) + (i % 4 / 2), x = (2 * (i / 4 % blockColumns)) + (i % 2);
            place[i] = (y % Side * Side) + (x % Side);
        }
        return g.GatherRows(g.Constant(tile, Side * Side, colours), g.Constant(place));
    }
}
