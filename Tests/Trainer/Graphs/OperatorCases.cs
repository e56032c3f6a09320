using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Tests.Trainer.Reference;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Tests.Trainer.Graphs;

/// <summary>Every operator in many shapes.</summary>
internal static partial class OperatorCases
{
    /// <summary>What gradients flow through.</summary>
    public static IEnumerable<OperatorCase> Differentiable =>
        [.. Elementwise(), .. Formulas(), .. Products(), .. Moves(), .. Sums(), .. Convolutions(), .. Transposed()];

    /// <summary>What gradients do not flow through.</summary>
    public static IEnumerable<OperatorCase> Others()
    {
        yield return new("Sign", "(40)", t => t.Graph.Emit(Named("SignOp"), t.Any(40)));
        yield return new("GreaterOrEqual", "(4,5) (5)", t => t.Graph.GreaterOrEqual(t.Any(4, 5), t.Any(5)));
        yield return new("Where", "(3,5)", t => t.Graph.Where(t.Graph.GreaterOrEqual(t.Any(3, 5), t.Any(3, 5)), t.Any(3, 5), -2f));
        yield return new("Cast", "bytes to float", t => t.Graph.Cast(t.Whole(ElementType.UInt8, 256, 3, 7), ElementType.Float));
        yield return new("Cast", "bytes to indices", t => t.Graph.Cast(t.Whole(ElementType.UInt8, 256, 3, 7), ElementType.Int64));
        yield return new("Cast", "float to bytes", t => t.Graph.Cast(t.Graph.Scale(t.Positive(3, 7), 40f), ElementType.UInt8));
        yield return new("GatherElements", "(6,5) (6,1)", t => t.Graph.GatherElements(t.Any(6, 5), t.Whole(ElementType.Int64, 5, 6, 1)));
        yield return new("ScatterElements", "(6,5) (6,1)",
            t => t.Graph.ScatterElements(t.Any(6, 5), t.Whole(ElementType.Int64, 5, 6, 1), t.Any(6, 1)));
        yield return new("ScatterND", "two rows of (5,3)", t => t.Graph.Emit(Named("ScatterRowsOp"), t.Any(5, 3),
            t.Feed(t.Graph.Input("rows", ElementType.Int64, 2, 1), [3, 0]), t.Any(2, 3)));
        yield return new("ReduceMax", "(3,4,5)", t => t.Graph.ReduceMax(t.Any(3, 4, 5), 2));
        yield return new("ReduceMax", "(3,4,5), the middle", t => t.Graph.ReduceMax(t.Any(3, 4, 5), 1));
        foreach (var (kind, axis, first) in new[] { ("", 1, 0), (", counted from 3", 1, 3), (", of planes", 0, 0) })
            yield return new("ReduceMax", "index of the largest" + kind, t => t.Graph.IndexOfLargest(t.Graph.Scale(t.Any(6, 90), Operators.FarApart), axis, first));
        yield return new("ReduceMax", "index of the first of equals",
            t => t.Graph.IndexOfLargest(t.Graph.Scale(t.Graph.Cast(t.Whole(ElementType.UInt8, 3, 30, 6), ElementType.Float), Operators.FarApart), 1));
        foreach (var (a, b) in new (int[], int[])[] { ([3, 4], [4, 5]), ([2, 3, 4], [2, 4, 5]), ([2, 1, 3, 4], [2, 5, 4, 6]), ([3, 4], [2, 4, 5]) })
            yield return new("MatMul", $"({string.Join(',', a)}) ({string.Join(',', b)})", t => t.Graph.MatMul(t.Any(a), t.Any(b)));
        yield return new("Clip", "(40)", t => t.Graph.Emit(Named("ClipOp"), t.Any(40), t.Graph.Constant(-0.5f), t.Graph.Constant(1f)));
        yield return new("Conv", "dilated (1,2,9,8) 3x3", t => t.Graph.Conv(t.Any(1, 2, 9, 8), t.Any(3, 2, 3, 3), t.Any(3), [1, 1], [1, 2, 2, 1], [2, 2]));
    }

