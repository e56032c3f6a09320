using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Graphs;

/// <summary>
/// The same for each sprite and draw by itself. xHat or logits (B, K, D): K decoded draws of a sprite of D numbers; x (B, 1, D).
/// </summary>
internal static partial class LikelihoodGraph
{
    /// <summary>(B, K): see <see cref="Bernoulli"/>.</summary>
    public static Value BernoulliEach(this Graph g, Value logits, Value x)
    {
        Value loss = g.ReduceSum(g.CoinTosses(logits, x), [2]);
        g.DefineGradient(loss, [logits], dy => [g.Mul(g.Sub(g.Sigmoid(logits), x), g.PerSprite(dy))]);
        return loss;
    }

    /// <summary>(B, K): see <see cref="Sigma"/>; the variance is that of the whole batch, and a constant to the gradient.</summary>
    public static Value SigmaEach(this Graph g, Value xHat, Value x)
    {
        Value difference = g.Sub(xHat, x), squares = g.Square(difference);
        Value s = g.Add(g.Scale(g.Sum(squares), 1f / squares.Count), g.Constant(SmallestVariance));
        Value spread = g.Scale(g.Log(g.Scale(s, 2f * MathF.PI)), x.Shape[2] / 2f);
        Value loss = g.Add(g.Div(g.Scale(g.ReduceSum(squares, [2]), 0.5f), s), spread);
        g.DefineGradient(loss, [xHat], dy => [g.Mul(difference, g.Div(g.PerSprite(dy), s))]);
        return loss;
    }

    /// <summary>(B, K): see <see cref="SquaredError"/>.</summary>
    public static Value SquaredErrorEach(this Graph g, Value xHat, Value x, float sigma)
    {
        Value difference = g.Sub(xHat, x);
        float precision = 1f / (sigma * sigma);
        Value loss = g.Scale(g.ReduceSum(g.Square(difference), [2]), precision / 2f);
        g.DefineGradient(loss, [xHat], dy => [g.Mul(difference, g.Scale(g.PerSprite(dy), precision))]);
        return loss;
    }

    /// <summary>
    /// (expected colour - true colour)^2 / (2 sigma^2), summed over pixels by their weights. <paramref name="logits"/> (P, K - 1) and
    /// <paramref name="indices"/> (P, 1) are over the visible colours of <paramref name="palette"/> (K).
    /// </summary>
    public static Value ColourDistance(this Graph g, Value logits, Value indices, Value weights, IReadOnlyList<Rgba32> palette, float sigma)
    {
        float[] numbers = [.. palette.Skip(1).SelectMany(colour => new[] { colour.R / 255f, colour.G / 255f, colour.B / 255f })];
        Value colours = g.Constant(numbers, palette.Count - 1, 3);
        Value expected = g.Gemm(g.Softmax(logits), colours); // (P, 3)
        Value real = g.GatherRows(colours, g.Reshape(indices, indices.Count));
        Value squares = g.ReduceSum(g.Square(g.Sub(expected, real)), [1]);
        return g.Scale(g.Sum(g.Mul(squares, weights)), 1f / (2f * sigma * sigma));
    }

    private static Value PerSprite(this Graph g, Value dy) => g.Reshape(dy, dy.Shape[0], dy.Shape[1], 1);
}
