using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Metrics;

namespace VaeContent.Tests.Trainer.Metrics;

public sealed class DisentanglementTests
{
    private const int Sprites = 1200;
    private static readonly int[] Values = [2, 3, 5];

    [Test]
    public void ADimensionPerFactorIsPerfect()
    {
        Disentanglement found = Disentanglement.Evaluate(Table((v, _) => [v[0], v[1], v[2]]), seed: 1);
        Assert.That(found.Mig, Is.EqualTo(1).Within(0.02)); // by chance the factors of 1,200 sprites tell a little of each other
        Assert.That(found.FactorVae, Is.EqualTo(1));
        Assert.That((found.Dci.Disentanglement, found.Dci.Completeness, found.Dci.Informativeness), Is.EqualTo((1.0, 1.0, 1.0)));
        Assert.That(found.Factors.Select(factor => factor.Dimension), Is.EqualTo(new[] { 0, 1, 2 }));
        Assert.That(found.Factors.Select(factor => factor.Told), Is.All.EqualTo(1).Within(1e-9));
    }

    [Test]
    public void AFactorHeldTwiceHasNoGap()
    {
        Disentanglement found = Disentanglement.Evaluate(Table((v, _) => [v[0], v[0], v[1], v[1], v[2], v[2]]), seed: 1);
        Assert.That(found.Mig, Is.EqualTo(0).Within(1e-9));
        Assert.That(found.Dci.Disentanglement, Is.EqualTo(1).Within(1e-9), "each dimension still serves one factor");
    }

    [Test]
    public void NoiseTellsNothing()
    {
        Disentanglement found =
            Disentanglement.Evaluate(Table((_, random) => [random.NextDouble(), random.NextDouble(), random.NextDouble()]),
                seed: 1);
        Assert.That(found.Mig, Is.LessThan(0.02));
        Assert.That(found.FactorVae, Is.LessThan(0.5));
        Assert.That(found.Dci.Informativeness, Is.LessThan(0.5));
    }

    [Test]
    public void ATurnedSpaceIsEntangled()
    {
        FactorTable turned = Table((v, _) =>
            [v[0] + (0.6 * v[1]) - v[2], v[1] - (0.7 * v[0]) + v[2], v[2] + v[0] + (0.5 * v[1])]);
        Disentanglement found = Disentanglement.Evaluate(turned, seed: 1),
            straight = Disentanglement.Evaluate(Table((v, _) => [v[0], v[1], v[2]]), seed: 1);
        Assert.That(found.Mig, Is.LessThan(0.4));
        Assert.That(found.Dci.Disentanglement, Is.LessThan(0.6));
        Assert.That(found.Dci.Informativeness, Is.GreaterThan(0.9), "nothing is lost, only mixed");
        Assert.That(found.FactorVae, Is.LessThan(straight.FactorVae));
    }

    [Test]
    public void MutualInformationOfEqualColumnsIsTheirEntropy()
    {
        FactorTable table = Table((v, _) => [v[2]]);
        Assert.That(MutualInformation.Evaluate(table)[0, 2], Is.EqualTo(MutualInformation.Entropy(table.Column(2))).Within(1e-9));
        Assert.That(MutualInformation.Entropy([0, 1, 0, 1]), Is.EqualTo(Math.Log(2)).Within(1e-12));
        Assert.That(MutualInformation.Entropy([0, 0, 0, 1]), Is.EqualTo(0.5623351446).Within(1e-9)); // -(.75 ln .75 + .25 ln .25)
    }

    [Test]
    public void DciOfAMatrixIsAsByHand()
    {
        // Rows 0 and 1 serve one factor, row 2 both alike: (1 + 1 + 0 of 2) by weights 1, 1, 2.
        Dci found = Dci.FromImportance(new double[,] { { 1, 0 }, { 0, 1 }, { 1, 1 } });
        Assert.That(found.Disentanglement, Is.EqualTo(0.5).Within(1e-12));
        Assert.That(found.Completeness, Is.EqualTo(1 - (Math.Log(2) / Math.Log(3))).Within(1e-12));
    }

    [Test]
    public void SameSeedGivesSameFigures()
    {
        FactorTable table = Table((v, random) =>
            [v[0] + random.NextDouble(), v[1] + random.NextDouble(), v[2] + random.NextDouble()]);
        Disentanglement one = Disentanglement.Evaluate(table, 3), again = Disentanglement.Evaluate(table, 3);
        Assert.That((again.Mig, again.FactorVae, again.Dci), Is.EqualTo((one.Mig, one.FactorVae, one.Dci)));
    }

    private static FactorTable Table(Func<double[], Random, double[]> encode)
    {
        var random = new Random(5);
        var (codes, values) = (new List<double>(), new List<int>());
        int columns = 0;
        for (int i = 0; i < Sprites; i++)
        {
            int[] drawn = [.. Values.Select(count => random.Next(count))];
            values.AddRange(drawn);
            double[] code = encode([.. drawn.Select(value => (double)value)], random);
            columns = code.Length;
            codes.AddRange(code);
        }
        return new FactorTable(new FeatureMatrix([.. codes], columns), ["hat", "hair", "cloth"], [.. values]);
    }
}
