using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training;
using VaeContent.Trainer.Training.Select;

namespace VaeContent.Tests.Trainer.Training;

/// <summary>
/// A squared error that is averaged over pixels, the commonest mistake in homemade autoencoders, erases the latents. That is a
/// Gaussian whose sigma is the root of half the numbers in a sprite.
/// </summary>
public sealed class CollapseTests
{
    private TinyRun _run = null!;

    [OneTimeSetUp]
    public void Paint() => _run = new TinyRun(heroes: 160);

    [OneTimeTearDown]
    public void Remove() => _run.Dispose();

    [Test]
    public void TheMeanOverPixelsCollapsesAndIsNamed()
    {
        LogEntry last = Train("mean", model => model with { MseSigma = PixelMean(model) });
        Assert.That(last.ActiveUnits, Is.Zero);
        Assert.That(last.MutualInformation, Is.LessThan(0.1));
        Assert.That(last.Warning, Does.Contain("posterior collapse").And.Contain("--set model.mseSigma=0.25"));
    }

    [Test]
    public void TheSumOverPixelsDoesNotCollapse()
    {
        LogEntry last = Train("sum", model => model with { MseSigma = 0.25f });
        Assert.That(last.ActiveUnits, Is.GreaterThanOrEqualTo(4));
        Assert.That(last.Warning, Is.Null);
        Assert.That(last.KlPerDimension!.Sum(), Is.EqualTo(last.HeldOutKl!.Value).Within(25).Percent,
            "the same KL, over another choice of sprites");
    }

    [Test]
    public void EachWarningNamesTheSettingToChange()
    {
        var none = new LatentFigures(0, new double[32], 0);
        RunConfig With(float freeBits, float beta) =>
            new() { Training = new TrainingSettings { FreeBits = freeBits, Beta = beta } };
        Assert.That(LatentMonitor.Warn(none, With(0f, 1f)), Does.Contain("--set training.freeBits=0.1"));
        Assert.That(LatentMonitor.Warn(none, With(0.1f, 4f)), Does.Contain("--set training.beta=1"));
        Assert.That(LatentMonitor.Warn(none with { ActiveUnits = 3 }, With(0f, 1f)), Is.Null);
        Assert.That(CoverageCheck.Warn(samples: 0.2, real: 0.9, new RunConfig { Prior = new PriorSettings { Kind = "normal" } }),
            Does.Contain("mode coverage").And.Contain("--set prior.kind=flow"));
        Assert.That(CoverageCheck.Warn(samples: 0.2, real: 0.9, new RunConfig()), Does.Contain("Train longer"));
        Assert.That(CoverageCheck.Warn(samples: 0.8, real: 0.9, new RunConfig()), Is.Null);
    }

    private static float PixelMean(ModelSpec model) => MathF.Sqrt(model.Width * model.Height * 4 / 2f);

    private LogEntry Train(string name, Func<ModelSpec, ModelSpec> model)
    {
        RunConfig start = _run.Config("vae");
        RunConfig config = start with
        {
            Model = model(start.Model with
            {
                Likelihood = Likelihood.Mse,
                Colours = 0,
                Widths = [8, 12, 16],
                Hidden = 32,
                DecoderHidden = 32,
                Latent = 8
            }),
            Training = start.Training with
            {
                Steps = 150,
                Batch = 16,
                FreeBits = 0f,
                WarmUp = 0,
                LearningRate = 3e-3f,
                AverageDecay = 0.9f
            },
        };
        _run.Train(config, name);
        return _run.Log(name)[^1];
    }
}
