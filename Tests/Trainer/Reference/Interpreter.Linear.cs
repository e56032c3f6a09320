using System;
using System.Linq;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Tests.Trainer.Reference;

/// <summary>Matrix products, softmax and the operators that pick elements.</summary>
internal static partial class Interpreter
{
    private static Tensor Gemm(Node node, Tensor[] x)
    {
        Tensor a = node.Int("transA") == 1 ? Transpose(x[0], [1, 0]) : x[0];
        Tensor b = node.Int("transB") == 1 ? Transpose(x[1], [1, 0]) : x[1];
        double scale = node.Attributes.TryGetValue("alpha", out object? alpha) ? (float)alpha : 1;
        int m = a.Shape[0], k = a.Shape[1], n = b.Shape[1];
        var y = new Tensor([m, n]);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = 0;
                for (int l = 0; l < k; l++) sum += a.Data[(i * k) + l] * b.Data[(l * n) + j];
                y.Data[(i * n) + j] = (scale * sum) + (x.Length > 2 ? x[2].Data[x[2].Data.Length == n ? j : (i * n) + j] : 0);
            }
        }
        return y;
    }

    private static Tensor Softmax(Node node, Tensor[] x)
    {
        if (node.Int("axis") != -1) throw new NotSupportedException("softmax along the last axis only");
        int k = x[0].Shape[^1];
        var y = new Tensor(x[0].Shape);
        for (int start = 0; start < y.Data.Length; start += k)
        {
            ReadOnlySpan<double> row = x[0].Data.AsSpan(start, k);
            double largest = double.NegativeInfinity, sum = 0;
            foreach (double value in row) largest = Math.Max(largest, value);
            for (int j = 0; j < k; j++) sum += y.Data[start + j] = Math.Exp(row[j] - largest);
            for (int j = 0; j < k; j++) y.Data[start + j] /= sum;
        }
        return y;
    }

    private static Tensor GatherElements(Tensor x, Tensor index) => Tensor.Build(index.Shape, at =>
    {
        int[] from = [.. at];
        from[^1] = (int)index.At(at);
        return x.At(from);
    });

    private static Tensor ScatterElements(Tensor x, Tensor index, Tensor updates)
    {
        var y = new Tensor(x.Shape, [.. x.Data]);
        int rows = index.Shape[^1], columns = x.Shape[^1];
        for (int i = 0; i < index.Data.Length; i++) y.Data[(i / rows * columns) + (int)index.Data[i]] = updates.Data[i];
        return y;
    }

    private static Tensor ReduceMax(Tensor x, int axis) => Tensor.Build([.. x.Shape.Select((side, i) => i == axis ? 1 : side)], at =>
        Enumerable.Range(0, x.Shape[axis]).Max(i => x.At([.. at[..axis], i, .. at[(axis + 1)..]])));

    private static Tensor MatMul(Tensor a, Tensor b, int[] shape) => Tensor.Build(shape, at =>
    {
        // Leading sides of 1 stand for all.
        int[] Matrix(Tensor x) => [.. at[(at.Length - x.Rank)..^2].Select((place, i) => x.Shape[i] == 1 ? 0 : place)];
        int[] ofA = Matrix(a), ofB = Matrix(b);
        return Enumerable.Range(0, a.Shape[^1]).Sum(k => a.At([.. ofA, at[^2], k]) * b.At([.. ofB, k, at[^1]]));
    });

    private static Tensor GatherRows(Tensor x, Tensor rows)
    {
        int width = x.Shape[1];
        return new Tensor([rows.Data.Length, width], [.. rows.Data.SelectMany(row => x.Data[((int)row * width)..(((int)row + 1) * width)])]);
    }

    private static Tensor ScatterRows(Tensor x, Tensor rows, Tensor updates)
    {
        double[] data = [.. x.Data];
        for (int i = 0; i < rows.Data.Length; i++) Array.Copy(updates.Data, i * x.Shape[1], data, (int)rows.Data[i] * x.Shape[1], x.Shape[1]);
        return new Tensor(x.Shape, data);
    }
}
