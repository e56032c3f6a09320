using NUnit.Framework;
using VaeContent.Trainer.Data;

namespace VaeContent.Tests.Trainer.Data;

public sealed class KMeansPlusPlusTests
{
    private static readonly double[] Points = [0, 0.1, 10, 10.1, 20];

    // Drawn by hand: 0.3 of 5 equal weights is point 1; then the squared distances to it are 0.01, 0, 98.01, 100, 396.01.
    [Test]
    public void CentresAreDrawnBySquaredDistance()
    {
        (int[] centres, int[] nearest) = Start([0.3, 0.2]);
        Assert.That(centres, Is.EqualTo(new[] { 1, 3 }));
        Assert.That(nearest, Is.EqualTo(new[] { 0, 0, 1, 1, 1 }));
        Assert.That(Start([0.3, 0.1]).Centres[1], Is.EqualTo(2));
        Assert.That(Start([0.3, 0.9]).Centres[1], Is.EqualTo(4));
    }

    [Test]
    public void APointWithoutWeightIsNeverDrawn()
    {
        double[] weights = [1, 0, 1, 0, 1];
        for (double uniform = 0; uniform < 1; uniform += 0.01)
            Assert.That(KMeansPlusPlus.Start(weights, 2, Squared, _ => uniform).Centres, Has.None.EqualTo(1).And.None.EqualTo(3));
    }

    private static double Squared(int i, int j) => (Points[i] - Points[j]) * (Points[i] - Points[j]);

    private static (int[] Centres, int[] Nearest) Start(double[] draws) =>
        KMeansPlusPlus.Start([1, 1, 1, 1, 1], 2, Squared, c => draws[c]);
}
