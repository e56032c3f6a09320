using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Graphs;

/// <summary>What is computed with latents: draws, what keeps them near the prior, and what labels tell the networks.</summary>
internal static class LatentGraph
{
    // Scales of the kernel; Tolstikhin et al. 2018, appendix.
    private static readonly float[] Scales = [0.1f, 0.2f, 0.5f, 1f, 2f, 5f, 10f];

    /// <summary>K draws of each posterior, (B, K, Z), from noise (B K, Z).</summary>
    public static Value Draws(this Graph g, Value mu, Value logVar, Value noise, int k)
    {
        int b = mu.Shape[0], z = mu.Shape[1];
        Value deviation = g.Exp(g.Scale(logVar, 0.5f));
        return g.Add(g.Reshape(mu, b, 1, z), g.Mul(g.Reshape(deviation, b, 1, z), g.Reshape(noise, b, k, z)));
    }

    /// <summary>log p(z) - log q(z|x) of K draws, (B, K): the sum over dimensions of (noise^2 + logVar - z^2) / 2.</summary>
    public static Value LogRatio(this Graph g, Value latents, Value noise, Value logVar, int k)
    {
        int b = logVar.Shape[0], z = logVar.Shape[1];
        Value squares = g.Reshape(g.Sub(g.Square(noise), g.Square(latents)), b, k, z);
        return g.Scale(g.ReduceSum(g.Add(squares, g.Reshape(logVar, b, 1, z)), [2]), 0.5f);
    }

    /// <summary>
    /// The importance-weighted bound with its sign turned, summed over the batch: -log mean_k p(x|z_k) (p(z_k) / q(z_k|x))^beta
    /// (Burda et al. 2016, eq. 8). <paramref name="losses"/> and <paramref name="logRatios"/> are (B, K).
    /// </summary>
    public static Value ImportanceBound(this Graph g, Value losses, Value logRatios, Value beta)
    {
        Value logWeights = g.Sub(g.Mul(logRatios, beta), losses);
        return g.Sum(g.Sub(g.Constant(MathF.Log(losses.Shape[1])), g.LogSumExp(logWeights)));
    }

    /// <summary>
    /// KL(q(z) || prod_d q(z_d)), summed over the batch: both estimated from the batch itself, as means over its posteriors (Chen et al.
    /// 2018, with the batch in place of the set, which changes the value by a constant).
    /// </summary>
    public static Value TotalCorrelation(this Graph g, Value latents, Value mu, Value logVar)
    {
        int b = mu.Shape[0], z = mu.Shape[1];
        Value Others(Value x) => g.Reshape(g.Transpose(x, 1, 0), 1, z, b);
        // log q(z_i,d | x_j) but for its constant, (B, Z, B): i, d, j.
        Value gap = g.Sub(g.Reshape(latents, b, z, 1), Others(mu));
        Value log = g.Scale(g.Add(g.Mul(g.Square(gap), Others(g.Exp(g.Neg(logVar)))), Others(logVar)), -0.5f);
        Value joint = g.LogSumExp(g.ReduceSum(log, [1])); // (B)
        Value product = g.ReduceSum(g.LogSumExp(log), [1]);
        return g.Sum(g.Add(g.Sub(joint, product), g.Constant((z - 1) * MathF.Log(b))));
    }

    /// <summary>
    /// The maximum mean discrepancy between latents and draws from the prior, (B, Z) each, with the sum of inverse multiquadratic
    /// kernels 2 Z s / (2 Z s + distance^2) over seven scales s; without bias, so that it can be below 0 (Tolstikhin et al. 2018, algorithm 2).
    /// </summary>
    public static Value Discrepancy(this Graph g, Value latents, Value draws)
    {
        int b = latents.Shape[0];
        Value Kernel(Value x, Value y)
        {
            Value lengths = g.Add(g.ReduceSum(g.Square(x), [1], keepDimensions: true), g.Reshape(g.ReduceSum(g.Square(y), [1]), 1, b));
            Value distance = g.Max(g.Gemm(x, y, transB: true, bias: lengths, scale: -2f), g.Constant(0f)); // (B, B)
            Value[] parts = [.. Scales.Select(scale => 2f * x.Shape[1] * scale).Select(c => g.Div(g.Constant(c), g.Add(distance, g.Constant(c))))];
            return g.Sum(parts.Aggregate(g.Add));
        }
        // A latent is at distance 0 from itself, and that does not count.
        Value within = g.Sub(g.Add(Kernel(latents, latents), Kernel(draws, draws)), g.Constant(2f * b * Scales.Length));
        return g.Sub(g.Scale(within, 1f / (b * (b - 1f))), g.Scale(Kernel(latents, draws), 2f / ((float)b * b)));
    }

    /// <summary>log of the sum of exp(x) over the last axis, which disappears: x - log softmax(x) is that everywhere.</summary>
    public static Value LogSumExp(this Graph g, Value x)
    {
        Value p = g.Softmax(x);
        Value y = g.ReduceSum(g.Mul(p, g.Sub(x, g.Log(g.Max(p, g.Constant(1e-30f))))), [x.Shape.Length - 1]);
        g.DefineGradient(y, [x], dy => [g.Mul(p, g.Reshape(dy, [.. dy.Shape, 1]))]);
        return y;
    }

    /// <summary>Labels (B, M) as the values of their columns, (B, L), one after the other; labels of one column as they are.</summary>
    public static Value Columns(this Graph g, Value label, IReadOnlyList<IReadOnlyList<int>> columns)
    {
        if (columns.Count == 0) return label;
        int[] sizes = [.. Enumerable.Range(0, columns[0].Count).Select(column => columns.Max(row => row[column]) + 1)];
        int all = sizes.Sum();
        var told = new float[columns.Count * all];
        for (int row = 0; row < columns.Count; row++)
        {
            for (int column = 0; column < sizes.Length; column++) told[(row * all) + sizes[..column].Sum() + columns[row][column]] = 1f;
        }
        return g.Gemm(label, g.Constant(told, columns.Count, all));
    }

    /// <summary>Each row (B, L) k times in succession: (B k, L).</summary>
    public static Value Repeat(this Graph g, Value rows, int k)
    {
        if (k == 1) return rows;
        int b = rows.Shape[0], l = rows.Shape[1];
        var ones = new float[k];
        Array.Fill(ones, 1f);
        return g.Reshape(g.Mul(g.Reshape(rows, b, 1, l), g.Constant(ones, 1, k, 1)), b * k, l);
    }
}