    private static IEnumerable<OperatorCase> Elementwise()
    {
        var binary = new (string Name, Func<Graph, Value, Value, Value> Emit)[]
        {
            ("Add", Operators.Add), ("Sub", Operators.Sub), ("Mul", Operators.Mul), ("Div", Operators.Div), ("Max", Operators.Max), ("Min", Operators.Min),
        };
        var shapes = new (int[] A, int[] B)[]
        {
            ([3, 4], [3, 4]), ([3, 4], [4]), ([4], [3, 4]), ([2, 3, 4], [3, 1]), ([2, 1], [1, 3]), ([2, 3], []), ([], [2, 3]),
            ([2, 3, 4, 5], [3, 1, 1]), ([1, 4], [3, 1, 4]), ([], []), ([2, 3, 2, 2], [2, 3, 1, 1]),
        };
        foreach (var (name, emit) in binary)
        {
            foreach (var (a, b) in shapes)
                yield return new(name, $"({string.Join(',', a)}) ({string.Join(',', b)})", t => emit(t.Graph, t.Any(a), name == "Div" ? t.Positive(b) : t.Any(b)));
            yield return new(name, "(3,4) and a constant", t => emit(t.Graph, t.Any(3, 4), t.Graph.Constant([0.3f, -2f, 1.5f, 0.7f], 4)));
            yield return new(name, "a constant and (3,4)", t => emit(t.Graph, t.Graph.Constant([0.3f, -2f, 1.5f, 0.7f], 4), t.Positive(3, 4)));
        }
        foreach (string name in new[] { "Add", "Sub", "Mul" })
            yield return new(name, "of a value and a function of it", t => Twice(t, binary.First(b => b.Name == name).Emit));

        var unary = new (string Name, Func<Graph, Value, Value> Emit, Func<Trial, int[], Value> From)[]
        {
            ("Neg", Operators.Neg, (t, s) => t.Any(s)), ("Exp", Operators.Exp, (t, s) => t.Any(s)), ("Log", Operators.Log, (t, s) => t.Positive(s)),
            ("Abs", Operators.Abs, (t, s) => t.OffZero(s)), ("Sqrt", Operators.Sqrt, (t, s) => t.Positive(s)), ("Tanh", Operators.Tanh, (t, s) => t.Any(s)),
            ("Sigmoid", Operators.Sigmoid, (t, s) => t.Any(s)), ("Relu", Operators.Relu, (t, s) => t.OffZero(s)),
            ("LeakyRelu", (g, x) => g.LeakyRelu(x, 0.1f), (t, s) => t.OffZero(s)), ("Silu", Operators.Silu, (t, s) => t.Any(s)),
            ("Square", Operators.Square, (t, s) => t.Any(s)), ("Scale", (g, x) => g.Scale(x, -0.3f), (t, s) => t.Any(s)),
        };
        foreach (var (name, emit, from) in unary)
        {
            foreach (int[] shape in new int[][] { [], [17], [2, 3, 4, 5] })
                yield return new(name, $"({string.Join(',', shape)})", t => emit(t.Graph, from(t, shape)));
        }
    }

    private static Value Twice(Trial t, Func<Graph, Value, Value, Value> emit)
    {
        Value x = t.Any(3, 4);
        return emit(t.Graph, emit(t.Graph, x, t.Graph.Tanh(x)), x);
    }

    // Losses of the likelihoods, each with the gradient of the whole.
    private static IEnumerable<OperatorCase> Formulas()
    {
        foreach (var (rows, colours) in new[] { (6, 5), (40, 2), (9, 31) })
        {
            yield return new("Palette", $"({rows},{colours})", t => t.Graph.Palette(t.Any(rows, colours), t.Whole(ElementType.Int64, colours, rows, 1), t.Fixed(rows)));
        }
        foreach (int[] shape in new int[][] { [40], [2, 4, 5, 3] })
        {
            string text = $"({string.Join(',', shape)})";
            yield return new("Sigma", text, t => t.Graph.Sigma(t.Any(shape), t.Fixed(shape)));
            yield return new("Bernoulli", text, t => t.Graph.Bernoulli(t.OffZero(shape), t.Graph.Sigmoid(t.Fixed(shape))));
            foreach (float sigma in new[] { 0.25f, 1f, MathF.Sqrt(0.5f) })
                yield return new("SquaredError", $"{text} sigma {sigma}", t => t.Graph.SquaredError(t.Any(shape), t.Fixed(shape), sigma));
        }
    }

    private static IEnumerable<OperatorCase> Products()
    {
        foreach (var (m, k, n) in new[] { (3, 4, 5), (1, 6, 2), (4, 1, 3), (2, 3, 1) })
        {
            for (int i = 0; i < 8; i++)
            {
                bool transA = (i & 1) != 0, transB = (i & 2) != 0, bias = (i & 4) != 0;
                yield return new("Gemm", $"{m}x{k}x{n}{(transA ? " A'" : "")}{(transB ? " B'" : "")}{(bias ? " + c" : "")}", t =>
                    t.Graph.Gemm(transA ? t.Any(k, m) : t.Any(m, k), transB ? t.Any(n, k) : t.Any(k, n), transA, transB, bias ? t.Any(n) : null));
            }
        }
        yield return new("Gather", "three rows of five", t => t.Graph.GatherRows(t.Any(5, 3), t.Feed(t.Graph.Input("rows", ElementType.Int64, 3), [4, 0, 2])));
        yield return new("Gather", "all rows, turned", t => t.Graph.GatherRows(t.Any(3, 2), t.Feed(t.Graph.Input("rows", ElementType.Int64, 3), [2, 1, 0])));
        foreach (int rows in new[] { 1, 3 })
            yield return new("Gemm", $"plus ({rows},2)", t => t.Graph.Gemm(t.Any(3, 4), t.Any(4, 2), bias: t.Any(rows, 2), scale: -0.7f));
        yield return new("Gemm", "with a constant right", t => t.Graph.Gemm(t.Any(3, 4), t.Fixed(4, 2)));
        yield return new("Gemm", "with a constant left", t => t.Graph.Gemm(t.Fixed(3, 4), t.Any(4, 2), bias: t.Any(2)));
        foreach (int[] shape in new int[][] { [5, 7], [2, 3, 4], [4, 1], [9] })
            yield return new("Softmax", $"({string.Join(',', shape)})", t => t.Graph.Softmax(t.Any(shape)));
    }

