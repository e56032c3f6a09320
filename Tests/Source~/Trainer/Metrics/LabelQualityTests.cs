using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Metrics;

namespace VaeContent.Tests.Trainer.Metrics;

public sealed class LabelQualityTests
{
    [Test]
    public void FiguresOfEachLabelAreAsByHand()
    {
        // Eight samples, six asked for a; four real sprites, two of each label.
        LabelQuality[] found = LabelQuality.Evaluate(["a", "b", "c"], [60, 20, null], [0.75, 0.25, null],
            guessed: [0, 0, 0, 0, 0, 1, 1, 0], asked: [0, 0, 0, 0, 0, 0, 1, 1],
            labels: [0, 0, 1, 1], guessedReal: [0, 1, 1, 1], covered: [true, true, false, false],
            coveredByReal: [true, true, true, false]);
        Assert.That(found[0], Is.EqualTo(new LabelQuality("a", 60, 0.75, Share: 0.75, Recognised: 5 / 6.0, RealRecognised: 0.5,
            Coverage: 1, RealCoverage: 1)));
        Assert.That(found[1], Is.EqualTo(new LabelQuality("b", 20, 0.25, Share: 0.25, Recognised: 0.5, RealRecognised: 1,
            Coverage: 0, RealCoverage: 0.5)));
        Assert.That(found[2], Is.EqualTo(new LabelQuality("c", null, null, Share: 0, Recognised: null, RealRecognised: null,
            Coverage: null, RealCoverage: null)));
    }

    [Test]
    public void ModelsWithoutLabelsAreAskedForNone() =>
        Assert.That(LabelQuality.Evaluate(["a"], [1], [null], [0, 0], null, [0], [0], [true], [true]).Single().Recognised,
            Is.Null);

    [Test]
    public void CoverageIsTheShareOfCoveredRows()
    {
        var random = new System.Random(1);
        FeatureMatrix Cloud(double shift) => new([.. Enumerable.Range(0, 120).Select(_ => random.NextDouble() + shift)], 2);
        FeatureMatrix real = Cloud(0), near = Cloud(0.3);
        bool[] covered = Prdc.Covered(real, near);
        Assert.That(covered.Average(one => one ? 1.0 : 0), Is.EqualTo(Prdc.Evaluate(real, near).Coverage).And.InRange(0.2, 0.9));
    }
}
