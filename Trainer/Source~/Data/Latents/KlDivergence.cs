using System;

namespace VaeContent.Trainer.Data;

/// <summary>The Kullback-Leibler divergence of diagonal Gaussians to N(0, I), nats (Kingma and Welling 2014, eq. 10).</summary>
public static class KlDivergence
{
    /// <summary>KL(N(mu, exp(logVar)) || N(0, 1)).</summary>
    public static double ToStandardNormal(double mu, double logVar) => 0.5 * ((mu * mu) + Math.Exp(logVar) - logVar - 1);

    /// <summary>The sum over dimensions, (Z) each.</summary>
    public static double ToStandardNormal(ReadOnlySpan<float> mu, ReadOnlySpan<float> logVar)
    {
        double sum = 0;
        for (int d = 0; d < mu.Length; d++) sum += ToStandardNormal(mu[d], logVar[d]);
        return sum;
    }
}
