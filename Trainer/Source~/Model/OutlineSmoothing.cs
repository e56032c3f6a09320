using System.Linq;
using VaeContent.Trainer.Export.Onnx;

namespace VaeContent.Trainer.Model;

/// <summary>
/// Silhouettes without stray pixels and holes. Where a decoder is undecided whether pixels are visible, it chooses pixel by
/// pixel, and leaves crumbs around a sprite and gaps in it. A pixel none of whose eight neighbours is visible loses some nats,
/// half as many if one is; a pixel with eight gains some, half as many with seven; then it chooses again, twice. So outlines and
/// thin lines stay, as pixels do that are sure.
/// </summary>
internal static class OutlineSmoothing
{
    private const int Rounds = 2, Pixels = 4, Taps = Pixels * PixelBlocks.Around;
    private const float Fewest = 2f, Most = 6f; // neighbours of a pixel that is neither

    /// <summary>The log-odds that pixels are visible, (N, 4, R, C), after the rounds.</summary>
    /// <param name="g">The graph.</param>
    /// <param name="visibility">(N, 4, R, C): the log-odds, of the four pixels of each block.</param>
    /// <param name="strays">Nats that a pixel loses without neighbours.</param>
    /// <param name="gaps">Nats that a pixel gains with eight; not both are 0.</param>
    public static OnnxValue Step(OnnxGraph g, OnnxValue visibility, float strays, float gaps)
    {
        // How many neighbours are missing from two, and how many exceed six.
        (float Sign, float Offset, float Nats)[] sides = [(-1f, Fewest, -strays / Fewest), (1f, -Most, gaps / Fewest)];
        sides = [.. sides.Where(side => side.Nats != 0f)];
        float[] count = Neighbours(), counts = [.. sides.SelectMany(side => count.Select(one => side.Sign * one))];
        float[] offsets = [.. sides.SelectMany(side => Enumerable.Repeat(side.Offset, Pixels))];
        OnnxValue around = g.Constant(counts, offsets.Length, Pixels, 3, 3), offset = g.Constant(offsets, offsets.Length);
        OnnxValue gain = g.Constant(Gains([.. sides.Select(side => side.Nats)]), Pixels, Pixels + offsets.Length, 1, 1),
            none = g.Constant(new float[Pixels], Pixels);
        OnnxValue now = visibility;
        for (int round = 0; round < Rounds; round++)
        {
            OnnxValue seen = g.Where(g.GreaterOrEqual(now, g.Constant(0f)), g.Constant(1f), 0f);
            OnnxValue unlike = g.Relu(g.Conv(seen, around, offset, 1, [1, 1, 1, 1]));
            now = g.Conv(g.Concat(1, visibility, unlike), gain, none, 1, [0, 0, 0, 0]);
        }
        return now;
    }

    // Beyond the canvas there are none.
    private static float[] Neighbours()
    {
        float[] kernel = PixelBlocks.Square(reach: 1, size: 3);
        for (int pixel = 0; pixel < Pixels; pixel++) kernel[(pixel * Taps) + PixelBlocks.Tap(pixel, 0, 0)] = 0f; // itself
        return kernel;
    }

    // Log-odds as they were, and with the nats of each side for each neighbour that is missing or exceeds.
    private static float[] Gains(float[] nats)
    {
        int inputs = Pixels * (1 + nats.Length);
        var weights = new float[Pixels * inputs];
        for (int pixel = 0; pixel < Pixels; pixel++)
        {
            weights[(pixel * inputs) + pixel] = 1f;
            for (int side = 0; side < nats.Length; side++)
                weights[(pixel * inputs) + ((1 + side) * Pixels) + pixel] = nats[side];
        }
        return weights;
    }
}
