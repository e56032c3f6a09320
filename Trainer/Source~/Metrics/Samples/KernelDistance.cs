using System;
using System.Numerics.Tensors;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// The squared maximum mean discrepancy of two sets of features under the kernel k(x, y) = (x'y / D + 1)^3 (Binkowski et al.
/// 2018). Unlike <see cref="FrechetDistance"/> it takes nothing for a Gaussian.
/// </summary>
/// <param name="Unbiased">
/// Without the kernels of sprites with themselves: 0 on average, so below 0 half the time, for sets of one source, whatever their
/// size.
/// </param>
/// <param name="Biased">
/// With them: 0 or more, and shrinking as sets grow; the one to build ratios of, at equal counts only.
/// </param>
public sealed record KernelDistance(double Unbiased, double Biased)
{
    /// <summary>The distance of (N, D) to (M, D) features; two rows each at least.</summary>
    public static KernelDistance Between(FeatureMatrix a, FeatureMatrix b)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(a.Rows, 2, nameof(a));
        ArgumentOutOfRangeException.ThrowIfLessThan(b.Rows, 2, nameof(b));
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Columns, a.Columns, nameof(b));
        double n = a.Rows, m = b.Rows;
        double between = Sum(a, b) / (n * m);
        double withinA = Sum(a, a), withinB = Sum(b, b);
        double unbiased = ((withinA - Diagonal(a)) / (n * (n - 1))) + ((withinB - Diagonal(b)) / (m * (m - 1))) - (2 * between);
        double biased = (withinA / (n * n)) + (withinB / (m * m)) - (2 * between);
        return new KernelDistance(unbiased, Math.Max(0, biased));
    }

    // Row by row, then the rows in order: the same bits whatever the threads did.
    private static double Sum(FeatureMatrix a, FeatureMatrix b)
    {
        var rows = new double[a.Rows];
        RowProducts.ForEach(a, b, (row, products) =>
        {
            double sum = 0;
            foreach (double product in products) sum += Kernel(product, a.Columns);
            rows[row] = sum;
        });
        return TensorPrimitives.Sum<double>(rows);
    }

    private static double Diagonal(FeatureMatrix features)
    {
        double sum = 0;
        foreach (double length in RowProducts.SquaredLengths(features)) sum += Kernel(length, features.Columns);
        return sum;
    }

    private static double Kernel(double product, int columns)
    {
        double shifted = (product / columns) + 1;
        return shifted * shifted * shifted;
    }
}
