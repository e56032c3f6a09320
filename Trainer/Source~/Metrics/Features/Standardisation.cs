using System;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// Brings every feature to mean 0 and variance 1 over real sprites: no feature outweighs the others by its unit alone, and the
/// kernel of
/// <see cref="KernelDistance"/> is as curved in every feature space.
/// </summary>
internal sealed class Standardisation
{
    private readonly double[] _mean, _scale;

    private Standardisation(double[] mean, double[] scale)
    {
        _mean = mean;
        _scale = scale;
    }

    /// <summary>That of the given (N, D) features; features that never change stay as they are, less their mean.</summary>
    public static Standardisation Fit(FeatureMatrix real)
    {
        var (mean, scale) = (new double[real.Columns], new double[real.Columns]);
        for (int d = 0; d < mean.Length; d++)
        {
            double squares = 0;
            for (int i = 0; i < real.Rows; i++) mean[d] += real.Row(i)[d] / real.Rows;
            for (int i = 0; i < real.Rows; i++) squares += Math.Pow(real.Row(i)[d] - mean[d], 2);
            double deviation = Math.Sqrt(squares / real.Rows);
            scale[d] = deviation > 1e-6 ? 1 / deviation : 1;
        }
        return new Standardisation(mean, scale);
    }

    /// <summary>Features, (N, D), on that scale.</summary>
    public FeatureMatrix Apply(FeatureMatrix features)
    {
        var values = new double[features.Rows * features.Columns];
        for (int i = 0; i < features.Rows; i++)
        {
            ReadOnlySpan<double> row = features.Row(i);
            for (int d = 0; d < row.Length; d++) values[(i * row.Length) + d] = (row[d] - _mean[d]) * _scale[d];
        }
        return new FeatureMatrix(values, features.Columns);
    }
}
