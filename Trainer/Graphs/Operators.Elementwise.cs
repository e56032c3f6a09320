using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Graphs;

/// <summary>
/// The operators, each with its way forward (a method that adds the node), its shape rule and its way back (the gradient rule)
/// side by side. Elementwise ones broadcast as in ONNX.
/// </summary>
internal static partial class Operators
{
    // No gradient flows through these.
    private static readonly Operator SignOp = new("Sign", Same);
    private static readonly Operator ClipOp = new("Clip", Same);
    private static readonly Operator GreaterOrEqualOp = new("GreaterOrEqual", Broadcast, null, ElementType.Bool);
    private static readonly Operator WhereOp = new("Where", (inputs, _) =>
    {
        Expect(inputs[0].Shape.SequenceEqual(inputs[1].Shape) && inputs[2].Count == 1, "expected a condition for each element, and one number");
        return inputs[1].Shape;
    }, null, ElementType.Float);
    private static readonly Operator CastToFloatOp = new("Cast", Same, null, ElementType.Float);
    private static readonly Operator CastToByteOp = new("Cast", Same, null, ElementType.UInt8);
    private static readonly Operator CastToInt64Op = new("Cast", Same, null, ElementType.Int64);

    private static readonly Operator AddOp = new("Add", Broadcast,
        (g, n, dy) => [g.SumTo(dy, n.Inputs[0]), g.SumTo(dy, n.Inputs[1])]);

    private static readonly Operator SubOp = new("Sub", Broadcast,
        (g, n, dy) => [g.SumTo(dy, n.Inputs[0]), g.SumTo(g.Neg(dy), n.Inputs[1])]);

    private static readonly Operator MulOp = new("Mul", Broadcast, (g, n, dy) =>
    [
        NeedsGradient(n.Inputs[0]) ? g.SumTo(g.Mul(dy, n.Inputs[1]), n.Inputs[0]) : null,
        NeedsGradient(n.Inputs[1]) ? g.SumTo(g.Mul(dy, n.Inputs[0]), n.Inputs[1]) : null,
    ]);

    // d(a/b) = dy/b, -dy * (a/b) / b
    private static readonly Operator DivOp = new("Div", Broadcast, (g, n, dy) =>
    [
        g.SumTo(g.Div(dy, n.Inputs[1]), n.Inputs[0]),
        NeedsGradient(n.Inputs[1]) ? g.SumTo(g.Neg(g.Div(g.Mul(dy, n.Output), n.Inputs[1])), n.Inputs[1]) : null,
    ]);

    // The larger input takes the whole gradient; at a tie the first one does.
    private static readonly Operator MaxOp = new("Max", Broadcast, (g, n, dy) =>
    {
        Value first = g.Cast(g.Emit(GreaterOrEqualOp, n.Inputs[0], n.Inputs[1]), ElementType.Float);
        Value toFirst = g.Mul(dy, first);
        return [g.SumTo(toFirst, n.Inputs[0]), NeedsGradient(n.Inputs[1]) ? g.SumTo(g.Sub(dy, toFirst), n.Inputs[1]) : null];
    });

    private static readonly Operator NegOp = new("Neg", Same, (g, n, dy) => [g.Neg(dy)]);
    private static readonly Operator ExpOp = new("Exp", Same, (g, n, dy) => [g.Mul(dy, n.Output)]);
    private static readonly Operator LogOp = new("Log", Same, (g, n, dy) => [g.Div(dy, n.Inputs[0])]);
    private static readonly Operator AbsOp = new("Abs", Same, (g, n, dy) => [g.Mul(dy, g.Emit(SignOp, n.Inputs[0]))]);

    // y = sqrt(x): dx = dy / (2 y)
    private static readonly Operator SqrtOp = new("Sqrt", Same, (g, n, dy) => [g.Div(dy, g.Add(n.Output, n.Output))]);

    // y = tanh(x): dx = dy (1 - y^2)
    private static readonly Operator TanhOp = new("Tanh", Same,
        (g, n, dy) => [g.Mul(dy, g.Sub(g.Constant(1f), g.Mul(n.Output, n.Output)))]);

    // y = 1 / (1 + exp(-x)): dx = dy y (1 - y)
    private static readonly Operator SigmoidOp = new("Sigmoid", Same,
        (g, n, dy) => [g.Mul(dy, g.Sub(n.Output, g.Mul(n.Output, n.Output)))]);

    private static readonly Operator ReluOp = new("Relu", Same, (g, n, dy) => [g.Mul(dy, g.Slope(n.Output, 0f))]);

    private static readonly Operator LeakyReluOp = new("LeakyRelu", Same,
        (g, n, dy) => [g.Mul(dy, g.Slope(n.Output, (float)n.Attributes["alpha"]))]);


    public static Value Add(this Graph g, Value a, Value b) => g.Emit(AddOp, a, b);

    public static Value Sub(this Graph g, Value a, Value b) => g.Emit(SubOp, a, b);

    public static Value Mul(this Graph g, Value a, Value b) => IsOne(b) ? a : IsOne(a) ? b : g.Emit(MulOp, a, b);

    public static Value Div(this Graph g, Value a, Value b) => g.Emit(DivOp, a, b);

