using System;
using System.Linq;

namespace VaeContent.Trainer.Export.Onnx;

/// <summary>The operators. Elementwise ones broadcast as in ONNX.</summary>
internal sealed partial class OnnxGraph
{
    /// <summary>
    /// What elements are multiplied by so that any two that differ lie further apart than there are of them. A power of two,
    /// 2^66, which rounds nothing; folded into the weights that compute them, it costs nothing.
    /// </summary>
    public const float FarApart = 73786976294838206464f;

    private const float WholeNumbersOnly = 12582912f;

    public OnnxValue Add(OnnxValue a, OnnxValue b) => Emit("Add", Broadcast(a.Shape, b.Shape), [a, b]);

    /// <summary>
    /// a + b for values of one shape, as a product: DirectML has Add for these in a form that no check here can run
    /// (Documentation~/devices.md, "What Wine does not show").
    /// </summary>
    public OnnxValue Sum(OnnxValue a, OnnxValue b)
    {
        Expect(a.Shape.SequenceEqual(b.Shape), $"{a} and {b}");
        OnnxValue Row(OnnxValue x) => Reshape(x, 1, 1, x.Count);
        return Reshape(MatMul(Constant([1f, 1f], 1, 1, 2), Concat(1, Row(a), Row(b))), a.Shape);
    }

    public OnnxValue Sub(OnnxValue a, OnnxValue b) => Emit("Sub", Broadcast(a.Shape, b.Shape), [a, b]);

    public OnnxValue Mul(OnnxValue a, OnnxValue b) => Emit("Mul", Broadcast(a.Shape, b.Shape), [a, b]);

    public OnnxValue Div(OnnxValue a, OnnxValue b) => Emit("Div", Broadcast(a.Shape, b.Shape), [a, b]);

    public OnnxValue Max(OnnxValue a, OnnxValue b) => Emit("Max", Broadcast(a.Shape, b.Shape), [a, b]);

    /// <summary>min(a, b), which is -max(-a, -b): Min is not among the operators that are checked on GPUs.</summary>
    public OnnxValue Min(OnnxValue a, OnnxValue b) => Neg(Max(Neg(a), Neg(b)));

    public OnnxValue Scale(OnnxValue x, float factor) => factor == 1f ? x : Mul(x, Constant(factor));

    /// <summary>
    /// The nearest whole number, of halves the even one, for numbers within +-2^22: beside 1.5 * 2^23 a float has no place for
    /// fractions. Round is not among the operators that are checked on GPUs.
    /// </summary>
    public OnnxValue Round(OnnxValue x) => Sub(Add(x, Constant(WholeNumbersOnly)), Constant(WholeNumbersOnly));

    public OnnxValue Neg(OnnxValue x) => Emit("Neg", x.Shape, [x]);

    public OnnxValue Tanh(OnnxValue x) => Emit("Tanh", x.Shape, [x]);

    public OnnxValue Sigmoid(OnnxValue x) => Emit("Sigmoid", x.Shape, [x]);

    public OnnxValue Relu(OnnxValue x) => Emit("Relu", x.Shape, [x]);

    public OnnxValue LeakyRelu(OnnxValue x, float slope) => Emit("LeakyRelu", x.Shape, [x], ("alpha", slope));

    /// <summary>x * sigmoid(x) (Elfwing et al. 2017).</summary>
    public OnnxValue Silu(OnnxValue x) => Mul(x, Sigmoid(x));

    public OnnxValue GreaterOrEqual(OnnxValue a, OnnxValue b) =>
        Emit("GreaterOrEqual", ElementType.Bool, Broadcast(a.Shape, b.Shape), [a, b]);

    /// <summary>1 where two are equal, otherwise 0.</summary>
    public OnnxValue Equal(OnnxValue a, OnnxValue b) =>
        Where(GreaterOrEqual(a, b), Where(GreaterOrEqual(b, a), Constant(1f), Constant(0f)), Constant(0f));

    /// <summary>x where a condition of its shape holds, elsewhere one number.</summary>
    public OnnxValue Where(OnnxValue condition, OnnxValue x, float otherwise) => Where(condition, x, Constant(otherwise));

    /// <summary>x where a condition holds, elsewhere y; all broadcast.</summary>
    public OnnxValue Where(OnnxValue condition, OnnxValue x, OnnxValue y) =>
        Emit("Where", ElementType.Float, Broadcast(condition.Shape, Broadcast(x.Shape, y.Shape)), [condition, x, y]);

