using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Reports;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Reports;

public class VerdictTests
{
    private static readonly VerdictFigures Fine = new()
    {
        Steps = 2400,
        TrainingSprites = 4800,
        HeldOutSprites = 1200,
        Samples = 1000,
        ExactColours = true,
        HeldOutExact = 0.85,
        TrainingExact = 0.88,
        Silhouettes = 0.97,
        Distance = 0.31,
        HeldOutDistance = 0.3,
        SetRatio = 1.2,
        Colours = 20,
        RealColours = 19,
        Orphans = 0.06,
        RealOrphans = 0.05,
        Spread = 0.8,
        TrainingSpread = 0.82,
        NearCopies = 0.01,
    };

    private static readonly RunConfig Config = new()
    {
        Training = new TrainingSettings { Steps = 2400, Flip = true, MaxShift = 1 },
    };

    [Test]
    public void AModelWithoutFaultIsGoodAndToBeExported()
    {
        Verdict verdict = Verdict.FromFigures(Fine, Config, "heroes");
        Assert.That(verdict.Level, Is.EqualTo(QualityLevel.Good));
        Assert.That(verdict.Headline, Does.StartWith("Ready to try"));
        Assert.That(verdict.Checks, Has.Count.EqualTo(7).And.All.Matches<VerdictCheck>(check =>
            check.Level == QualityLevel.Good));
        Assert.That(verdict.Next.Single().Command, Does.StartWith("vaecontent export"));
    }

    private static IEnumerable<TestCaseData> Faults() =>
    [
        Fault("60% exact", Fine with { HeldOutExact = 0.6, TrainingExact = 0.62 }, VerdictSubject.Fidelity, QualityLevel.Fair),
        Fault("30% exact", Fine with { HeldOutExact = 0.3, TrainingExact = 0.32 }, VerdictSubject.Fidelity, QualityLevel.NotYet),
        Fault("outlines 50%", Fine with { Silhouettes = 0.5 }, VerdictSubject.Fidelity, QualityLevel.NotYet),
        Fault("15 dB", Fine with { ExactColours = false, HeldOutPsnr = 15, TrainingPsnr = 16 }, VerdictSubject.Fidelity,
            QualityLevel.NotYet),
        Fault("20 dB", Fine with { ExactColours = false, HeldOutPsnr = 20, TrainingPsnr = 21 }, VerdictSubject.Fidelity,
            QualityLevel.Fair),
        Fault("1.5 times as far", Fine with { Distance = 0.45 }, VerdictSubject.Likeness, QualityLevel.Fair),
        Fault("twice as far", Fine with { Distance = 0.6 }, VerdictSubject.Likeness, QualityLevel.NotYet),
        Fault("a set twice as far", Fine with { SetRatio = 2 }, VerdictSubject.Likeness, QualityLevel.Fair),
        Fault("a set five times as far", Fine with { SetRatio = 5 }, VerdictSubject.Likeness, QualityLevel.NotYet),
        Fault("half as many colours again", Fine with { Colours = 40.9, RealColours = 26.4 }, VerdictSubject.Cleanliness,
            QualityLevel.Fair),
        Fault("specks", Fine with { Orphans = 0.25, RealOrphans = 0.1 }, VerdictSubject.Cleanliness, QualityLevel.NotYet),
        Fault("smooth", Fine with { Orphans = 0.17, RealOrphans = 0.42 }, VerdictSubject.Cleanliness, QualityLevel.Fair),
        Fault("loud specks", Fine with { LoudSpecks = 0.2, RealLoudSpecks = 0.05 }, VerdictSubject.Cleanliness,
            QualityLevel.NotYet),
        Fault("a network tells them", Fine with { TwoSampleAuc = 0.85 }, VerdictSubject.Likeness, QualityLevel.Fair),
        Fault("a network always tells them", Fine with { TwoSampleAuc = 0.99 }, VerdictSubject.Likeness, QualityLevel.NotYet),
        Fault("nats of a palette that keeps few pixels", Fine with { ExactColours = false, PaletteExact = 0.1, HeldOutPsnr = 30,
            TrainingPsnr = 30, TrainingNats = 500, HeldOutNats = 900 }, VerdictSubject.Generality, QualityLevel.Fair),
        Fault("far more nats", Fine with { ExactColours = false, PaletteExact = 0.1, HeldOutPsnr = 30, TrainingPsnr = 30,
            TrainingNats = 500, HeldOutNats = 1100 }, VerdictSubject.Generality, QualityLevel.Fair),
        Fault("alike", Fine with { Spread = 0.2 }, VerdictSubject.Variety, QualityLevel.NotYet),
        Fault("5% repeats", Fine with { Repeats = 0.05 }, VerdictSubject.Variety, QualityLevel.Fair),
        Fault("10% near copies", Fine with { NearCopies = 0.1 }, VerdictSubject.Novelty, QualityLevel.Fair),
        Fault("50% near copies", Fine with { NearCopies = 0.5 }, VerdictSubject.Novelty, QualityLevel.NotYet),
        Fault("20% exact copies", Fine with { ExactCopies = 0.2 }, VerdictSubject.Novelty, QualityLevel.NotYet),
        Fault("gap of 15 points", Fine with { TrainingExact = 1 }, VerdictSubject.Generality, QualityLevel.Fair),
        Fault("gap of 10 dB", Fine with { ExactColours = false, HeldOutPsnr = 25, TrainingPsnr = 35 }, VerdictSubject.Generality,
            QualityLevel.Fair),
        Fault("half off the palette", Fine with { OffPalette = 0.5 }, VerdictSubject.Colours, QualityLevel.Fair),
    ];