    public static Value Max(this Graph g, Value a, Value b) => g.Emit(MaxOp, a, b);

    /// <summary>min(a, b), which is -max(-a, -b): one gradient rule serves both.</summary>
    public static Value Min(this Graph g, Value a, Value b) => g.Neg(g.Max(g.Neg(a), g.Neg(b)));

    public static Value Neg(this Graph g, Value x) => g.Emit(NegOp, x);

    public static Value Exp(this Graph g, Value x) => g.Emit(ExpOp, x);

    public static Value Log(this Graph g, Value x) => g.Emit(LogOp, x);

    public static Value Abs(this Graph g, Value x) => g.Emit(AbsOp, x);

    public static Value Sqrt(this Graph g, Value x) => g.Emit(SqrtOp, x);

    public static Value Tanh(this Graph g, Value x) => g.Emit(TanhOp, x);

    public static Value Sigmoid(this Graph g, Value x) => g.Emit(SigmoidOp, x);

    public static Value Relu(this Graph g, Value x) => g.Emit(ReluOp, x);

    public static Value LeakyRelu(this Graph g, Value x, float slope) =>
        g.Emit(LeakyReluOp, [x], new Dictionary<string, object> { ["alpha"] = slope });

    public static Value GreaterOrEqual(this Graph g, Value a, Value b) => g.Emit(GreaterOrEqualOp, a, b);

    /// <summary>x where a condition of its shape holds, elsewhere one number; no gradient flows back.</summary>
    public static Value Where(this Graph g, Value condition, Value x, float otherwise) => g.Emit(WhereOp, condition, x, g.Constant(otherwise));

    public static Value Square(this Graph g, Value x) => g.Mul(x, x);

    public static Value Scale(this Graph g, Value x, float factor) => factor == 1f ? x : g.Mul(x, g.Constant(factor));

    /// <summary>Another element type; no gradient flows back.</summary>
    public static Value Cast(this Graph g, Value x, ElementType to) => g.Emit(
        to switch
        {
            ElementType.Float => CastToFloatOp,
            ElementType.UInt8 => CastToByteOp,
            ElementType.Int64 => CastToInt64Op,
            _ => throw new ArgumentOutOfRangeException(nameof(to), to, "no cast to this type"),
        },
        [x], new Dictionary<string, object> { ["to"] = (long)to });

    /// <summary>x * sigmoid(x) (Elfwing et al. 2017), with the gradient of the whole: four passes over the data instead of six.</summary>
    public static Value Silu(this Graph g, Value x)
    {
        Value s = g.Sigmoid(x);
        Value y = g.Mul(x, s);
        g.DefineGradient(y, [x], dy => [g.Mul(dy, g.Sub(g.Add(s, y), g.Mul(s, y)))]); // s + y (1 - s)
        return y;
    }

    /// <summary>Sums <paramref name="dy"/> over the dimensions that broadcasting had added to <paramref name="input"/>.</summary>
    internal static Value? SumTo(this Graph g, Value dy, Value input)
    {
        if (!NeedsGradient(input)) return null;
        if (dy.Shape.SequenceEqual(input.Shape)) return dy;
        int added = dy.Shape.Length - input.Shape.Length;
        long[] axes = [.. Enumerable.Range(0, dy.Shape.Length)
            .Where(i => i < added || (input.Shape[i - added] == 1 && dy.Shape[i] != 1)).Select(i => (long)i)];
        if (axes.Length == 0) return g.Reshape(dy, input.Shape);
        // Nothing is kept, and so nothing reshaped, where all that is summed was added in front.
        Value sum = g.ReduceSum(dy, axes, keepDimensions: axes[^1] >= added);
        return sum.Shape.SequenceEqual(input.Shape) ? sum : g.Reshape(sum, input.Shape);
    }

    // 1 where y is positive, else below: a product and a clip, since ONNX Runtime's Sign alone took longer than a product.
    private static Value Slope(this Graph g, Value y, float below) =>
        g.Emit(ClipOp, g.Scale(y, 1e30f), g.Constant(below), g.Constant(1f));

    private static bool NeedsGradient(Value value) => value.Constant is null && value.Type == ElementType.Float;

    private static bool IsOne(Value value) => value.Shape.Length == 0 && value.Constant is float[] and [1f];

    private static int[] Same(IReadOnlyList<Value> inputs, IReadOnlyDictionary<string, object> attributes) => inputs[0].Shape;

    private static int[] Broadcast(IReadOnlyList<Value> inputs, IReadOnlyDictionary<string, object> attributes) => Broadcast(inputs[0].Shape, inputs[1].Shape);

    private static int[] Broadcast(int[] a, int[] b)
    {
        int rank = Math.Max(a.Length, b.Length);
        var shape = new int[rank];
        for (int i = 1; i <= rank; i++)
        {
            int x = i <= a.Length ? a[^i] : 1, y = i <= b.Length ? b[^i] : 1;
            if (x != y && x != 1 && y != 1) throw new ArgumentException($"dimension -{i} is {x} on the left and {y} on the right");
            shape[^i] = x == 1 ? y : x;
        }
        return shape;
    }
}
