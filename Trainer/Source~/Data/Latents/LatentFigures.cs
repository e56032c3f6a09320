using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>What posteriors tell of their sprites.</summary>
/// <param name="ActiveUnits">
/// Dimensions whose mean varies over sprites by more than <see cref="Posteriors.ActiveVariance"/> (Burda et al. 2016, section 3).
/// </param>
/// <param name="KlPerDimension">(Z) KL(q(z|x) || N(0, I)): means over sprites, nats.</param>
/// <param name="MutualInformation">
/// I(x; z), nats: the mean of log q(z|x) - log q(z) over draws, with q(z) the mean of all N posteriors (Hoffman and Johnson
/// 2016). At most log N.
/// </param>
internal sealed record LatentFigures(int ActiveUnits, IReadOnlyList<double> KlPerDimension, double MutualInformation)
{
    /// <summary>Of N posteriors of Z dimensions; the time grows with N^2 Z.</summary>
    public static LatentFigures FromPosteriors(Posteriors posteriors)
    {
        double[] draws = posteriors.Draw(Enumerable.Range(0, posteriors.Count), 1, seed: 0);
        return new LatentFigures(posteriors.ActiveUnits(), posteriors.KlPerDimension(),
            Information(draws, posteriors.Mu, posteriors.LogVar, posteriors.LatentSize));
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
