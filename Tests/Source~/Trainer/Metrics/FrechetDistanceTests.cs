using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Metrics;

namespace VaeContent.Tests.Trainer.Metrics;

public class FrechetDistanceTests
{
    [TestCase(200, 16)]
    [TestCase(40, 64)] // fewer sprites than features: singular covariances
    [TestCase(2, 3)]
    public void OfASetToItselfIsZero(int rows, int columns)
    {
        FeatureMatrix set = Gaussians.Draw(rows, columns, seed: 1);
        Assert.That(FrechetDistance.Between(set, set), Is.EqualTo(0).Within(1e-9 * columns));
    }

    [Test]
    public void OfGaussiansIsTheClosedForm()
    {
        // |m1 - m2|^2 + sum (s1 - s2)^2 = 8 (0.5^2 + (1 - 1.5)^2)
        FeatureMatrix a = Gaussians.Draw(20_000, 8, seed: 1), b = Gaussians.Draw(20_000, 8, seed: 2, shift: 0.5, scale: 1.5);
        Assert.That(FrechetDistance.Between(a, b), Is.EqualTo(8 * (0.25 + 0.25)).Within(0.1));
    }

    [Test]
    public void OfMovedSetIsTheSquaredShiftExactly()
    {
        FeatureMatrix a = Gaussians.Draw(30, 50, seed: 3);
        var moved = new FeatureMatrix([.. Enumerable.Range(0, 30).SelectMany(i => a.Row(i).ToArray().Select(x => x + 2))], 50);
        Assert.That(FrechetDistance.Between(a, moved), Is.EqualTo(50 * 4).Within(1e-6));
    }

    [Test]
    public void CorrelationCountsNotOnlySpread()
    {
        // x = (u, u) against (u, -u): equal means and variances. S1 S2 = 0, so the distance is tr S1 + tr S2 = 4 var u.
        double[] u = [-1, 1, -1, 1];
        var along = new FeatureMatrix([.. u.SelectMany(x => new[] { x, x })], 2);
        var across = new FeatureMatrix([.. u.SelectMany(x => new[] { x, -x })], 2);
        Assert.That(FrechetDistance.Between(along, across), Is.EqualTo(4 * 4 / 3.0).Within(1e-9));
    }
}
