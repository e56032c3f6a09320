using NUnit.Framework;
using VaeContent.Trainer.Metrics;
using static VaeContent.Tests.Trainer.Metrics.Pixels;

namespace VaeContent.Tests.Trainer.Metrics;

public class InterpolationTests
{
    [Test]
    public void EvenWalkHasRatioOne() =>
        Assert.That(Interpolation.LargestByMean([Row("rrr"), Row("rr."), Row("r.."), Row("...")]), Is.EqualTo(1));

    [Test]
    public void OneJumpHasTheNumberOfSteps() =>
        Assert.That(Interpolation.LargestByMean([Row("rr"), Row("rr"), Row("gb"), Row("gb"), Row("gb")]), Is.EqualTo(4));

    [Test]
    public void StandingStillIsEven() => Assert.That(Interpolation.LargestByMean([Row("r"), Row("r")]), Is.EqualTo(1));

    [Test]
    public void MidpointsAreJudgedBesideTheEnds()
    {
        using var run = new UntrainedRun();
        using var generator = new SpriteGenerator(run.Decoder);
        Interpolation found = Interpolation.Evaluate(generator, [new Rgba32[64]], pairs: 3, seed: 1);
        Assert.That(found.LargestStep, Is.InRange(1, Interpolation.Steps));
        Assert.That(found, Is.EqualTo(Interpolation.Evaluate(generator, [new Rgba32[64]], pairs: 3, seed: 1)));
        // All visible pixels differ from a blank sprite: the ends as much as the midpoints.
        Assert.That(found.MidpointDistance, Is.EqualTo(1));
    }
}