    /// <summary>Another element type.</summary>
    public OnnxValue Cast(OnnxValue x, ElementType to) => Emit("Cast", to, x.Shape, [x], ("to", (long)to));

    /// <summary>scale a b + bias: a (M,K), b (K,N); the bias is (N), (1,N) or (M,N).</summary>
    public OnnxValue Gemm(OnnxValue a, OnnxValue b, OnnxValue? bias = null, float scale = 1f)
    {
        Expect(a.Shape.Length == 2 && b.Shape.Length == 2 && a.Shape[1] == b.Shape[0], $"{a} times {b}");
        Expect(bias is null || bias.Shape[^1] == b.Shape[1], $"a bias {bias} for {b.Shape[1]} columns");
        return Emit("Gemm", [a.Shape[0], b.Shape[1]], bias is null ? [a, b] : [a, b, bias], ("alpha", scale));
    }

    /// <summary>a (..., M, K) times b (..., K, N): (..., M, N), the leading axes broadcast.</summary>
    public OnnxValue MatMul(OnnxValue a, OnnxValue b)
    {
        Expect(a.Shape[^1] == b.Shape[^2], $"{a} times {b}");
        return Emit("MatMul", [.. Broadcast(a.Shape[..^2], b.Shape[..^2]), a.Shape[^2], b.Shape[^1]], [a, b]);
    }

    /// <summary>x (N,C,H,W), w (M,C,kh,kw), bias (M); pads: top, left, bottom, right.</summary>
    public OnnxValue Conv(OnnxValue x, OnnxValue w, OnnxValue bias, long stride, long[] pads)
    {
        Expect(x.Shape[1] == w.Shape[1] && bias.Count == w.Shape[0], $"{x} under {w} with {bias}");
        int Side(int i) => ((x.Shape[2 + i] + (int)(pads[i] + pads[2 + i]) - w.Shape[2 + i]) / (int)stride) + 1;
        return Emit("Conv", [x.Shape[0], w.Shape[0], Side(0), Side(1)], [x, w, bias], ("strides", new[] { stride, stride }),
            ("pads", pads));
    }

    /// <summary>x (N,M,h,w), w (M,C,kh,kw), bias (C): the transpose of a convolution of stride 2 and pad 1.</summary>
    public OnnxValue ConvTranspose(OnnxValue x, OnnxValue w, OnnxValue bias, long outputPadding)
    {
        Expect(x.Shape[1] == w.Shape[0] && bias.Count == w.Shape[1], $"{x} under {w} with {bias}");
        int Side(int i) => (2 * (x.Shape[2 + i] - 1)) + (int)outputPadding + w.Shape[2 + i] - 2;
        return Emit("ConvTranspose", [x.Shape[0], w.Shape[1], Side(0), Side(1)], [x, w, bias],
            ("strides", new[] { 2L, 2L }), ("pads", new[] { 1L, 1L, 1L, 1L }),
            ("output_padding", new[] { outputPadding, outputPadding }));
    }

    /// <summary>(N, 4C, H, W) -> (N, C, 2H, 2W), channel order of PyTorch's pixel_shuffle ("CRD").</summary>
    public OnnxValue DepthToSpace(OnnxValue x)
    {
        Expect(x.Shape.Length == 4 && x.Shape[1] % 4 == 0, $"{x} has no blocks of 2x2");
        return Emit("DepthToSpace", [x.Shape[0], x.Shape[1] / 4, 2 * x.Shape[2], 2 * x.Shape[3]], [x], ("blocksize", 2L),
            ("mode", "CRD"));
    }

    /// <summary>The same elements in another shape.</summary>
    public OnnxValue Reshape(OnnxValue x, params int[] shape)
    {
        if (x.Shape.SequenceEqual(shape)) return x;
        Expect(Count(shape) == x.Count, $"{x} does not fill ({string.Join(',', shape)})");
        return Emit("Reshape", shape, [x, Integers([.. shape.Select((side, i) => i == 0 ? -1L : side)])]);
    }

    /// <summary>Dimension i of the result is dimension order[i] of x.</summary>
    public OnnxValue Transpose(OnnxValue x, params int[] order) =>
        Emit("Transpose", [.. order.Select(axis => x.Shape[axis])], [x], ("perm", Array.ConvertAll(order, axis => (long)axis)));

