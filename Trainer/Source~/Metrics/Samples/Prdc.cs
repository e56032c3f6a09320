using System;
using System.Linq;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// Precision, recall, density and coverage (Kynkäänniemi et al. 2019; Naeem et al. 2020). Each sprite has a ball that reaches to
/// its k-th nearest neighbour of its own set. Depends on the counts: compare at equal ones only.
/// </summary>
/// <param name="Precision">The share of samples inside a real sprite's ball, 0..1: how real they look.</param>
/// <param name="Recall">The share of real sprites inside a sample's ball, 0..1: how much of the real can be made.</param>
/// <param name="Density">
/// In how many real balls a sample lies, by k: precision that outliers do not flatter; about 1 for a perfect model.
/// </param>
/// <param name="Coverage">The share of real sprites whose ball holds a sample, 0..1: recall that outliers do not flatter.</param>
public sealed record Prdc(double Precision, double Recall, double Density, double Coverage)
{
    /// <summary>k, as in Naeem et al.</summary>
    public const int Neighbours = 5;

    /// <summary>
    /// Compares (N, D) real features with (M, D) features of samples; more than <paramref name="k"/> rows each.
    /// </summary>
    public static Prdc Evaluate(FeatureMatrix real, FeatureMatrix samples, int k = Neighbours)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(real.Rows, k, nameof(real));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(samples.Rows, k, nameof(samples));
        double[] realLengths = RowProducts.SquaredLengths(real), sampleLengths = RowProducts.SquaredLengths(samples);
        double[] realRadii = Radii(real, realLengths, k), sampleRadii = Radii(samples, sampleLengths, k);

        var (recalled, covered) = (new bool[real.Rows], new bool[real.Rows]);
        RowProducts.ForEach(real, samples, (i, products) =>
        {
            for (int j = 0; j < products.Length; j++)
            {
                double distance = Squared(realLengths[i], sampleLengths[j], products[j]);
                recalled[i] |= distance < sampleRadii[j];
                covered[i] |= distance < realRadii[i];
            }
        });

        var balls = new int[samples.Rows];
        RowProducts.ForEach(samples, real, (j, products) =>
        {
            for (int i = 0; i < products.Length; i++)
            {
                if (Squared(realLengths[i], sampleLengths[j], products[i]) < realRadii[i]) balls[j]++;
            }
        });
        return new Prdc(balls.Average(count => count > 0 ? 1.0 : 0), Share(recalled), balls.Average() / k, Share(covered));
    }

    /// <summary>Which real rows have a sample in their ball: <see cref="Coverage"/> row by row.</summary>
    internal static bool[] Covered(FeatureMatrix real, FeatureMatrix samples, int k = Neighbours)
    {
        double[] lengths = RowProducts.SquaredLengths(real), sampleLengths = RowProducts.SquaredLengths(samples),
            radii = Radii(real, lengths, k);
        var covered = new bool[real.Rows];
        RowProducts.ForEach(real, samples, (i, products) =>
        {
            for (int j = 0; j < products.Length; j++) covered[i] |= Squared(lengths[i], sampleLengths[j], products[j]) < radii[i];
        });
        return covered;
    }

    // Squared distance of each row to its k-th nearest other row.
    private static double[] Radii(FeatureMatrix features, double[] lengths, int k)
    {
        var radii = new double[features.Rows];
        RowProducts.ForEach(features, features, (i, products) =>
        {
            Span<double> nearest = stackalloc double[k];
            nearest.Fill(double.PositiveInfinity);
            for (int j = 0; j < products.Length; j++)
            {
                if (j != i) Insert(nearest, Squared(lengths[i], lengths[j], products[j]));
            }
            radii[i] = nearest[^1];
        });
        return radii;
    }

    private static void Insert(Span<double> ascending, double value)
    {
        int at = ascending.Length;
        while (at > 0 && value < ascending[at - 1]) at--;
        if (at == ascending.Length) return;
        ascending[at..^1].CopyTo(ascending[(at + 1)..]);
        ascending[at] = value;
    }

    // |x - y|^2; exactly 0 for equal rows, whose three products are the same number.
    private static double Squared(double x, double y, double product) => x + y - (2 * product);

    private static double Share(bool[] flags) => flags.Average(flag => flag ? 1.0 : 0);
}
