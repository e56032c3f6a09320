using System;
using VaeContent.Trainer.Export.Onnx;

namespace VaeContent.Trainer.Model;

/// <summary>
/// Sprites in one piece. Where a decoder is undecided whether pixels are visible, it leaves fragments around a sprite. A pixel is
/// of the body where the square of 7x7 pixels around it holds at least 0.4 times as many visible ones as the fullest square of
/// the sprite, or where at most eight steps over visible pixels lead to such a one (morphological reconstruction). Other visible
/// pixels lose some nats. So things of like size stay, as pixels do that are sure.
/// </summary>
internal static class Islands
{
    private const int Rounds = 8, Pixels = 4, Reach = 3, Wide = 5, Near = 3;
    private const float Share = 0.4f;

    // More than all neighbours: what only a visible pixel has.
    private const float Own = 16f;

    /// <summary>The log-odds that pixels are visible, (N, 4, R, C), those of islands less the nats.</summary>
    /// <param name="g">The graph.</param>
    /// <param name="visibility">(N, 4, R, C): the log-odds, of the four pixels of each block.</param>
    /// <param name="nats">What visible pixels of islands lose.</param>
    public static OnnxValue Step(OnnxGraph g, OnnxValue visibility, float nats)
    {
        OnnxValue none = g.Constant(new float[Pixels], Pixels), one = g.Constant(1f);
        OnnxValue isVisible = g.GreaterOrEqual(visibility, g.Constant(0f)), visible = g.Where(isVisible, one, 0f);
        OnnxValue squares = g.Conv(visible, g.Constant(PixelBlocks.Square(Reach, Wide), Pixels, Pixels, Wide, Wide), none, 1,
            [2, 2, 2, 2]);
        squares = g.Where(isVisible, squares, 0f);
        OnnxValue fullest = g.ReduceMax(
            g.Reshape(squares, 1, 1, 1, Pixels * visibility.Shape[2] * visibility.Shape[3]), axis: 3);
        OnnxValue body = g.Where(g.GreaterOrEqual(squares, g.Max(g.Scale(fullest, Share), one)), one, 0f);
        OnnxValue steps = g.Constant(Steps(), Pixels, 2 * Pixels, Near, Near), reached = g.Constant(Own + 1f);
        for (int round = 0; round < Rounds; round++)
        {
            OnnxValue around = g.Conv(g.Concat(1, body, visible), steps, none, 1, [1, 1, 1, 1]);
            body = g.Where(g.GreaterOrEqual(around, reached), one, 0f);
        }
        return g.Conv(g.Concat(1, visibility, body, visible), g.Constant(Losses(nats), Pixels, 3 * Pixels, 1, 1), none, 1,
            [0, 0, 0, 0]);
    }

    // Visible pixels beside the body, from the body and what is visible.
    private static float[] Steps()
    {
        const int taps = Pixels * Near * Near;
        float[] beside = PixelBlocks.Square(1, Near), kernel = new float[2 * beside.Length];
        for (int pixel = 0; pixel < Pixels; pixel++)
        {
            beside.AsSpan(pixel * taps, taps).CopyTo(kernel.AsSpan(2 * pixel * taps));
            kernel[(((2 * pixel) + 1) * taps) + PixelBlocks.Tap(pixel, 0, 0, Near)] = Own;
        }
        return kernel;
    }

    // The log-odds, plus the nats in the body, less the nats where visible.
    private static float[] Losses(float nats)
    {
        var weights = new float[3 * Pixels * Pixels];
        for (int pixel = 0; pixel < Pixels; pixel++)
        {
            int row = (3 * pixel * Pixels) + pixel;
            (weights[row], weights[row + Pixels], weights[row + (2 * Pixels)]) = (1f, nats, -nats);
        }
        return weights;
    }
}