    public OnnxValue Concat(int axis, params OnnxValue[] parts)
    {
        int[] shape = [.. parts[0].Shape];
        shape[axis] = parts.Sum(part => part.Shape[axis]);
        return parts.Length == 1 ? parts[0] : Emit("Concat", shape, parts, ("axis", (long)axis));
    }

    /// <summary>Elements start..end-1 of one axis.</summary>
    public OnnxValue Slice(OnnxValue x, int axis, int start, int end) => Slice(x, [axis], [start], [end]);

    /// <summary>The first rows and columns of the last two axes.</summary>
    public OnnxValue Crop(OnnxValue x, int height, int width)
    {
        int rank = x.Shape.Length;
        return x.Shape[^2] == height && x.Shape[^1] == width ? x : Slice(x, [rank - 2, rank - 1], [0, 0], [height, width]);
    }

    /// <summary>Some rows of a constant (R, C), each as often as it is named: (V, C).</summary>
    public OnnxValue GatherRows(OnnxValue x, long[] rows) =>
        Emit("Gather", [rows.Length, x.Shape[1]], [x, Integers(rows)], ("axis", 0L));

    /// <summary>Along an axis of x, the elements that indices (32-bit integers) name; other axes are those of x.</summary>
    public OnnxValue GatherElements(OnnxValue x, OnnxValue indices, int axis) =>
        Emit("GatherElements", indices.Shape, [x, indices], ("axis", (long)axis));

    /// <summary>The largest element along an axis, which becomes 1.</summary>
    public OnnxValue ReduceMax(OnnxValue x, int axis) =>
        Emit("ReduceMax", [.. x.Shape.Select((side, i) => i == axis ? 1 : side)], [x], ("axes", new[] { (long)axis }),
            ("keepdims", 1L));

    /// <summary>1 for the largest element along an axis, and for its equals, otherwise 0.</summary>
    public OnnxValue OneHotOfLargest(OnnxValue x, int axis) =>
        Where(GreaterOrEqual(x, ReduceMax(x, axis)), Constant(1f), 0f);

    /// <summary>
    /// The index of the largest element along an axis, the first of equals, as floats counted from <paramref name="first"/>; the
    /// axis becomes 1. Elements are multiplied by <see cref="FarApart"/> before. ArgMax would be shorter, but counts in 64-bit
    /// integers, which GPUs support poorly or not at all.
    /// </summary>
    public OnnxValue IndexOfLargest(OnnxValue farApart, int axis, int first = 0)
    {
        // 0 for the largest, far below -K for all others; then less the index.
        OnnxValue below = Sub(farApart, ReduceMax(farApart, axis));
        int[] column = [.. farApart.Shape.Select((side, i) => i == axis ? side : 1).Skip(axis)];
        OnnxValue ranks = Sub(below, Constant([.. Enumerable.Range(0, column[0]).Select(i => (float)(first + i))], column));
        return Neg(ReduceMax(ranks, axis));
    }

    private OnnxValue Slice(OnnxValue x, int[] axes, int[] starts, int[] ends)
    {
        int[] shape = [.. x.Shape];
        for (int i = 0; i < axes.Length; i++)
        {
            Expect(starts[i] >= 0 && starts[i] < ends[i] && ends[i] <= shape[axes[i]],
                $"{starts[i]}..{ends[i]} is outside axis {axes[i]} of {x}");
            shape[axes[i]] = ends[i] - starts[i];
        }
        OnnxValue Longs(int[] values) => Integers(Array.ConvertAll(values, value => (long)value));
        return Emit("Slice", shape, [x, Longs(starts), Longs(ends), Longs(axes)]);
    }

    private static int[] Broadcast(int[] a, int[] b)
    {
        var shape = new int[Math.Max(a.Length, b.Length)];
        for (int i = 1; i <= shape.Length; i++)
        {
            int x = i <= a.Length ? a[^i] : 1, y = i <= b.Length ? b[^i] : 1;
            Expect(x == y || x == 1 || y == 1, $"dimension -{i} is {x} on the left and {y} on the right");
            shape[^i] = x == 1 ? y : x;
        }
        return shape;
    }

    private static void Expect(bool fine, string found)
    {
        if (!fine) throw new ArgumentException($"shapes do not fit: {found}");
    }
}
