using System;

namespace VaeContent.Trainer.Graphs;

/// <summary>
/// -log p(sprite | z), summed over pixels and over the batch, in nats. Each comes with the gradient of the whole, which is a difference of
/// prediction and target: shorter and steadier than the chain through logarithms.
/// </summary>
internal static partial class LikelihoodGraph
{
    /// <summary>Smallest variance a fitted Gaussian may have: below the rounding of 8-bit pixels there is nothing to learn.</summary>
    private const float SmallestVariance = 1e-5f;

    /// <summary>
    /// Softmax over colours. <paramref name="logits"/> (P, K), one row a pixel; <paramref name="indices"/> (P, 1) int64 are the true colours;
    /// <paramref name="weights"/> (P) is how many pixels each row stands for.
    /// </summary>
    public static Value Palette(this Graph g, Value logits, Value indices, Value weights)
    {
        Value p = g.Softmax(logits);
        Value ofTarget = g.GatherElements(p, indices); // (P, 1)
        Value flat = g.Reshape(ofTarget, ofTarget.Count); // elementwise operators are far faster on one long row
        Value loss = g.Neg(g.Sum(g.Mul(g.Log(g.Max(flat, g.Constant(1e-30f))), weights)));
        g.DefineGradient(loss, [logits], dy =>
        {
            Value lessOne = g.Reshape(g.Sub(flat, g.Constant(1f)), ofTarget.Shape);
            Value perRow = g.Reshape(g.Mul(weights, dy), ofTarget.Shape);
            return [g.Mul(g.ScatterElements(p, indices, lessOne), perRow)]; // softmax - one-hot
        });
        return loss;
    }

    /// <summary>
    /// Gaussian with the variance that fits this batch best, s = mean squared error (Rybkin et al. 2021, eq. 6): D/2 (log(2 pi s) + 1)
    /// per sprite of D numbers. Its gradient is that of the squared error at variance s.
    /// </summary>
    public static Value Sigma(this Graph g, Value xHat, Value x)
    {
        Value difference = g.Sub(xHat, x);
        Value s = g.OfWholeBatch(g.Add(g.Scale(g.Sum(g.Square(difference)), 1f / x.Count), g.Constant(SmallestVariance)));
        Value loss = g.Scale(g.Add(g.Log(s), g.Constant(MathF.Log(2f * MathF.PI) + 1f)), x.Count / 2f);
        g.DefineGradient(loss, [xHat], dy => [g.Mul(difference, g.Div(dy, s))]);
        return loss;
    }

    /// <summary>Each number a coin toss with probability sigmoid(logit): relu(l) - l x + log(1 + exp(-|l|)).</summary>
    public static Value Bernoulli(this Graph g, Value logits, Value x)
    {
        Value loss = g.Sum(g.CoinTosses(logits, x));
        g.DefineGradient(loss, [logits], dy => [g.Mul(g.Sub(g.Sigmoid(logits), x), dy)]);
        return loss;
    }

    private static Value CoinTosses(this Graph g, Value logits, Value x) =>
        g.Add(g.Sub(g.Relu(logits), g.Mul(logits, x)), g.Log(g.Add(g.Exp(g.Neg(g.Abs(logits))), g.Constant(1f))));

    /// <summary>Gaussian of fixed standard deviation, without its constant: (xHat - x)^2 / (2 sigma^2).</summary>
    public static Value SquaredError(this Graph g, Value xHat, Value x, float sigma)
    {
        Value difference = g.Sub(xHat, x);
        float precision = 1f / (sigma * sigma);
        Value loss = g.Scale(g.Sum(g.Square(difference)), precision / 2f);
        g.DefineGradient(loss, [xHat], dy => [g.Mul(difference, g.Scale(dy, precision))]);
        return loss;
    }
}
