using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Training;

/// <summary>Whole runs: stopped and resumed, repeated, diverged; with and without a discriminator that joins half way.</summary>
public sealed class TrainingLoopTests
{
    private TinyRun _run = null!;

    [OneTimeSetUp]
    public void Paint() => _run = new TinyRun();

    [OneTimeTearDown]
    public void Remove() => _run.Dispose();

    [Test]
    public void AStoppedAndResumedRunIsTheUnbrokenOne([Values("palette", "sigma", "gan")] string preset,
        [Values(3, 5, 7)] int stopAt)
    {
        RunConfig config = _run.Config(preset);
        (string straight, string broken) = ($"{preset}-straight", $"{preset}-broken-{stopAt}");
        _run.Train(config, straight);
        _run.Train(config, broken, stopAt: stopAt);
        Assert.That(_run.State(config, broken).Step, Is.EqualTo(stopAt));
        _run.Train(config, broken, resume: true);
        Assert.That(_run.State(config, broken), Is.EqualTo(_run.State(config, straight)),
            "weights, moments, average and discriminator, bit for bit");
        Assert.That(_run.Log(broken).Select(Figures), Is.EqualTo(_run.Log(straight).Select(Figures)), "log");
        Assert.That(_run.Shipped(config, broken), Is.EqualTo(_run.Shipped(config, straight)), "the shipped file, byte for byte");

        static object Figures(LogEntry entry) => (entry.Step, entry.Reconstruction, entry.Kl, entry.HeldOutKl,
            entry.Discriminator, entry.Generator, entry.AdversaryFactor);
    }

    [Test]
    public void AFinishedRunResumedDoesNothing()
    {
        RunConfig config = _run.Config("palette");
        _run.Train(config, "finished");
        (long, byte[]) before = _run.State(config, "finished");
        _run.Train(config, "finished", resume: true);
        Assert.That(_run.State(config, "finished"), Is.EqualTo(before));
        Assert.That(_run.Log("finished"), Has.Length.EqualTo(10));
    }

    [Test]
    public void AnotherModelCannotResume()
    {
        RunConfig config = _run.Config("palette");
        _run.Train(config, "changed", stopAt: 2);
        RunConfig other = config with { Model = config.Model with { Latent = 5 } };
        string message = Assert.Throws<UserError>(() => _run.Train(other, "changed", resume: true))!.Message;
        Assert.That(message, Does.Contain("weights").And.Not.Contain("\n"));
    }

    [Test]
    public void AnotherDiscriminatorCannotResume()
    {
        RunConfig config = _run.Config("gan"), wider = config with { Gan = config.Gan with { Widths = [4, 8] } };
        _run.Train(config, "wider", stopAt: 7);
        string message = Assert.Throws<UserError>(() => _run.Train(wider, "wider", resume: true))!.Message;
        Assert.That(message, Does.Contain("gan.widths").And.Not.Contain("\n"));
    }

    [Test]
    public void AnotherSeedGivesOtherWeights()
    {
        RunConfig config = _run.Config("palette");
        float[] Weights(long seed) => _run.Train(config with { Training = config.Training with { Seed = seed } }, $"seed{seed}",
            stopAt: 2);
        Assert.That(Weights(1), Is.Not.EqualTo(Weights(2)));
    }

    [Test]
    public void TheConfigOfARunRepeatsIt()
    {
        RunConfig config = _run.Config("gan");
        _run.Train(config, "config", stopAt: 1);
        RunConfig stored = _run.Folder("config").LoadConfig();
        Assert.That((stored.Model, stored.Training, stored.Gan, stored.Data.Folder),
            Is.EqualTo((config.Model, config.Training, config.Gan, config.Data.Folder)));
    }

    [Test]
    public void ADivergedRunSaysWhatToDo()
    {
        RunConfig config = _run.Config("palette");
        string message = Assert.Throws<UserError>(() =>
            _run.Train(config, "wild", after: (_, replica) => Spoil(replica)))!.Message;
        Assert.That(message, Does.Contain("diverged at step 3").And.Contain("training.learningRate=0.000125")
            .And.Not.Contain("\n"));
    }

