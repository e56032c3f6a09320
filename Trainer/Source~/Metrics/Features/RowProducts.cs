using System;
using System.Numerics.Tensors;
using System.Threading.Tasks;

namespace VaeContent.Trainer.Metrics;

/// <summary>All inner products of the rows of two matrices, A B', without ever holding all of them.</summary>
internal static class RowProducts
{
    // A tile of A's rows meets as many rows of B as stay in the cache.
    private const int TileRows = 16, CachedValues = 32 * 1024;

    /// <summary>
    /// Takes one row of the product: those of row <c>row</c> of A with every row of B. Called from many threads.
    /// </summary>
    public delegate void RowVisitor(int row, ReadOnlySpan<double> products);

    /// <summary>Visits every row of A B' once, in no order.</summary>
    public static void ForEach(FeatureMatrix a, FeatureMatrix b, RowVisitor visit)
    {
        int width = b.Rows, step = Math.Max(1, CachedValues / b.Columns);
        Parallel.For(0, (a.Rows + TileRows - 1) / TileRows, Cores.All, () => new double[TileRows * width], (tile, _, products) =>
        {
            int first = tile * TileRows, count = Math.Min(TileRows, a.Rows - first);
            for (int start = 0; start < width; start += step)
            {
                for (int i = 0; i < count; i++)
                    Multiply(a.Row(first + i), b, start, products.AsSpan(i * width + start, Math.Min(step, width - start)));
            }
            for (int i = 0; i < count; i++) visit(first + i, products.AsSpan(i * width, width));
            return products;
        }, _ => { });
    }

    /// <summary>The squared length of every row.</summary>
    public static double[] SquaredLengths(FeatureMatrix a)
    {
        var lengths = new double[a.Rows];
        for (int i = 0; i < lengths.Length; i++) lengths[i] = TensorPrimitives.Dot(a.Row(i), a.Row(i));
        return lengths;
    }

    private static void Multiply(ReadOnlySpan<double> row, FeatureMatrix b, int start, Span<double> products)
    {
        for (int j = 0; j < products.Length; j++) products[j] = TensorPrimitives.Dot(row, b.Row(start + j));
    }
}
