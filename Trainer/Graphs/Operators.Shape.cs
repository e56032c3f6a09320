using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Graphs;

/// <summary>Operators that move elements without changing them, and sums.</summary>
internal static partial class Operators
{
    // The leading dimension is written as -1 ("whatever is left"), so that an exported graph works for any batch size.
    private static readonly Operator ReshapeOp = new("Reshape",
        (inputs, a) =>
        {
            int[] shape = (int[])a["#shape"];
            int count = shape.Aggregate(1, (x, y) => x * y);
            if (count != inputs[0].Count) throw new ArgumentException($"{inputs[0].Count} elements do not fill ({string.Join(',', shape)})");
            return shape;
        },
        (g, n, dy) => [g.Reshape(dy, n.Inputs[0].Shape)]);

    private static readonly Operator TransposeOp = new("Transpose",
        (inputs, a) =>
        {
            long[] order = (long[])a["perm"];
            Expect(order.Order().SequenceEqual(Enumerable.Range(0, inputs[0].Shape.Length).Select(i => (long)i)), $"order {string.Join(',', order)} does not name each axis once");
            return [.. order.Select(axis => inputs[0].Shape[axis])];
        },
        (g, n, dy) =>
        {
            long[] order = n.Ints("perm");
            return [g.Transpose(dy, [.. Enumerable.Range(0, order.Length).Select(axis => (long)Array.IndexOf(order, axis))])];
        });

    private static readonly Operator ConcatOp = new("Concat",
        (inputs, a) =>
        {
            int axis = (int)(long)a["axis"];
            int[] shape = [.. inputs[0].Shape];
            Expect((uint)axis < (uint)shape.Length, $"there is no axis {axis}");
            foreach (Value other in inputs.Skip(1))
            {
                if (other.Shape.Length != shape.Length || other.Shape.Where((d, i) => i != axis && d != shape[i]).Any())
                    throw new ArgumentException("shapes differ outside the joined axis");
                shape[axis] += other.Shape[axis];
            }
            return shape;
        },
        (g, n, dy) =>
        {
            int axis = (int)n.Int("axis"), start = 0;
            return [.. n.Inputs.Select(input => g.Slice(dy, axis, start, start += input.Shape[axis]))];
        });

    // Inputs: x, starts, ends, axes, steps; the numbers stand in the attributes too, for the shape and the gradient.
    private static readonly Operator SliceOp = new("Slice",
        (inputs, a) =>
        {
            int[] shape = [.. inputs[0].Shape];
            foreach (Cut cut in (Cut[])a["#cuts"])
            {
                Expect((uint)cut.Axis < (uint)shape.Length, $"there is no axis {cut.Axis}");
                if (cut.Start < 0 || cut.End > shape[cut.Axis] || cut.Start >= cut.End)
                    throw new ArgumentException($"{cut.Start}..{cut.End} is outside axis {cut.Axis} of {shape[cut.Axis]}");
                shape[cut.Axis] = cut.End - cut.Start;
            }
            return shape;
        },
        (g, n, dy) =>
        {
            int[] shape = n.Inputs[0].Shape;
            var pads = new long[2 * shape.Length];
            foreach (Cut cut in (Cut[])n.Attributes["#cuts"])
            {
                pads[cut.Axis] = cut.Start;
                pads[cut.Axis + shape.Length] = shape[cut.Axis] - cut.End;
            }
            return [g.Pad(dy, pads)];
        });

    private static readonly Operator ReverseOp = new("Slice", Same, (g, n, dy) => [g.Reverse(dy, (int)n.Int("#axis"))]);

    private static readonly Operator PadOp = new("Pad",
        (inputs, a) =>
        {
            long[] pads = (long[])a["#pads"];
            int rank = inputs[0].Shape.Length;
            Expect(pads.Length == 2 * rank && pads.All(pad => pad >= 0), $"pads {string.Join(',', pads)} are not two counts for each axis");
            return [.. inputs[0].Shape.Select((d, i) => d + (int)pads[i] + (int)pads[i + rank])];
        },
        (g, n, dy) =>
        {
            long[] pads = (long[])n.Attributes["#pads"];
            return [g.Slice(dy, [.. n.Inputs[0].Shape.Select((d, axis) => new Cut(axis, (int)pads[axis], (int)pads[axis] + d))])];
        });

