using VaeContent.Trainer.Export.Onnx;

namespace VaeContent.Trainer.Model;

/// <summary>
/// Neighbouring pixels that agree. Where a decoder is undecided between two colours, it chooses pixel by pixel, and a garment
/// comes out speckled in both. A Potts model adds J nats to the log-probability of a colour for each of the four neighbours that
/// has it; one step of iterated conditional modes (Besag 1986) from the likeliest colours lets each pixel choose again between
/// its own and the likeliest of those around it. Pixels that are sure by more than 4 J nats stay, so that eyes and outlines do.
/// </summary>
internal static class PottsSmoothing
{
    private const int Neighbours = 4;
    private const float Least = 1e-6f; // nats: ties keep the likelier colour
    private const float Never = -1e6f * OnnxGraph.FarApart;

    private static readonly (int Row, int Column)[] Directions = [(-1, 0), (1, 0), (0, -1), (0, 1)];

    /// <summary>The colours, (N, 4, 1, R C), counted from 1, after the step.</summary>
    /// <param name="g">The graph.</param>
    /// <param name="logits">(N, 4, K - 1, R C): of the four pixels of each block, times <see cref="OnnxGraph.FarApart"/>.</param>
    /// <param name="best">(N, 4, 1, R C): the likeliest colours, counted from 1.</param>
    /// <param name="shown">(N, 4, R, C): the same, 0 where nothing is visible.</param>
    /// <param name="nats">J.</param>
    public static OnnxValue Step(OnnxGraph g, OnnxValue logits, OnnxValue best, OnnxValue shown, float nats)
    {
        int places = shown.Shape[2] * shown.Shape[3];
        OnnxValue around = g.Conv(shown, g.Constant(Shifts(), 4 * Neighbours, 4, 3, 3),
            g.Constant(new float[4 * Neighbours], 4 * Neighbours), 1, [1, 1, 1, 1]);
        around = g.Reshape(around, 1, 4, Neighbours, places); // their colours, 0 for none

        // Of the neighbours' colours, other than the pixel's own, the one that is likeliest here.
        OnnxValue isOwn = g.Equal(around, best), none = g.Constant(Never);
        OnnxValue colours = g.Cast(g.Max(g.Sub(around, g.Constant(1f)), g.Constant(0f)), ElementType.Int32);
        OnnxValue here = g.GatherElements(logits, colours, axis: 2);
        here = g.Where(g.GreaterOrEqual(isOwn, g.Constant(0.5f)), none,
            g.Where(g.GreaterOrEqual(around, g.Constant(1f)), here, none));
        OnnxValue likeliest = g.ReduceMax(here, axis: 2); // (N, 4, 1, R C)
        OnnxValue other = g.ReduceMax(g.Where(g.GreaterOrEqual(here, likeliest), around, 0f), axis: 2);

        // J (neighbours of the other colour - neighbours of its own) + what it is less likely by, one product.
        float[] weights = [nats, nats, nats, nats, -nats, -nats, -nats, -nats, 1f / OnnxGraph.FarApart, -1f / OnnxGraph.FarApart];
        OnnxValue gain = g.MatMul(g.Constant(weights, 1, 1, 1, weights.Length),
            g.Concat(2, g.Equal(around, other), isOwn, likeliest, g.ReduceMax(logits, axis: 2)));
        return g.Where(g.GreaterOrEqual(gain, g.Constant(Least)), other, best);
    }

    // The four neighbours of each pixel of a block: from the four pixels of a block and those around it.
    private static float[] Shifts()
    {
        var kernel = new float[4 * Neighbours * 4 * PixelBlocks.Around];
        for (int pixel = 0; pixel < 4; pixel++)
        {
            for (int d = 0; d < Neighbours; d++)
            {
                int tap = PixelBlocks.Tap(pixel, Directions[d].Row, Directions[d].Column);
                kernel[(((pixel * Neighbours) + d) * 4 * PixelBlocks.Around) + tap] = 1f;
            }
        }
        return kernel;
    }
}
