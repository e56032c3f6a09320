using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Data;

namespace VaeContent.Tests.Trainer.Data;

public sealed class LatentFiguresTests
{
    private const int Sprites = 60;

    // KL(N(1, 1) || N(0, 1)) = 1/2.
    [Test]
    public void KlToTheStandardNormalIsKnown()
    {
        Assert.That(KlDivergence.ToStandardNormal(0, 0), Is.Zero);
        Assert.That(KlDivergence.ToStandardNormal(1, 0), Is.EqualTo(0.5));
        Assert.That(KlDivergence.ToStandardNormal([1f, 0f], [0f, MathF.Log(4)]),
            Is.EqualTo(0.5 + (0.5 * (3 - Math.Log(4)))).Within(1e-6));
    }

    [Test]
    public void KlIsTheClosedForm()
    {
        LatentFigures figures = Figures((_, d) => d == 0 ? 1 : 0, (_, d) => d == 2 ? -1 : 0);
        Assert.That(figures.KlPerDimension[0], Is.EqualTo(0.5).Within(1e-9));
        Assert.That(figures.KlPerDimension[1], Is.Zero.Within(1e-9));
        Assert.That(figures.KlPerDimension[2], Is.EqualTo(0.5 * (Math.Exp(-1) + 1 - 1)).Within(1e-6));
    }

    [TestCase(1.0, 0.0)]
    [TestCase(-0.7, -1.5)]
    [TestCase(0.2, 0.8)]
    public void ACountOfDrawsAgreesWithTheClosedForm(double mu, double logVar)
    {
        // log q(z) - log p(z) = (z^2 - noise^2 - logVar) / 2, drawn with both signs of the noise.
        const int Draws = 600_000;
        var normals = new Sampler(1);
        double sum = 0;
        for (int i = 0; i < Draws; i++)
        {
            foreach (int sign in new[] { 1, -1 })
            {
                double noise = sign * normals.Normal(i), z = mu + (Math.Exp(logVar / 2) * noise);
                sum += 0.5 * ((z * z) - (noise * noise) - logVar) / (2 * Draws);
            }
        }
        double exact = Figures((_, _) => mu, (_, _) => logVar).KlPerDimension[0];
        Assert.That(sum, Is.EqualTo(exact).Within(1).Percent);
    }

    [Test]
    public void AUnitIsActiveWhereItsMeanVaries()
    {
        LatentFigures figures = Figures((i, d) => d == 0 ? (i % 2) - 0.5 : d == 1 ? 0.05 * ((i % 2) - 0.5) : 3, (_, _) => 0);
        Assert.That(figures.ActiveUnits, Is.EqualTo(1), "variances 0.25, 0.000625 and 0");
    }

    [Test]
    public void PosteriorsThatAreAllAlikeTellNothing() =>
        Assert.That(Figures((_, _) => 0.3, (_, _) => -1).MutualInformation, Is.Zero.Within(1e-9));

    [Test]
    public void PosteriorsThatAreFarApartTellWhichSpriteItIs() =>
        Assert.That(Figures((i, d) => d == 0 ? 100 * i : 0, (_, _) => 0).MutualInformation,
            Is.EqualTo(Math.Log(Sprites)).Within(1e-6));

    [Test]
    public void TwoKindsTellOneBit() =>
        Assert.That(Figures((i, d) => d == 0 ? 100 * (i % 2) : 0, (_, _) => 0).MutualInformation,
            Is.EqualTo(Math.Log(2)).Within(1e-6));

    private static LatentFigures Figures(Func<int, int, double> mu, Func<int, int, double> logVar)
    {
        float[] Fill(Func<int, int, double> of) => [.. Enumerable.Range(0, Sprites * 3).Select(i => (float)of(i / 3, i % 3))];
        return LatentFigures.FromPosteriors(new Posteriors(3, Fill(mu), Fill(logVar)));
    }
}
