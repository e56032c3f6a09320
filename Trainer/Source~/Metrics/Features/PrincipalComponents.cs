using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// The K directions in which pixels vary most (Pearson 1901), found by subspace iteration from seeded noise: the linear rival of
/// a VAE's latents. Pixels are premultiplied RGBA in 0..1.
/// </summary>
public sealed class PrincipalComponents
{
    private const int Iterations = 12, Spare = 5;

    private readonly float[] _mean;
    private readonly float[][] _directions;

    private PrincipalComponents(float[] mean, float[][] directions) => (_mean, _directions) = (mean, directions);

    /// <summary>The first <paramref name="count"/> components of sprites of equal size.</summary>
    public static PrincipalComponents Fit(IReadOnlyList<Rgba32[]> sprites, int count)
    {
        float[][] x = [.. sprites.Select(Intensities)];
        int d = x[0].Length, k = Math.Min(count + Spare, d);
        var mean = new float[d];
        foreach (float[] row in x) TensorPrimitives.MultiplyAdd(row, 1f / x.Length, mean, mean);
        foreach (float[] row in x) TensorPrimitives.Subtract(row, mean, row);
        var normals = new Sampler(1);
        float[][] basis = Orthogonal([.. Enumerable.Range(0, k)
            .Select(i => Enumerable.Range(0, d).Select(j => normals.Normal(((long)i * d) + j)).ToArray())]);
        for (int t = 0; t < Iterations; t++)
        {
            float[][] next = [.. basis.Select(_ => new float[d])];
            foreach (float[] row in x)
            {
                for (int i = 0; i < k; i++)
                    TensorPrimitives.MultiplyAdd(row, TensorPrimitives.Dot<float>(row, basis[i]) / x.Length, next[i], next[i]);
            }
            basis = Orthogonal(next);
        }
        return new PrincipalComponents(mean, basis[..Math.Min(count, k)]);
    }

    /// <summary>Sprites as coordinates along the components, (N, K).</summary>
    public FeatureMatrix Project(IReadOnlyList<Rgba32[]> sprites)
    {
        var values = new double[sprites.Count * _directions.Length];
        for (int i = 0; i < sprites.Count; i++)
        {
            float[] row = Intensities(sprites[i]);
            TensorPrimitives.Subtract(row, _mean, row);
            for (int k = 0; k < _directions.Length; k++)
                values[(i * _directions.Length) + k] = TensorPrimitives.Dot<float>(row, _directions[k]);
        }
        return new FeatureMatrix(values, _directions.Length);
    }

    private static float[][] Orthogonal(float[][] basis) => Matrix<float>.Build.DenseOfColumnArrays(basis)
        .QR(QRMethod.Thin).Q.ToColumnArrays();

    private static float[] Intensities(Rgba32[] pixels)
    {
        var values = new float[4 * pixels.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            float alpha = pixels[i].A / 255f;
            values[4 * i] = pixels[i].R * alpha / 255f;
            values[(4 * i) + 1] = pixels[i].G * alpha / 255f;
            values[(4 * i) + 2] = pixels[i].B * alpha / 255f;
            values[(4 * i) + 3] = alpha;
        }
        return values;
    }
}
