using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Metrics;

namespace VaeContent.Tests.Trainer.Metrics;

public sealed class LinearProbeTests
{
    [Test]
    public void WhatAPlaneSeparatesIsReadAndWhatItDoesNotIsNot()
    {
        var random = new Random(2);
        double[] values = [.. Enumerable.Range(0, 1200).Select(_ => random.NextDouble() - 0.5)];
        var x = new FeatureMatrix(values, 3);
        int[] plane = [.. Enumerable.Range(0, 400).Select(i => values[3 * i] - values[(3 * i) + 2] > 0.1 ? 1 : 0)];
        int[] parity = [.. Enumerable.Range(0, 400).Select(i => values[3 * i] * values[(3 * i) + 1] > 0 ? 1 : 0)];
        Assert.That(LinearProbe.Accuracy(x, plane, x, plane), Is.GreaterThan(0.97));
        Assert.That(LinearProbe.Accuracy(x, parity, x, parity), Is.LessThan(0.65));
    }

    [Test]
    public void AucOfOrderedScoresIsAsByHand()
    {
        Assert.That(RankedScores.Auroc([1, 2, 3], [4, 5]), Is.EqualTo(1));
        Assert.That(RankedScores.Auroc([4, 5], [1, 2, 3]), Is.EqualTo(0));
        Assert.That(RankedScores.Auroc([1, 2], [1, 2]), Is.EqualTo(0.5));
        // 2 beats one of two; 3 beats one and ties with one
        Assert.That(RankedScores.Auroc([1, 3], [2, 3]), Is.EqualTo((0.5 + 0.75) / 2));
    }

    [Test]
    public void PrincipalComponentsFindTheDirectionsOfLargestVariance()
    {
        // Two pixels vary: one much, one little; the third never.
        var random = new Random(4);
        Rgba32[][] sprites = [.. Enumerable.Range(0, 300).Select(_ => new Rgba32[]
        {
            new((byte)random.Next(256), 0, 0), new(0, (byte)random.Next(64), 0), new(9, 9, 9),
        })];
        FeatureMatrix found = PrincipalComponents.Fit(sprites, 2).Project(sprites);
        double first = Correlation([.. sprites.Select(sprite => (double)sprite[0].R)],
            [.. Enumerable.Range(0, 300).Select(i => found.Row(i)[0])]);
        double second = Correlation([.. sprites.Select(sprite => (double)sprite[1].G)],
            [.. Enumerable.Range(0, 300).Select(i => found.Row(i)[1])]);
        Assert.That((Math.Abs(first), Math.Abs(second)), Is.EqualTo((1.0, 1.0)).Within(0.01));
    }

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average();
        double Sum(Func<int, double> term) => Enumerable.Range(0, a.Length).Sum(term);
        return Sum(i => (a[i] - meanA) * (b[i] - meanB))
            / Math.Sqrt(Sum(i => Math.Pow(a[i] - meanA, 2)) * Sum(i => Math.Pow(b[i] - meanB, 2)));
    }
}
