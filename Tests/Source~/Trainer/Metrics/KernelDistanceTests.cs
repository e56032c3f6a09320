using System;
using NUnit.Framework;
using VaeContent.Trainer.Metrics;

namespace VaeContent.Tests.Trainer.Metrics;

public class KernelDistanceTests
{
    [Test]
    public void AgreesWithTheDefinitionByHand()
    {
        // D = 1, k(x, y) = (xy + 1)^3; A = {0, 1}, B = {1, 2}.
        var a = new FeatureMatrix([0, 1], 1);
        var b = new FeatureMatrix([1, 2], 1);
        const double WithinA = 1, WithinB = 27; // off the diagonal
        const double Between = (1 + 1 + 8 + 27) / 4.0;
        KernelDistance found = KernelDistance.Between(a, b);
        Assert.That(found.Unbiased, Is.EqualTo(WithinA + WithinB - (2 * Between)).Within(1e-12));
        Assert.That(found.Biased, Is.EqualTo(((1 + 8 + (2 * WithinA) + 8 + 125 + (2 * WithinB)) / 4) - (2 * Between))
            .Within(1e-12));
    }

    [Test]
    public void OfOneSourceIsAboutZeroAndOfTwoIsNot()
    {
        FeatureMatrix a = Gaussians.Draw(500, 20, 1), b = Gaussians.Draw(500, 20, 2),
            moved = Gaussians.Draw(500, 20, 3, shift: 0.5);
        Assert.That(Math.Abs(KernelDistance.Between(a, b).Unbiased), Is.LessThan(0.01));
        Assert.That(KernelDistance.Between(a, moved).Unbiased, Is.GreaterThan(0.5));
    }

    [Test]
    public void OfASetToItselfIsZeroWhereBiased()
    {
        FeatureMatrix a = Gaussians.Draw(50, 8, 1);
        Assert.That(KernelDistance.Between(a, a).Biased, Is.EqualTo(0).Within(1e-12));
    }
}
