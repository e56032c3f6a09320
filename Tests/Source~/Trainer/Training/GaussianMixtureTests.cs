using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Training;

public sealed class GaussianMixtureTests
{
    private const int Z = 3;
    private static readonly double[] NoPool = new double[Z * Z];

    // Lower-triangular factors of two covariances, and their means.
    private static readonly double[][] Factors = [[1, 0, 0, 0.5, 0.8, 0, -0.3, 0.2, 0.6], [0.4, 0, 0, 0, 1.2, 0, 0.3, -0.5, 0.9]];
    private static readonly double[][] Means = [[2, -1, 0.5], [-2, 1.5, -1]];

    [Test]
    public void TwoKnownGaussiansAreRecovered([Values(1, 2, 3)] long seed)
    {
        double[] samples = [.. Draw(0, 6000, seed), .. Draw(1, 3000, seed)];
        GaussianMixture mixture = GaussianMixture.Fit(samples, Z, 2, seed, NoPool, 0);
        int first = mixture.Means[0][0] > mixture.Means[1][0] ? 0 : 1;
        for (int k = 0; k < 2; k++)
        {
            int found = k == 0 ? first : 1 - first;
            Assert.That(mixture.Weights[found], Is.EqualTo(k == 0 ? 2 / 3.0 : 1 / 3.0).Within(0.02), "weight");
            Assert.That(mixture.Means[found], Is.EqualTo(Means[k]).Within(0.1), "mean");
            Assert.That(Square(mixture.Factors[found]), Is.EqualTo(Square(Factors[k])).Within(0.12), "covariance");
        }
    }

    // Mean log-density of the samples a Gaussian was fitted to: -(Z (1 + log 2 pi) + log det C) / 2.
    [Test]
    public void OneGaussiansLikelihoodHasItsClosedForm()
    {
        double[] samples = Draw(0, 5000, 4);
        GaussianMixture mixture = GaussianMixture.Fit(samples, Z, 1, 1, NoPool, 0);
        double logDeterminant = 2 * Enumerable.Range(0, Z).Sum(d => Math.Log(mixture.Factors[0][(d * Z) + d]));
        double closed = -0.5 * ((Z * (1 + Math.Log(2 * Math.PI))) + logDeterminant);
        Assert.That(mixture.MeanLogLikelihood(samples), Is.EqualTo(closed).Within(1e-3)); // 1e-4 is added to each variance

        double known = 2 * Enumerable.Range(0, Z).Sum(d => Math.Log(Factors[0][(d * Z) + d]));
        Assert.That(logDeterminant, Is.EqualTo(known).Within(0.05));
    }

    [Test]
    public void TheRightNumberOfComponentsExplainsNewSamplesBest()
    {
        double[] fit = [.. Draw(0, 1000, 5), .. Draw(1, 1000, 5)], judge = [.. Draw(0, 1000, 6), .. Draw(1, 1000, 6)];
        double one = GaussianMixture.Fit(fit, Z, 1, 1, NoPool, 0).MeanLogLikelihood(judge);
        double two = GaussianMixture.Fit(fit, Z, 2, 1, NoPool, 0).MeanLogLikelihood(judge);
        Assert.That(two, Is.GreaterThan(one + 0.3));
    }

    [Test]
    public void CovarianceIsThatOfTheSamples() =>
        Assert.That(GaussianMixture.Covariance(Draw(1, 20_000, 7), Z), Is.EqualTo(Square(Factors[1])).Within(0.05));

    [Test]
    public void ThinDataIsPulledToThePool()
    {
        double[] pool = Square(Factors[1]), two = Draw(0, 2, 8);
        GaussianMixture mixture = GaussianMixture.Fit(two, Z, 1, 1, pool, pull: 1000);
        Assert.That(Square(mixture.Factors[0]), Is.EqualTo(pool).Within(0.02));
        Assert.That(mixture.MeanLogLikelihood(two), Is.Not.NaN);
    }

    [Test]
    public void EqualSamplesAndMoreComponentsThanSamplesDoNotBreakIt()
    {
        double[] same = [.. Enumerable.Repeat(0.25, 5 * Z)];
        GaussianMixture mixture = GaussianMixture.Fit(same, Z, 4, 1, NoPool, 0);
        Assert.That(mixture.Means.SelectMany(mean => mean).Concat(mixture.Factors.SelectMany(factor => factor))
            .All(double.IsFinite), Is.True);
        Assert.That(mixture.MeanLogLikelihood(same), Is.Not.NaN);
    }

    private static double[] Draw(int which, int count, long seed)
    {
        var normals = new Sampler(seed, which);
        var samples = new double[count * Z];
        for (int i = 0; i < count; i++)
        {
            for (int row = 0; row < Z; row++)
            {
                samples[(i * Z) + row] = Means[which][row];
                for (int column = 0; column <= row; column++)
                    samples[(i * Z) + row] += Factors[which][(row * Z) + column] * normals.Normal((i * Z) + column);
            }
        }
        return samples;
    }

    private static double[] Square(double[] factor) => [.. Enumerable.Range(0, Z * Z).Select(at =>
        Enumerable.Range(0, Z).Sum(k => factor[(at / Z * Z) + k] * factor[(at % Z * Z) + k]))];
}