    private static readonly Operator ReduceSumOp = new("ReduceSum",
        (inputs, a) =>
        {
            long[] axes = (long[])a["#axes"];
            bool keep = (long)a["keepdims"] == 1;
            Expect(axes.All(axis => (ulong)axis < (ulong)inputs[0].Shape.Length), $"axes {string.Join(',', axes)} do not all exist");
            return [.. inputs[0].Shape.Select((d, i) => axes.Contains(i) ? (keep ? 1 : 0) : d).Where(d => keep || d != 0)];
        },
        (g, n, dy) =>
        {
            long[] axes = (long[])n.Attributes["#axes"];
            int[] kept = [.. n.Inputs[0].Shape.Select((d, i) => axes.Contains(i) ? 1 : d)];
            return [g.Expand(dy.Shape.SequenceEqual(kept) ? dy : g.Reshape(dy, kept), n.Inputs[0].Shape)];
        });

    public static Value Reshape(this Graph g, Value x, params int[] shape)
    {
        if (x.Shape.SequenceEqual(shape)) return x;
        long[] written = [.. shape.Select((d, i) => i == 0 ? -1L : d)];
        return g.Emit(ReshapeOp, [x, g.Constant(written)], new Dictionary<string, object> { ["#shape"] = shape });
    }

    /// <summary>Dimension i of the outcome is dimension order[i] of x.</summary>
    public static Value Transpose(this Graph g, Value x, params long[] order) =>
        g.Emit(TransposeOp, [x], new Dictionary<string, object> { ["perm"] = order });

    public static Value Concat(this Graph g, int axis, params Value[] parts) => parts.Length == 1 ? parts[0]
        : g.Emit(ConcatOp, parts, new Dictionary<string, object> { ["axis"] = (long)axis });

    /// <summary>Elements start..end-1 of one axis.</summary>
    public static Value Slice(this Graph g, Value x, int axis, int start, int end) => g.Slice(x, new Cut(axis, start, end));

    /// <summary>Elements start..end-1 of several axes at once: one copy instead of several.</summary>
    public static Value Slice(this Graph g, Value x, params Cut[] cuts)
    {
        Cut[] real = [.. cuts.Where(cut => cut.Axis >= x.Shape.Length || cut.Start != 0 || cut.End != x.Shape[cut.Axis])];
        if (real.Length == 0) return x;
        return g.Emit(SliceOp,
            [x, g.Constant([.. real.Select(c => (long)c.Start)]), g.Constant([.. real.Select(c => (long)c.End)]), g.Constant([.. real.Select(c => (long)c.Axis)])],
            new Dictionary<string, object> { ["#cuts"] = real });
    }

    /// <summary>One axis back to front.</summary>
    public static Value Reverse(this Graph g, Value x, int axis) => g.Emit(ReverseOp,
        [x, g.Constant(-1L), g.Constant((long)int.MinValue), g.Constant([(long)axis]), g.Constant(-1L)],
        new Dictionary<string, object> { ["#axis"] = (long)axis });

    /// <summary>Zeros before and after one axis.</summary>
    public static Value Pad(this Graph g, Value x, int axis, int before, int after)
    {
        var pads = new long[2 * x.Shape.Length];
        pads[axis] = before;
        pads[axis + x.Shape.Length] = after;
        return g.Pad(x, pads);
    }

    /// <summary>Zeros around; <paramref name="pads"/> holds the counts before each axis, then those after each.</summary>
    public static Value Pad(this Graph g, Value x, params long[] pads) => pads.All(p => p == 0) ? x
        : g.Emit(PadOp, [x, g.Constant(pads)], new Dictionary<string, object> { ["#pads"] = pads });

    public static Value ReduceSum(this Graph g, Value x, long[] axes, bool keepDimensions = false) => g.Emit(ReduceSumOp,
        [x, g.Constant(axes)], new Dictionary<string, object> { ["#axes"] = axes, ["keepdims"] = keepDimensions ? 1L : 0L });

    /// <summary>The sum of all elements, a scalar.</summary>
    public static Value Sum(this Graph g, Value x) => g.ReduceSum(x, [.. Enumerable.Range(0, x.Shape.Length).Select(i => (long)i)]);

    // Adding zeros broadcasts as fast as a copy; ONNX Runtime's Expand is many times slower.
    private static Value Expand(this Graph g, Value x, int[] shape) => x.Shape.SequenceEqual(shape) ? x
        : g.Mul(g.Constant(Ones(shape), shape), x);

    private static void Expect(bool fine, string otherwise)
    {
        if (!fine) throw new ArgumentException(otherwise);
    }

    private static float[] Ones(int[] shape)
    {
        var ones = new float[shape.Aggregate(1, (x, y) => x * y)];
        Array.Fill(ones, 1f);
        return ones;
    }

    /// <summary>Elements Start..End-1 of an axis.</summary>
    internal readonly record struct Cut(int Axis, int Start, int End);
}
