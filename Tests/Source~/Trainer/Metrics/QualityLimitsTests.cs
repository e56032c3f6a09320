using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Training;
using VaeContent.Trainer.Training.Select;

namespace VaeContent.Tests.Trainer.Metrics;

public class QualityLimitsTests
{
    [TestCase(0.7, 0.45, 0.7, QualityLevel.Good)]
    [TestCase(0.7, 0.45, 0.69, QualityLevel.Fair)]
    [TestCase(0.7, 0.45, 0.45, QualityLevel.Fair)]
    [TestCase(0.7, 0.45, 0.44, QualityLevel.NotYet)]
    [TestCase(1.25, 2, 1.25, QualityLevel.Good)]
    [TestCase(1.25, 2, 2, QualityLevel.Fair)]
    [TestCase(1.25, 2, 2.1, QualityLevel.NotYet)]
    [TestCase(1.25, 2, double.NaN, QualityLevel.NotYet)]
    public void AFigureOnTheLimitIsTheBetterOne(double good, double fair, double figure, QualityLevel level) =>
        Assert.That(new QualityLimit(good, fair).Level(figure), Is.EqualTo(level));

    [Test]
    public void ARatioFarBelowOneIsFairAtMost()
    {
        Assert.That(QualityLimits.PixelRatio.Level(0.8), Is.EqualTo(QualityLevel.Good));
        Assert.That(QualityLimits.PixelRatio.Level(0.1), Is.EqualTo(QualityLevel.Fair));
    }

    [Test]
    public void TheTableAndTheWarningOfTrainSpeakOfTheSameCoverage()
    {
        var real = new Prdc(1, 1, 1, 0.9);
        foreach (double coverage in new[] { 0.3, 0.53, 0.55, 0.9 })
        {
            var space = new FeatureQuality("own", 1, "", 8, new(1, 1, 1, 0, 0), new(1, 1, 1, 0, 0), 0,
                real with { Coverage = coverage }, real);
            FigureRow row = EvaluationTable.Likeness(space).Single(row => row.Name == "coverage");
            Assert.That(row.Hint.StartsWith("MISSES", System.StringComparison.Ordinal),
                Is.EqualTo(CoverageCheck.Warn(coverage, 0.9, new RunConfig()) is not null), $"{coverage}");
        }
    }
}