    private static TestCaseData Fault(string what, VerdictFigures figures, VerdictSubject subject, QualityLevel level) =>
        new TestCaseData(figures, subject.ToString(), level.ToString())
            .SetArgDisplayNames(what, subject.ToString(), level.ToString());

    [TestCaseSource(nameof(Faults))]
    public void TheWorstCheckDecidesAndComesFirst(object figures, string subject, string level)
    {
        Verdict verdict = Verdict.FromFigures((VerdictFigures)figures, Config, "heroes");
        Assert.That((verdict.Level.ToString(), verdict.Checks[0].Subject.ToString()), Is.EqualTo((level, subject)));
        Assert.That(verdict.Headline, Does.Contain(verdict.Checks[0].Fault));
        Assert.That(verdict.Checks.Skip(1), Has.All.Matches<VerdictCheck>(check => check.Level == QualityLevel.Good));
        Assert.That(verdict.Next, Has.Count.InRange(1, 3));
    }

    [TestCase(0.01, 0, nameof(QualityLevel.Fair))]
    [TestCase(0.01, 0.03, nameof(QualityLevel.Fair))]
    [TestCase(0.01, 0.2, nameof(QualityLevel.NotYet))]
    [TestCase(0.1, 0, nameof(QualityLevel.NotYet))]
    public void WhoKnowsItsOwnMuchBetterIsFairWhereItDoesNotCopy(double nearCopies, double exactCopies, string level)
    {
        VerdictFigures copying = Fine with { NearCopies = nearCopies, ExactCopies = exactCopies };
        VerdictFigures figures = copying with { HeldOutExact = 0.5, TrainingExact = 0.92 };
        VerdictCheck check = Verdict.FromFigures(figures, Config, "tiles").Checks
            .Single(check => check.Subject == VerdictSubject.Generality);
        Assert.That(check.Level.ToString(), Is.EqualTo(level));
        Assert.That(check.Text.Contains("of parts"), Is.EqualTo(level == nameof(QualityLevel.Fair)));
    }

