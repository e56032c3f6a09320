using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Graphs;

/// <summary>Matrix products, softmax and the operators that pick elements.</summary>
internal static partial class Operators
{
    // Y = alpha op(A) op(B) [+ C]; A (M,K), B (K,N), C (N), (1,N) or (M,N).
    private static readonly Operator GemmOp = new("Gemm",
        (inputs, a) =>
        {
            var (m, k) = Sides(inputs[0], (long)a["transA"] == 1);
            var (k2, n) = Sides(inputs[1], (long)a["transB"] == 1);
            if (k != k2) throw new ArgumentException($"inner dimensions {k} and {k2} differ");
            if (inputs.Count > 2 && inputs[2].Count != n && !inputs[2].Shape.AsSpan().SequenceEqual([m, n]))
                throw new ArgumentException($"a bias of {inputs[2].Count} for {n} columns");
            return [m, n];
        },
        (g, node, dy) =>
        {
            Value a = node.Inputs[0], b = node.Inputs[1], scaled = g.Scale(dy, (float)node.Attributes["alpha"]);
            bool transA = node.Int("transA") == 1, transB = node.Int("transB") == 1;
            Value? da = !NeedsGradient(a) ? null : transA ? g.Gemm(b, scaled, transB, true) : g.Gemm(scaled, b, false, !transB);
            Value? db = !NeedsGradient(b) ? null : transB ? g.Gemm(scaled, a, true, transA) : g.Gemm(a, scaled, !transA, false);
            return node.Inputs.Count == 2 ? [da, db] : [da, db, g.SumTo(dy, node.Inputs[2])];
        });

    // Products of the last two axes; the others meet as those of elementwise operators do. Only shipped decoders use it, so it has no gradient.
    private static readonly Operator MatMulOp = new("MatMul", (inputs, _) =>
    {
        int[] a = inputs[0].Shape, b = inputs[1].Shape;
        Expect(a.Length >= 2 && b.Length >= 2, "expected matrices");
        if (a[^1] != b[^2]) throw new ArgumentException($"inner dimensions {a[^1]} and {b[^2]} differ");
        return [.. Broadcast(a[..^2], b[..^2]), a[^2], b[^1]];
    });

    // p = softmax(x) over the last axis: dx = p (dy - sum(dy p))
    private static readonly Operator SoftmaxOp = new("Softmax", Same, (g, n, dy) =>
    {
        Value weighted = g.Mul(dy, n.Output);
        Value sum = g.ReduceSum(weighted, [n.Output.Shape.Length - 1], keepDimensions: true);
        return [g.Sub(weighted, g.Mul(n.Output, sum))];
    });

    // Picks along the last axis; used where a formula of the whole replaces the chain, so it needs no rule of its own.
    private static readonly Operator GatherElementsOp = new("GatherElements", (inputs, _) =>
    {
        Expect(PicksRows(inputs[0], inputs[1]), "the indices differ outside the last axis");
        return inputs[1].Shape;
    });

    private static readonly Operator ScatterElementsOp = new("ScatterElements", (inputs, _) =>
    {
        Expect(PicksRows(inputs[0], inputs[1]), "the indices differ outside the last axis");
        Expect(inputs[1].Shape.AsSpan().SequenceEqual(inputs[2].Shape), "each index needs an update");
        return inputs[0].Shape;
    });

    // x (R, C) with the rows (V, 1) replaced by updates (V, C).
    private static readonly Operator ScatterRowsOp = new("ScatterND", Same);

    // x (R, C), rows (V) int64 without repeats: each row takes back what it gave.
    private static readonly Operator GatherRowsOp = new("Gather",
        (inputs, _) =>
        {
            Expect(inputs[0].Shape.Length == 2 && inputs[1].Shape.Length == 1, "expected a matrix and a list of rows");
            return [inputs[1].Shape[0], inputs[0].Shape[1]];
        },
        (g, n, dy) =>
        {
            int[] x = n.Inputs[0].Shape;
            return [g.Emit(ScatterRowsOp, g.Constant(new float[x[0] * x[1]], x), g.Reshape(n.Inputs[1], dy.Shape[0], 1), dy)];
        });

