using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Internal;

namespace VaeContent.Trainer.Training;

/// <summary>
/// A way from latent to latent that stays where a mixture prior has sprites: from the Gaussian of the one to that of the other by
/// the nearest stepping stones between (Dijkstra 1959, over squared Mahalanobis distances of neighbouring Gaussians), keeping the
/// usual distance from their centres by a great arc in their whitened space: z(t) = m(t) + L(t) e(t), z = m + L e at either end.
/// </summary>
internal sealed class MixturePath
{
    private readonly int _z;
    private readonly float[] _from, _to;
    private readonly double[][] _means, _factors; // of the Gaussians on the way, first to last
    private readonly float[] _start, _end;        // e of the ends
    private readonly double[] _at;                // when each Gaussian is met, 0..1

    /// <summary>The way from one latent to another through the Gaussians that serve either label, -1 for all.</summary>
    /// <exception cref="ArgumentException">The prior is not a mixture.</exception>
    public MixturePath(Prior prior, ReadOnlySpan<float> from, int fromLabel, ReadOnlySpan<float> to, int toLabel)
    {
        if (prior.ComponentCount == 0) throw new ArgumentException("the prior is not a mixture", nameof(prior));
        _z = prior.LatentSize;
        (_from, _to) = (from.ToArray(), to.ToArray());
        (double[] Mean, double[] Factor)[] all = [.. Enumerable.Range(0, prior.ComponentCount)
            .Where(c => Serves(prior.ComponentLabels[c], fromLabel) || Serves(prior.ComponentLabels[c], toLabel))
            .Select(c => Component(prior, c))];
        int first = Likeliest(all, _from), last = Likeliest(all, _to);
        int[] route = Route(all, first, last);
        _means = [.. route.Select(c => all[c].Mean)];
        _factors = [.. route.Select(c => all[c].Factor)];
        _start = Whitened(_means[0], _factors[0], _from);
        _end = Whitened(_means[^1], _factors[^1], _to);
        _at = Times(_means);
    }

    /// <summary>Gaussians met on the way, those of the ends included.</summary>
    public int Stones => _means.Length;

    /// <summary>The latent at t: 0 is the first, bit for bit, 1 the last.</summary>
    public void At(float t, Span<float> z)
    {
        if (t <= 0f) _from.CopyTo(z);
        else if (t >= 1f) _to.CopyTo(z);
        else Between(t, z);
    }

    private void Between(float t, Span<float> z)
    {
        var e = new float[_z];
        Latent.Slerp(_start, _end, t, e);
        int leg = 0;
        while (leg < _at.Length - 2 && t > _at[leg + 1]) leg++;
        int next = Math.Min(leg + 1, _means.Length - 1);
        double u = next == leg ? 0 : (t - _at[leg]) / (_at[next] - _at[leg]);
        u = u * u * (3 - (2 * u)); // linger at the stones, hurry between them
        int at = 0;
        for (int i = 0; i < _z; i++)
        {
            double value = ((1 - u) * _means[leg][i]) + (u * _means[next][i]);
            for (int j = 0; j <= i; j++, at++) value += (((1 - u) * _factors[leg][at]) + (u * _factors[next][at])) * e[j];
            z[i] = (float)value;
        }
    }

    private static bool Serves(int componentLabel, int label) => componentLabel < 0 || label < 0 || componentLabel == label;

    private static (double[] Mean, double[] Factor) Component(Prior prior, int component)
    {
        int each = (int)Prior.NumbersPerComponent(prior.LatentSize);
        double[] numbers = [.. prior.Components.Slice(component * each, each).ToArray().Select(value => value / (double)Q16.One)];
        return (numbers[..prior.LatentSize], numbers[prior.LatentSize..]);
    }

    // By log density, all Gaussians alike.
    private static int Likeliest((double[] Mean, double[] Factor)[] all, float[] z) => Enumerable.Range(0, all.Length).MaxBy(c =>
    {
        float[] e = Whitened(all[c].Mean, all[c].Factor, z);
        double log = 0;
        for (int i = 0, diagonal = 0; i < e.Length; diagonal += ++i + 1)
            log -= (0.5 * e[i] * e[i]) + Math.Log(Math.Max(1e-9, Math.Abs(all[c].Factor[diagonal])));
        return log;
    });

    // e with L e = z - m, row by row.
    private static float[] Whitened(double[] mean, double[] factor, float[] z)
    {
        var e = new double[mean.Length];
        int at = 0;
        for (int i = 0; i < e.Length; i++)
        {
            double rest = z[i] - mean[i];
            for (int j = 0; j < i; j++) rest -= factor[at++] * e[j];
            double pivot = factor[at++];
            e[i] = Math.Abs(pivot) < 1e-6 ? 0 : rest / pivot;
        }
        return [.. e.Select(value => (float)value)];
    }

    private static int[] Route((double[] Mean, double[] Factor)[] all, int first, int last)
    {
        double[] cost = [.. all.Select(_ => double.PositiveInfinity)];
        var (before, open) = (new int[all.Length], new HashSet<int>(Enumerable.Range(0, all.Length)));
        cost[first] = 0;
        while (open.Count > 0)
        {
            int at = open.MinBy(c => cost[c]);
            open.Remove(at);
            if (at == last) break;
            foreach (int next in open)
            {
                double way = cost[at] + Apart(all[at], all[next]);
                if (way < cost[next]) (cost[next], before[next]) = (way, at);
            }
        }
        var route = new List<int> { last };
        while (route[^1] != first) route.Add(before[route[^1]]);
        route.Reverse();
        return [.. route];
    }

    // Squared, so that two short steps are nearer than a long one.
    private static double Apart((double[] Mean, double[] Factor) a, (double[] Mean, double[] Factor) b)
    {
        float[] shifted = [.. b.Mean.Select(value => (float)value)], back = [.. a.Mean.Select(value => (float)value)];
        return Whitened(a.Mean, a.Factor, shifted).Sum(value => (double)value * value) + Whitened(b.Mean, b.Factor, back)
            .Sum(value => (double)value * value);
    }

    private static double[] Times(double[][] means)
    {
        var at = new double[means.Length];
        for (int i = 1; i < means.Length; i++) at[i] = at[i - 1]
            + Math.Sqrt(means[i].Zip(means[i - 1], (a, b) => (a - b) * (a - b)).Sum());
        double whole = at[^1];
        return [.. at.Select((value, i) => whole > 0 ? value / whole : means.Length == 1 ? 0 : (double)i / (means.Length - 1))];
    }
}
