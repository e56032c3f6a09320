using NUnit.Framework;
using VaeContent.Trainer.Metrics;

namespace VaeContent.Tests.Trainer.Metrics;

public class DistanceRatioTests
{
    [Test]
    public void IsTheRatioOfMeansWithItsSpread()
    {
        // Deviations: samples sqrt(2), floor 0; so of the ratio sqrt(2) / 2, and of the mean of two draws half.
        DistanceRatio found = DistanceRatio.FromDistances([3, 5], [2, 2]);
        Assert.That((found.Samples, found.Floor, found.Ratio), Is.EqualTo((4.0, 2.0, (double?)2)));
        Assert.That(found.Spread, Is.EqualTo(System.Math.Sqrt(2) / 2).Within(1e-12));
        Assert.That(found.Error, Is.EqualTo(0.5).Within(1e-12));
    }

    [Test]
    public void WithoutAFloorThereIsNone() => Assert.That(DistanceRatio.FromDistances([1], [0]).Ratio, Is.Null);
}