    [Test]
    public void ARunThatDivergesOnceGoesOnMoreCarefully([Values("palette", "gan")] string preset)
    {
        RunConfig config = _run.Config(preset);
        bool spoilt = false;
        _run.Train(config, preset + "-shy", after: (entry, replica) =>
        {
            if (entry.Step != 7 || spoilt) return;
            spoilt = true;
            Spoil(replica);
        });
        _run.Train(config, preset + "-bold");
        LogEntry[] log = _run.Log(preset + "-shy");
        Assert.That(log.Select(entry => entry.Step), Is.EqualTo(Enumerable.Range(1, 10)));
        Assert.That(log[^1].LearningRate, Is.EqualTo(_run.Log(preset + "-bold")[^1].LearningRate / 2));
        Assert.That(log.Select(entry => entry.Reconstruction), Has.All.Matches<double>(double.IsFinite));
    }

    [Test]
    public void TheLogHoldsADiscriminatorsLossesFromWhenItJoins()
    {
        _run.Train(_run.Config("gan"), "log");
        LogEntry[] log = _run.Log("log");
        Assert.That(log[..5], Is.All.Matches<LogEntry>(entry => entry.Discriminator is null && entry.Generator is null
            && entry.AdversaryFactor is null));
        Assert.That(log[5..], Is.All.Matches<LogEntry>(entry => entry.Discriminator is > 0.5 and < 4
            && entry.Generator is not null && entry.AdversaryFactor is not null));
        Assert.That(log[^1].AdversaryFactor, Is.GreaterThan(0));
    }

    [Test]
    public void ADiscriminatorChangesNothingBeforeItJoins()
    {
        RunConfig config = _run.Config("gan"), off = config with { Gan = new GanSettings() };
        Assert.That(_run.Train(config, "before", stopAt: 5), Is.EqualTo(_run.Train(off, "off", stopAt: 5)));
        Assert.That(_run.Train(config, "with"), Is.Not.EqualTo(_run.Train(off, "never")));
    }

    [TestCase(Likelihood.Sigma, Regulariser.Kl)]
    [TestCase(Likelihood.Bernoulli, Regulariser.Mmd)]
    public void SeveralDrawsNeedALikelihoodThatCanBeWeighed(Likelihood likelihood, Regulariser regulariser)
    {
        RunConfig config = _run.Config("sigma");
        config = config with
        {
            Model = config.Model with { Likelihood = likelihood, Regulariser = regulariser },
            Training = config.Training with { Samples = 5 }
        };
        Assert.That(Assert.Throws<UserError>(() => _run.Train(config, "draws"))!.Message, Does.Contain("training.samples=5"));
    }

    [TestCase("weight", "gan.weight=-1")]
    [TestCase("start", "gan.start=1")]
    [TestCase("rate", "gan.learningRate=0")]
    [TestCase("widths", "gan.widths=[]")]
    [TestCase("samples", "training.samples=5")]
    public void ASettingOutOfRangeIsNamed(string what, string named)
    {
        var on = new GanSettings { Weight = 1f };
        GanSettings gan = what switch
        {
            "weight" => on with { Weight = -1f },
            "start" => on with { Start = 1 },
            "rate" => on with { LearningRate = 0f },
            "widths" => on with { Widths = [] },
            _ => on,
        };
        string message = Assert.Throws<UserError>(() =>
            gan.Validate(new TrainingSettings { Samples = what == "samples" ? 5 : 1 }))!.Message;
        Assert.That(message, Does.Contain(named).And.Not.Contain("\n"));
        Assert.That(() => new GanSettings().Validate(new TrainingSettings { Samples = 5 }), Throws.Nothing);
    }

    // The next step's losses are NaN.
    private static void Spoil(TrainingReplica replica)
    {
        float[] weights = replica.Model.Flat();
        Array.Fill(weights, float.NaN);
        replica.Model.SetFlat(weights);
    }
}