    [Test]
    public void AModelWithoutErrorOfColoursLearntAsNumbersIsGood()
    {
        Verdict verdict = Verdict.FromFigures(Fine with { ExactColours = false, HeldOutPsnr = null, TrainingPsnr = null }, Config,
            "heroes");
        Assert.That(verdict.Level, Is.EqualTo(QualityLevel.Good));
    }

    [Test]
    public void WhatGotWorseOnHeldOutSpritesIsNotToTrainLonger()
    {
        VerdictFigures better = Fine with { Distance = 0.6, RiseSinceBest = 0.4, BestStep = 700, StillFalling = -0.1 };
        Assert.That(Verdict.FromFigures(better, Config, "my heroes").Next[0].Text, Does.Contain("three times as long"),
            "without copies");
        VerdictFigures figures = better with { NearCopies = 0.1 };
        Verdict verdict = Verdict.FromFigures(figures, Config, "my heroes");
        Assert.That(verdict.Next[0].Text, Does.Contain("Do not train longer").And.Contain("step 700"));
        Assert.That(verdict.Next.Select(advice => advice.Text), Has.None.Contains("three times as long"));
    }

    [Test]
    public void SpritesLearntByHeartAskForMoreSprites()
    {
        Verdict verdict = Verdict.FromFigures(Fine with { HeldOutExact = 0.5, TrainingExact = 0.95 }, Config, "my heroes");
        Assert.That(verdict.Next.Select(advice => advice.Text), Has.Some.Contains("more sprites"));
    }

    [Test]
    public void WhatStillGetsBetterIsToTrainLonger()
    {
        VerdictFigures figures = Fine with { HeldOutExact = 0.6, TrainingExact = 0.6, StillFalling = 0.05 };
        Assert.That(Verdict.FromFigures(figures, Config, "heroes").Next[0].Command,
            Is.EqualTo("vaecontent train heroes --out runs/next --steps 7200"));
        RunConfig byTime = Config with { Training = Config.Training with { Steps = 0, Minutes = 5 } };
        Assert.That(Verdict.FromFigures(figures, byTime, "heroes").Next[0].Command,
            Is.EqualTo("vaecontent train heroes --out runs/next --minutes 15"));
    }

    [Test]
    public void ColoursOfNoneOfYourSpritesAskForThePalette()
    {
        string Advice(Likelihood likelihood) => Verdict.FromFigures(Fine with { OffPalette = 0.5 },
            Config with { Model = Config.Model with { Likelihood = likelihood } }, "heroes").Next.Single().Command;
        Assert.That(Advice(Likelihood.Sigma), Is.EqualTo("vaecontent train heroes --out runs/next --preset palette"));
        Assert.That(Advice(Likelihood.Palette), Is.EqualTo("vaecontent export RUN --shades off --out sprites.vae"));
    }

    [Test]
    public void AnUntrainedModelIsNotJudgedByItsNoise()
    {
        Verdict verdict = Verdict.FromFigures(Fine with { Steps = 0, HeldOutExact = 0 }, Config, "heroes");
        Assert.That(verdict.Headline, Does.Contain("has not been trained"));
        Assert.That(verdict.Next.Single().Command, Is.EqualTo("vaecontent train heroes --out runs/next"));
    }

    [Test]
    public void TheTrendIsThatOfTheHeldOutLoss()
    {
        LogEntry At(long step, double loss) => new(step, step / 100.0, 0, 0, 0, 0, 1, 0, 0, loss - 10, 10);
        var (falling, best, rise) = VerdictFigures.Trend([At(20, 400), At(60, 100), At(80, 150), At(100, 200)]);
        Assert.That((falling, best, rise), Is.EqualTo((-0.25, 60L, 0.5)));
        (falling, best, rise) = VerdictFigures.Trend([At(80, -100), At(100, -200)]);
        Assert.That((falling, best, rise), Is.EqualTo((0.5, 100L, 0.0)));
        Assert.That(VerdictFigures.Trend([]), Is.EqualTo((0.0, 0L, 0.0)));
    }
}
