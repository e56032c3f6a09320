using System;
using System.Linq;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using VaeContent.Trainer.Data;

namespace VaeContent.Trainer.Training;

/// <summary>
/// A mixture of Gaussians with full covariances, fitted by expectation maximisation (Dempster et al. 1977). Samples are rows of
/// Z numbers, all in one array.
/// </summary>
internal sealed class GaussianMixture
{
    private const int Iterations = 30;
    private const double SmallestVariance = 1e-4;

    private readonly int _z;
    private readonly double[] _logNormaliser;

    private GaussianMixture(int z, int components)
    {
        _z = z;
        Weights = new double[components];
        Means = new double[components][];
        Factors = new double[components][];
        _logNormaliser = new double[components];
    }

    /// <summary>The share of each component; they sum to 1.</summary>
    public double[] Weights { get; }

    /// <summary>Mean of each component: Z numbers.</summary>
    public double[][] Means { get; }

    /// <summary>Lower-triangular Cholesky factor of each component's covariance, Z x Z row-major.</summary>
    public double[][] Factors { get; }

    /// <summary>Fits a mixture.</summary>
    /// <param name="samples">N x Z numbers.</param>
    /// <param name="z">Z.</param>
    /// <param name="components">How many Gaussians.</param>
    /// <param name="seed">Decides where the components start.</param>
    /// <param name="pooled">Z x Z covariance that thin components are drawn towards.</param>
    /// <param name="pull">How many samples' weight the pooled covariance has.</param>
    public static GaussianMixture Fit(double[] samples, int z, int components, long seed, double[] pooled, double pull)
    {
        int n = samples.Length / z;
        var mixture = new GaussianMixture(z, components);
        double[] shares = mixture.Start(samples, n, seed); // (N, components): how much of each sample is whose
        int iterations = components == 1 ? 1 : Iterations;
        for (int i = 0; i < iterations; i++)
        {
            mixture.Maximise(samples, n, shares, pooled, pull);
            if (i < iterations - 1) mixture.Expect(samples, n, shares);
        }
        return mixture;
    }

    /// <summary>Mean log-density of samples, nats each.</summary>
    public double MeanLogLikelihood(double[] samples)
    {
        int n = samples.Length / _z;
        return Expect(samples, n, new double[n * Weights.Length]) / n;
    }

    /// <summary>Covariance of samples around their mean, Z x Z.</summary>
    public static double[] Covariance(double[] samples, int z)
    {
        int n = samples.Length / z;
        var mean = new double[z];
        for (int i = 0; i < samples.Length; i++) mean[i % z] += samples[i] / n;
        var shares = new double[n];
        Array.Fill(shares, 1.0);
        return Scatter(samples, z, mean, shares, 0, 1, n, null, 0);
    }

    // Every sample belongs to its nearest start.
    private double[] Start(double[] samples, int n, long seed)
    {
        int k = Weights.Length;
        var sampler = new Sampler(seed, stream: 0x6d69);
        ReadOnlySpan<double> Row(int i) => samples.AsSpan(i * _z, _z);
        double SquaredDistance(int i, int j)
        {
            double distance = TensorPrimitives.Distance(Row(i), Row(j));
            return distance * distance;
        }
        double Uniform(int c) => c > 0 ? sampler.Uniform(1000 + c) : (sampler.Below(n, 0) + 0.5) / n;
        (_, int[] owner) = KMeansPlusPlus.Start([.. Enumerable.Repeat(1.0, n)], k, SquaredDistance, Uniform);
        var shares = new double[n * k];
        for (int i = 0; i < n; i++) shares[(i * k) + owner[i]] = 1;
        return shares;
    }

    private void Maximise(double[] samples, int n, double[] shares, double[] pooled, double pull)
    {
        int k = Weights.Length;
        for (int c = 0; c < k; c++)
        {
            double total = 1e-9;
            var mean = new double[_z];
            for (int i = 0; i < n; i++)
            {
                double share = shares[(i * k) + c];
                if (share < 1e-12) continue;
                total += share;
                TensorPrimitives.MultiplyAdd(samples.AsSpan(i * _z, _z), share, mean, mean);
            }
            TensorPrimitives.Divide(mean, total, mean);
            Weights[c] = total / n;
            Means[c] = mean;
            Factors[c] = Cholesky(Scatter(samples, _z, mean, shares, c, k, total, pooled, pull), _z);
            double logDeterminant = 0;
            for (int d = 0; d < _z; d++) logDeterminant += Math.Log(Factors[c][(d * _z) + d]);
            _logNormaliser[c] = Math.Log(Weights[c]) - logDeterminant - (0.5 * _z * Math.Log(2 * Math.PI));
        }
    }

    // Shares from densities (in logarithms); returns the sum of log-densities.
    private double Expect(double[] samples, int n, double[] shares)
    {
        int k = Weights.Length;
        double sum = 0;
        var gap = new double[_z];
        for (int i = 0; i < n; i++)
        {
            Span<double> logs = shares.AsSpan(i * k, k);
            double largest = double.NegativeInfinity;
            for (int c = 0; c < k; c++)
            {
                logs[c] = _logNormaliser[c] - (0.5 * Mahalanobis(samples.AsSpan(i * _z, _z), Means[c], Factors[c], gap));
                largest = Math.Max(largest, logs[c]);
            }
            double total = 0;
            for (int c = 0; c < k; c++) total += logs[c] = Math.Exp(logs[c] - largest);
            for (int c = 0; c < k; c++) logs[c] /= total;
            sum += largest + Math.Log(total);
        }
        return sum;
    }

    // |L^-1 (x - mean)|^2 by forward substitution.
    private static double Mahalanobis(ReadOnlySpan<double> x, double[] mean, double[] factor, double[] solved)
    {
        double sum = 0;
        int z = mean.Length;
        for (int row = 0; row < z; row++)
        {
            double known = TensorPrimitives.Dot(factor.AsSpan(row * z, row), solved.AsSpan(0, row));
            double value = solved[row] = (x[row] - mean[row] - known) / factor[(row * z) + row];
            sum += value * value;
        }
        return sum;
    }

    // Weighted covariance, with the pooled one mixed in as if it came from 'pull' more samples.
    private static double[] Scatter(double[] samples, int z, double[] mean, double[] shares, int c, int k, double total,
        double[]? pooled, double pull)
    {
        var sum = new double[z * z];
        var gap = new double[z];
        int n = samples.Length / z;
        for (int i = 0; i < n; i++)
        {
            double share = shares[(i * k) + c];
            if (share < 1e-12) continue;
            TensorPrimitives.Subtract(samples.AsSpan(i * z, z), mean, gap);
            for (int row = 0; row < z; row++)
            {
                Span<double> target = sum.AsSpan(row * z, row + 1);
                TensorPrimitives.MultiplyAdd(gap.AsSpan(0, row + 1), share * gap[row], target, target);
            }
        }
        for (int row = 0; row < z; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double pulled = sum[(row * z) + column] + (pooled is null ? 0 : pull * pooled[(row * z) + column]);
                double value = pulled / (total + pull);
                sum[(row * z) + column] = sum[(column * z) + row] = value;
            }
            sum[(row * z) + row] += SmallestVariance;
        }
        return sum;
    }

    // Symmetric, so it does not matter that MathNet stores columns.
    private static double[] Cholesky(double[] matrix, int z) =>
        Matrix<double>.Build.Dense(z, z, matrix).Cholesky().Factor.ToRowMajorArray();
}