    private static readonly Operator ReduceMaxOp = new("ReduceMax",
        (inputs, a) =>
        {
            int axis = (int)((long[])a["axes"])[0];
            Expect((uint)axis < (uint)inputs[0].Shape.Length, $"there is no axis {axis}");
            return [.. inputs[0].Shape.Select((side, i) => i == axis ? 1 : side)];
        });

    /// <summary>scale a b + bias: a (M,K) and b (K,N), either of them transposed first; the bias is (N), (1,N) or (M,N).</summary>
    public static Value Gemm(this Graph g, Value a, Value b, bool transA = false, bool transB = false, Value? bias = null, float scale = 1f) => g.Emit(GemmOp,
        bias is null ? [a, b] : [a, b, bias],
        new Dictionary<string, object> { ["transA"] = transA ? 1L : 0L, ["transB"] = transB ? 1L : 0L, ["alpha"] = scale });

    /// <summary>a (..., M, K) times b (..., K, N): (..., M, N), the leading axes broadcast; no gradient flows back.</summary>
    public static Value MatMul(this Graph g, Value a, Value b) => g.Emit(MatMulOp, a, b);

    /// <summary>exp(x) over its sum, along the last axis.</summary>
    public static Value Softmax(this Graph g, Value x) => g.Emit(SoftmaxOp, [x], new Dictionary<string, object> { ["axis"] = -1L });

    /// <summary>y[i, j] = x[i, index[i, j]]; no gradient flows back.</summary>
    public static Value GatherElements(this Graph g, Value x, Value index) => g.Emit(GatherElementsOp, [x, index],
        new Dictionary<string, object> { ["axis"] = (long)(x.Shape.Length - 1) });

    /// <summary>x with x[i, index[i, j]] replaced by updates[i, j]; no gradient flows back.</summary>
    public static Value ScatterElements(this Graph g, Value x, Value index, Value updates) => g.Emit(ScatterElementsOp, [x, index, updates],
        new Dictionary<string, object> { ["axis"] = (long)(x.Shape.Length - 1) });

    /// <summary>Some rows of x (R, C): (V, C). <paramref name="rows"/> (V) int64 has none twice.</summary>
    public static Value GatherRows(this Graph g, Value x, Value rows) =>
        g.Emit(GatherRowsOp, [x, rows], new Dictionary<string, object> { ["axis"] = 0L });

    /// <summary>The largest element along an axis, which becomes 1.</summary>
    public static Value ReduceMax(this Graph g, Value x, int axis) =>
        g.Emit(ReduceMaxOp, [x], new Dictionary<string, object> { ["axes"] = new[] { (long)axis }, ["keepdims"] = 1L });

    /// <summary>
    /// The index of the largest element along an axis, the first of equals, as floats counted from <paramref name="first"/>; the axis becomes 1.
    /// Elements are multiplied by <see cref="FarApart"/> before. ArgMax would be shorter, but counts in 64-bit integers, which GPUs do not or
    /// hardly know.
    /// </summary>
    public static Value IndexOfLargest(this Graph g, Value farApart, int axis, int first = 0)
    {
        // 0 for the largest, far below -K for all others; then less the index.
        Value below = g.Sub(farApart, g.ReduceMax(farApart, axis));
        int[] column = [.. farApart.Shape.Select((side, i) => i == axis ? side : 1).Skip(axis)];
        Value ranks = g.Sub(below, g.Constant([.. Enumerable.Range(0, column[0]).Select(i => (float)(first + i))], column));
        return g.Neg(g.ReduceMax(ranks, axis));
    }

    /// <summary>
    /// What elements are multiplied by so that any two that differ lie further apart than there are of them. A power of two, 2^66, which rounds
    /// nothing; folded into the weights that compute them, it costs nothing.
    /// </summary>
    public const float FarApart = 73786976294838206464f;

    private static bool PicksRows(Value x, Value index) =>
        x.Shape.Length > 0 && x.Shape.Length == index.Shape.Length && x.Shape.AsSpan(0, x.Shape.Length - 1).SequenceEqual(index.Shape.AsSpan(0, x.Shape.Length - 1));

    private static (int Rows, int Columns) Sides(Value matrix, bool transposed)
    {
        if (matrix.Shape.Length != 2) throw new ArgumentException($"{matrix} is no matrix");
        return transposed ? (matrix.Shape[1], matrix.Shape[0]) : (matrix.Shape[0], matrix.Shape[1]);
    }
}
