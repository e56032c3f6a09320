using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>What posteriors tell of their sprites.</summary>
/// <param name="ActiveUnits">Dimensions whose mean varies over sprites by more than <see cref="ActiveVariance"/> (Burda et al. 2016, section 3).</param>
/// <param name="KlPerDimension">(Z) KL(q(z|x) || N(0, I)): means over sprites, nats.</param>
/// <param name="MutualInformation">
/// I(x; z), nats: the mean of log q(z|x) - log q(z) over draws, with q(z) the mean of all N posteriors (Hoffman and Johnson 2016). At most log N.
/// </param>
internal sealed record LatentFigures(int ActiveUnits, IReadOnlyList<double> KlPerDimension, double MutualInformation)
{
    /// <summary>The variance above which a dimension is active.</summary>
    public const double ActiveVariance = 0.01;

    /// <summary>Of N posteriors of Z dimensions; the time grows with N^2 Z.</summary>
    public static LatentFigures Of(Posteriors posteriors)
    {
        int n = posteriors.Count, z = posteriors.LatentSize;
        float[] mu = posteriors.Mu, logVar = posteriors.LogVar;
        var kl = new double[z];
        int active = 0;
        for (int d = 0; d < z; d++)
        {
            double sum = 0, squares = 0;
            for (int i = d; i < mu.Length; i += z)
            {
                sum += mu[i];
                squares += (double)mu[i] * mu[i];
                kl[d] += 0.5 * (((double)mu[i] * mu[i]) + Math.Exp(logVar[i]) - logVar[i] - 1) / n;
            }
            if ((squares / n) - (sum / n * (sum / n)) > ActiveVariance) active++;
        }
        return new LatentFigures(active, kl, Information(posteriors.Draw(Enumerable.Range(0, n), 1, seed: 0), mu, logVar, z));
    }

    private static double Information(double[] draws, float[] mu, float[] logVar, int z)
    {
        int n = mu.Length / z;
        double[] precision = Array.ConvertAll(logVar, value => Math.Exp(-value));
        var logs = new double[n];
        double information = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double log = 0;
                for (int d = 0; d < z; d++)
                {
                    double gap = draws[(i * z) + d] - mu[(j * z) + d];
                    log -= 0.5 * ((gap * gap * precision[(j * z) + d]) + logVar[(j * z) + d]);
                }
                logs[j] = log;
            }
            double own = logs[i], most = logs.Max();
            information += (own - most - Math.Log(logs.Sum(log => Math.Exp(log - most)) / n)) / n;
        }
        return information;
    }
}