    private static IEnumerable<OperatorCase> Moves()
    {
        yield return new("Reshape", "(2,3,4) to (6,4)", t => t.Graph.Reshape(t.Any(2, 3, 4), 6, 4));
        yield return new("Reshape", "(6) to (1,2,3,1)", t => t.Graph.Reshape(t.Any(6), 1, 2, 3, 1));
        yield return new("Reshape", "() to (1)", t => t.Graph.Reshape(t.Any(), 1));
        yield return new("Transpose", "(2,3)", t => t.Graph.Transpose(t.Any(2, 3), 1, 0));
        yield return new("Transpose", "(2,3,4,5) to NHWC", t => t.Graph.Transpose(t.Any(2, 3, 4, 5), 0, 2, 3, 1));
        yield return new("Transpose", "(2,3,4,5) cycled", t => t.Graph.Transpose(t.Any(2, 3, 4, 5), 3, 0, 1, 2));
        yield return new("Transpose", "six axes", t => t.Graph.Transpose(t.Any(2, 3, 1, 2, 3, 2), 2, 5, 0, 3, 1, 4));
        yield return new("Concat", "axis 0", t => t.Graph.Concat(0, t.Any(2, 3), t.Any(1, 3), t.Any(4, 3)));
        yield return new("Concat", "axis 1", t => t.Graph.Concat(1, t.Any(2, 3, 2), t.Any(2, 1, 2)));
        yield return new("Concat", "last axis, a constant between", t => t.Graph.Concat(2, t.Any(2, 3, 2), t.Fixed(2, 3, 3), t.Any(2, 3, 1)));
        yield return new("Concat", "one value twice", t =>
        {
            Value x = t.Any(2, 3);
            return t.Graph.Concat(1, x, t.Graph.Tanh(x), x);
        });
        foreach (var (axis, start, end) in new[] { (0, 0, 1), (0, 2, 3), (1, 1, 3), (2, 0, 4), (2, 4, 5) })
            yield return new("Slice", $"(3,4,5) axis {axis} {start}..{end}", t => t.Graph.Slice(t.Any(3, 4, 5), axis, start, end));
        yield return new("Slice", "(3,4,5) of two axes", t => t.Graph.Slice(t.Any(3, 4, 5), new Operators.Cut(0, 1, 3), new Operators.Cut(2, 0, 4)));
        yield return new("Slice", "(3,4,5) of all axes, out of order",
            t => t.Graph.Slice(t.Any(3, 4, 5), new Operators.Cut(2, 1, 2), new Operators.Cut(0, 0, 2), new Operators.Cut(1, 1, 4)));
        foreach (int axis in new[] { 0, 1, 2 })
            yield return new("Slice", $"(3,4,5) axis {axis} reversed", t => t.Graph.Reverse(t.Any(3, 4, 5), axis));
        yield return new("Pad", "(3,4) one side", t => t.Graph.Pad(t.Any(3, 4), 1, 0, 2));
        yield return new("Pad", "(2,2,3,3) around the map", t => t.Graph.Pad(t.Any(2, 2, 3, 3), 0, 0, 1, 2, 0, 0, 2, 1));
        yield return new("Pad", "(2,3) everywhere", t => t.Graph.Pad(t.Any(2, 3), 1, 2, 3, 4));
    }

    private static IEnumerable<OperatorCase> Sums()
    {
        foreach (long[] axes in new long[][] { [0], [1], [2], [0, 2], [0, 1, 2], [1, 2] })
        {
            foreach (bool keep in new[] { false, true })
                yield return new("ReduceSum", $"(2,3,4) over {string.Join(',', axes)}{(keep ? " kept" : "")}", t => t.Graph.ReduceSum(t.Any(2, 3, 4), axes, keep));
        }
        yield return new("ReduceSum", "a scalar", t => t.Graph.Sum(t.Any()));
        yield return new("ReduceSum", "all of (3,4)", t => t.Graph.Sum(t.Any(3, 4)));
    }
}
