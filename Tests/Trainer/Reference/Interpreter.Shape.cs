using System;
using System.Linq;

namespace VaeContent.Tests.Trainer.Reference;

/// <summary>Operators that move elements without changing them, and sums. Numbers that steer them come as tensors, as in ONNX.</summary>
internal static partial class Interpreter
{
    private static Tensor Reshape(Tensor x, Tensor wanted)
    {
        int[] shape = Array.ConvertAll(wanted.Data, side => (int)side);
        int known = shape.Where(side => side != -1).Aggregate(1, (product, side) => product * side);
        return new Tensor(Array.ConvertAll(shape, side => side == -1 ? x.Data.Length / known : side), x.Data);
    }

    private static Tensor Transpose(Tensor x, long[] order)
    {
        int[] strides = x.Strides;
        int[] steps = Array.ConvertAll(order, axis => strides[axis]);
        return Tensor.Build(Array.ConvertAll(order, axis => x.Shape[axis]), at =>
        {
            int from = 0;
            for (int axis = 0; axis < at.Length; axis++) from += at[axis] * steps[axis];
            return x.Data[from];
        });
    }

    private static Tensor Concat(Tensor[] parts, int axis)
    {
        int[] shape = [.. parts[0].Shape];
        shape[axis] = parts.Sum(part => part.Shape[axis]);
        int inner = shape[(axis + 1)..].Aggregate(1, (product, side) => product * side);
        int outer = shape[..axis].Aggregate(1, (product, side) => product * side);
        var y = new Tensor(shape);
        int to = 0;
        for (int row = 0; row < outer; row++)
        {
            foreach (Tensor part in parts)
            {
                int run = part.Shape[axis] * inner;
                Array.Copy(part.Data, row * run, y.Data, to, run);
                to += run;
            }
        }
        return y;
    }

    // One axis; negative bounds count from the end, and what lies outside is clamped.
    private static Tensor Slice(Tensor x, Tensor starts, Tensor ends, Tensor axes, Tensor? steps)
    {
        int[] shape = [.. x.Shape], first = new int[x.Rank], by = [.. x.Shape.Select(_ => 1)];
        for (int i = 0; i < axes.Data.Length; i++)
        {
            int axis = (int)axes.Data[i], step = steps is null ? 1 : (int)steps.Data[i], side = x.Shape[axis];
            double FromEnd(double bound) => bound < 0 ? bound + side : bound;
            first[axis] = (int)Math.Clamp(FromEnd(starts.Data[i]), 0, step > 0 ? side : side - 1);
            int end = (int)Math.Clamp(FromEnd(ends.Data[i]), step > 0 ? 0 : -1, side);
            shape[axis] = (int)Math.Ceiling((end - first[axis]) / (double)step);
            by[axis] = step;
        }
        int[] strides = x.Strides;
        return Tensor.Build(shape, at =>
        {
            int from = 0;
            for (int i = 0; i < at.Length; i++) from += strides[i] * (first[i] + (at[i] * by[i]));
            return x.Data[from];
        });
    }

    private static Tensor Pad(Tensor x, Tensor pads)
    {
        int rank = x.Rank;
        int[] before = [.. pads.Data.Take(rank).Select(pad => (int)pad)], strides = x.Strides;
        return Tensor.Build([.. x.Shape.Select((side, i) => side + before[i] + (int)pads.Data[rank + i])], at =>
        {
            int from = 0;
            for (int i = 0; i < rank; i++)
            {
                int place = at[i] - before[i];
                if (place < 0 || place >= x.Shape[i]) return 0;
                from += place * strides[i];
            }
            return x.Data[from];
        });
    }

    // Without axes, all of them.
    private static Tensor ReduceSum(Tensor x, Tensor axes, bool keep)
    {
        bool IsSummed(int axis) => axes.Data.Length == 0 || axes.Data.Contains(axis);
        var kept = new Tensor([.. x.Shape.Select((side, i) => IsSummed(i) ? 1 : side)]);
        int[] strides = kept.Strides;
        int[] steps = [.. Enumerable.Range(0, x.Rank).Select(axis => IsSummed(axis) ? 0 : strides[axis])];
        var at = new int[x.Rank];
        foreach (double value in x.Data)
        {
            int to = 0;
            for (int axis = 0; axis < at.Length; axis++) to += at[axis] * steps[axis];
            kept.Data[to] += value;
            for (int axis = x.Rank - 1; axis >= 0 && ++at[axis] == x.Shape[axis]; axis--) at[axis] = 0;
        }
        return keep ? kept : new Tensor([.. x.Shape.Where((_, i) => !IsSummed(i))], kept.Data);
    }
}
