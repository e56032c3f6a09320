using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Training;

public sealed class ScheduleTests
{
    private static readonly Schedule Plan = new(new TrainingSettings { LearningRate = 2e-3f, Beta = 0.8f, WarmUp = 0.2, AverageDecay = 0.999f });

    [Test]
    public void TheLearningRateRisesThenFallsToNothing()
    {
        float[] rates = [.. Enumerable.Range(0, 1001).Select(i => Plan.At(i + 1, i / 1000.0).LearningRate)];
        Assert.That(rates[0], Is.GreaterThan(0f).And.LessThan(1e-5f), "the first step is small, not nothing");
        Assert.That(rates[10], Is.EqualTo(1e-3f).Within(1).Percent, "half the way up at 1%");
        Assert.That(rates.Max(), Is.EqualTo(2e-3f).Within(1).Percent);
        Assert.That(rates[500], Is.EqualTo(1e-3f).Within(0.1).Percent, "the cosine's middle");
        Assert.That(rates[1000], Is.Zero.Within(1e-9f));
        Assert.That(rates[..20], Is.Ordered.Ascending);
        Assert.That(rates[25..], Is.Ordered.Descending);
    }

    [Test]
    public void BetaRisesStraightAndStays()
    {
        Assert.That(Plan.Beta(0), Is.Zero);
        Assert.That(Plan.Beta(0.1), Is.EqualTo(0.4f).Within(1e-6f));
        Assert.That(Plan.Beta(0.2), Is.EqualTo(0.8f).Within(1e-6f));
        Assert.That(Plan.Beta(0.9), Is.EqualTo(0.8f));
        Assert.That(new Schedule(new TrainingSettings { WarmUp = 0, Beta = 2f }).Beta(0), Is.EqualTo(2f));
    }

    [Test]
    public void AugmentationFadesBeforeTheEnd()
    {
        Assert.That(Schedule.Augmentation(0), Is.EqualTo(1f));
        Assert.That(Schedule.Augmentation(0.7), Is.EqualTo(1f));
        Assert.That(Schedule.Augmentation(0.8), Is.EqualTo(0.5f).Within(1e-6f));
        Assert.That(Schedule.Augmentation(0.9), Is.Zero.Within(1e-6f));
        Assert.That(Schedule.Augmentation(1), Is.Zero);
    }

    [Test]
    public void AYoungAverageForgetsQuickly()
    {
        StepSettings first = Plan.At(1, 0), late = Plan.At(100_000, 0.5);
        Assert.That(first.AverageDecay, Is.LessThan(0.2f));
        Assert.That(late.AverageDecay, Is.EqualTo(0.999f));
        Assert.That((first.Step, late.Step), Is.EqualTo((1L, 100_000L)));
    }
}
