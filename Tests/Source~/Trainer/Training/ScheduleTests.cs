using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Training;

public sealed class ScheduleTests
{
    private static readonly Schedule Plan = new(new TrainingSettings
    {
        LearningRate = 2e-3f,
        Beta = 0.8f,
        WarmUp = 0.2,
        AverageDecay = 0.999f
    });

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
    public void BetaRisesAlongASigmoid()
    {
        var plan = new Schedule(new TrainingSettings { Beta = 2f, WarmUp = 0.5, WarmUpShape = "sigmoid" });
        foreach (double progress in new[] { 0, 0.1, 0.25, 0.4, 0.499 })
            Assert.That(plan.Beta(progress), Is.EqualTo(2 / (1 + Math.Exp(-12 * ((progress / 0.5) - 0.5)))).Within(1e-6),
                $"at {progress}");
        Assert.That(plan.Beta(0.25), Is.EqualTo(1f).Within(1e-6), "halfway, half the height");
        Assert.That(plan.Beta(0.5), Is.EqualTo(2f));
    }

    // Fu et al. 2019, eq. 6: tau = mod(t, T/M) / (T/M); tau / R up to R, then 1.
    [Test]
    public void BetaRisesAnewInEachCycle()
    {
        var plan = new Schedule(new TrainingSettings { Beta = 0.5f, WarmUp = 0.4, WarmUpShape = "cyclical", Cycles = 3 });
        for (int i = 1; i < 300; i++)
        {
            double tau = i * 3 / 300.0 % 1;
            if (tau == 0) continue; // a cycle's end: full, and a new one's beginning: nothing
            Assert.That(plan.Beta(i / 300.0), Is.EqualTo(0.5 * Math.Min(1, tau / 0.4)).Within(1e-6), $"at {i / 300.0}");
        }
        Assert.That(plan.Beta(0), Is.Zero);
        Assert.That(plan.Beta(1), Is.EqualTo(0.5f), "training ends at full weight");
    }

    [Test]
    public void CapacityRisesWhileBetaStays()
    {
        var plan = new Schedule(new TrainingSettings { Beta = 50f, Capacity = 20f, WarmUp = 0.8 });
        Assert.That(new[] { 0, 0.4, 0.8, 1 }.Select(progress => plan.Capacity(progress)),
            Is.EqualTo(new[] { 0f, 10f, 20f, 20f }).Within(1e-5f));
        Assert.That(new[] { 0, 0.4, 1 }.Select(progress => plan.Beta(progress)), Is.All.EqualTo(50f));
    }

    [Test]
    public void EpochsAreCountedInSteps()
    {
        Assert.That(new TrainingSettings { Epochs = 20, Batch = 128 }.Counted(60_000).Steps, Is.EqualTo(9375));
        Assert.That(new TrainingSettings { Epochs = 3, Batch = 32 }.Counted(33).Steps, Is.EqualTo(4),
            "the last step runs on into the next epoch");
        Assert.That(new TrainingSettings { Steps = 7 }.Counted(33).Steps, Is.EqualTo(7));
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
