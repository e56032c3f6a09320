using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>q(z|x) of every sprite of a set, N x Z means and log-variances, as the shipped encoder gives them.</summary>
internal sealed class Posteriors
{
    /// <summary>The variance above which a dimension is active.</summary>
    public const double ActiveVariance = 0.01;

    private const int Batch = 64;

    private readonly int _z;

    internal Posteriors(int z, float[] mu, float[] logVar)
    {
        _z = z;
        Mu = mu;
        LogVar = logVar;
    }

    /// <summary>Z.</summary>
    public int LatentSize => _z;

    /// <summary>N.</summary>
    public int Count => Mu.Length / _z;

    /// <summary>N x Z means.</summary>
    public float[] Mu { get; }

    /// <summary>N x Z log-variances.</summary>
    public float[] LogVar { get; }

    /// <summary>Encodes all sprites of a set.</summary>
    public static Posteriors Encode(EncoderBundle bundle, SpriteSet set)
    {
        int z = bundle.LatentSize, n = set.Sprites.Count, area = set.Width * set.Height;
        var mu = new float[n * z];
        var logVar = new float[n * z];
        using var encoder = new SpriteEncoder(bundle,
            new GeneratorOptions { BatchSize = Batch, Threads = Environment.ProcessorCount });
        var pixels = new Rgba32[Batch * area];
        for (int start = 0; start < n; start += Batch)
        {
            int count = Math.Min(Batch, n - start);
            for (int i = 0; i < count; i++) set.Sprites[start + i].CopyTo(pixels.AsSpan(i * area, area));
            int[] labels = bundle.IsConditional ? [.. Enumerable.Range(start, count).Select(i => set.Sprites[i].Label)] : [];
            encoder.Encode(pixels.AsSpan(0, count * area), count, mu.AsSpan(start * z, count * z),
                logVar.AsSpan(start * z, count * z), labels);
        }
        return new Posteriors(z, mu, logVar);
    }

    /// <summary>Mean and standard deviation of all posteriors together, per dimension: (Z) each.</summary>
    public (float[] Mean, float[] Deviation) Moments()
    {
        var mean = new float[_z];
        var deviation = new float[_z];
        for (int d = 0; d < _z; d++)
        {
            double sum = 0, squares = 0;
            for (int i = d; i < Mu.Length; i += _z)
            {
                sum += Mu[i];
                squares += ((double)Mu[i] * Mu[i]) + Math.Exp(LogVar[i]);
            }
            mean[d] = (float)(sum / Count);
            deviation[d] = (float)Math.Sqrt(Math.Max(1e-8, (squares / Count) - (sum / Count * (sum / Count))));
        }
        return (mean, deviation);
    }

    /// <summary>
    /// Dimensions whose mean varies over sprites by more than <see cref="ActiveVariance"/> (Burda et al. 2016, section 3).
    /// </summary>
    public int ActiveUnits()
    {
        int active = 0;
        for (int d = 0; d < _z; d++)
        {
            double sum = 0, squares = 0;
            for (int i = d; i < Mu.Length; i += _z)
            {
                sum += Mu[i];
                squares += (double)Mu[i] * Mu[i];
            }
            if ((squares / Count) - (sum / Count * (sum / Count)) > ActiveVariance) active++;
        }
        return active;
    }

    /// <summary>KL of q(z|x) to N(0, I): mean over sprites, per dimension, (Z) nats.</summary>
    public double[] KlPerDimension()
    {
        var kl = new double[_z];
        for (int i = 0; i < Mu.Length; i++) kl[i % _z] += KlDivergence.ToStandardNormal(Mu[i], LogVar[i]) / Count;
        return kl;
    }

    /// <summary>Seeded draws z = mu + sigma eps of some sprites: (members x draws) x Z.</summary>
    public double[] Draw(IEnumerable<int> members, int draws, long seed)
    {
        int[] rows = [.. members];
        var samples = new double[rows.Length * draws * _z];
        int at = 0;
        foreach (int row in rows)
        {
            var normals = new Sampler(seed, stream: row);
            for (int i = 0; i < draws * _z; i++)
            {
                int d = (row * _z) + (i % _z);
                samples[at++] = Mu[d] + (Math.Exp(0.5 * LogVar[d]) * normals.Normal(i));
            }
        }
        return samples;
    }
}
