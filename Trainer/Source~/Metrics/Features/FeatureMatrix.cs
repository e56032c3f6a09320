using System;
using System.Collections.Generic;
using MathNet.Numerics.LinearAlgebra;

namespace VaeContent.Trainer.Metrics;

/// <summary>Features of many sprites, one row each. Never changes once made; safe to read from many threads.</summary>
public sealed class FeatureMatrix
{
    private readonly double[] _values;

    /// <summary>
    /// A matrix of the given row-major values, which it keeps; their number must be a multiple of <paramref name="columns"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The values do not fill whole rows.</exception>
    public FeatureMatrix(double[] values, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        if (values.Length % columns != 0)
            throw new ArgumentException($"{values.Length} values do not fill rows of {columns}", nameof(values));
        _values = values;
        Columns = columns;
    }

    /// <summary>N: sprites.</summary>
    public int Rows => _values.Length / Columns;

    /// <summary>D: features of a sprite.</summary>
    public int Columns { get; }

    /// <summary>One sprite's features, (D).</summary>
    public ReadOnlySpan<double> Row(int row) => _values.AsSpan(row * Columns, Columns);

    /// <summary>The rows of the given indices, in that order, as a separate matrix.</summary>
    public FeatureMatrix Take(IReadOnlyList<int> rows)
    {
        var values = new double[rows.Count * Columns];
        for (int i = 0; i < rows.Count; i++) Row(rows[i]).CopyTo(values.AsSpan(i * Columns));
        return new FeatureMatrix(values, Columns);
    }

    /// <summary>Mean, (D), and unbiased covariance, (D, D), of the rows.</summary>
    internal (Vector<double> Mean, Matrix<double> Covariance) Moments()
    {
        Matrix<double> rows = Matrix<double>.Build.Dense(Rows, Columns, (i, j) => Row(i)[j]);
        Vector<double> mean = rows.ColumnSums() / Rows;
        for (int j = 0; j < Columns; j++) rows.SetColumn(j, rows.Column(j) - mean[j]);
        return (mean, rows.TransposeThisAndMultiply(rows) / (Rows - 1));
    }
}

/// <summary>Turns sprites into features that distances can be measured in. One thread at a time.</summary>
public interface IFeatureSpace : IDisposable
{
    /// <summary>What it is, for people.</summary>
    string Name { get; }

    /// <summary>The seed of its weights.</summary>
    long Seed { get; }

    /// <summary>SHA-256 of its weights, 64 hexadecimal digits: figures of other weights cannot be compared.</summary>
    string Fingerprint { get; }

    /// <summary>Features of sprites of the size it was made for, one row each, (N, D).</summary>
    FeatureMatrix Extract(IReadOnlyList<Rgba32[]> sprites);
}
