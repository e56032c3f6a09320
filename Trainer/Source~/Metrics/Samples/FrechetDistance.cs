using System;
using MathNet.Numerics.LinearAlgebra;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// The Fréchet distance of two sets of features, each treated as a Gaussian: |m1 - m2|^2 + tr(S1 + S2 - 2 (S1 S2)^(1/2)) (Dowson
/// and Landau 1982; Heusel et al. 2017). In squared units of the features. It shrinks as sets grow: compare at equal counts only.
/// </summary>
public static class FrechetDistance
{
    private const double Negligible = 1e-12;

    /// <summary>The distance, 0 or more, of (N, D) to (M, D) features; two rows each at least; N and M may be below D.</summary>
    public static double Between(FeatureMatrix a, FeatureMatrix b)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(a.Rows, 2, nameof(a));
        ArgumentOutOfRangeException.ThrowIfLessThan(b.Rows, 2, nameof(b));
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Columns, a.Columns, nameof(b));
        var (meanA, covarianceA) = a.Moments();
        var (meanB, covarianceB) = b.Moments();
        // tr (S1 S2)^(1/2) is the sum of the singular values of S1^(1/2) S2^(1/2), which singular covariances do not upset.
        double overlap = (Root(covarianceA) * Root(covarianceB)).Svd(computeVectors: false).S.Sum();
        double shift = (meanA - meanB).DotProduct(meanA - meanB);
        return Math.Max(0, shift + covarianceA.Trace() + covarianceB.Trace() - (2 * overlap));
    }

    // V diag(sqrt(lambda)) V'. A root would blow rounding up: eigenvalues that small are none.
    private static Matrix<double> Root(Matrix<double> covariance)
    {
        var eigen = covariance.Evd(Symmetricity.Symmetric);
        Vector<double> values = eigen.EigenValues.Map(value => value.Real);
        double none = Negligible * values.Maximum();
        Vector<double> roots = values.Map(value => value > none ? Math.Sqrt(value) : 0);
        return eigen.EigenVectors * Matrix<double>.Build.DiagonalOfDiagonalVector(roots) * eigen.EigenVectors.Transpose();
    }
}
