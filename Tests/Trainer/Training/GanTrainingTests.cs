using System;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Data;
using VaeContent.Trainer;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Training;

/// <summary>Whole runs in which a discriminator joins half way.</summary>
public sealed class GanTrainingTests
{
    private SpriteBox _box = null!;
    private Dataset _data = null!;

    [OneTimeSetUp]
    public void Paint()
    {
        _box = new SpriteBox();
        _data = Dataset.Load(_box.PaintHeroes(48));
    }

    [OneTimeTearDown]
    public void Remove() => _box.Dispose();

    [Test]
    public void AStoppedAndResumedRunIsTheUnbrokenOne([Values("palette", "sigma")] string preset, [Values(3, 5, 7)] int stopAt)
    {
        RunConfig config = Config(preset);
        RunFolder straight = Train(config, $"{preset}-straight"), broken = Train(config, $"{preset}-broken-{stopAt}", stopAt: stopAt);
        TrainingState stopped = Load(broken, config);
        Assert.That(stopped.Discriminator > 0, Is.EqualTo(stopAt > 5), "it joins after half of ten steps");
        Train(config, $"{preset}-broken-{stopAt}", resume: true);

        TrainingState expected = Load(straight, config), found = Load(broken, config);
        Assert.That((found.Discriminator, found.Joined), Is.EqualTo((expected.Discriminator, 5L)));
        Assert.That(found.Discriminator, Is.EqualTo((4 * 9 * 4) + 4 + (4 * 9 * 6) + 6 + (6 * 9) + 1));
        Assert.That(found.Weights, Is.EqualTo(expected.Weights), "weights of model and discriminator, bit for bit");
        Assert.That(found.FirstMoment, Is.EqualTo(expected.FirstMoment));
        Assert.That(found.SecondMoment, Is.EqualTo(expected.SecondMoment));
        Assert.That(found.Average, Is.EqualTo(expected.Average));
        Assert.That(TrainingLog.Read(broken.LogPath).Select(entry => (entry.Step, entry.Reconstruction, entry.Discriminator, entry.Generator, entry.AdversaryFactor)),
            Is.EqualTo(TrainingLog.Read(straight.LogPath).Select(entry => (entry.Step, entry.Reconstruction, entry.Discriminator, entry.Generator, entry.AdversaryFactor))), "log");
        Assert.That(TrainedModel.Load(broken, config, _data).Export().Decoder(WeightPrecision.Float32), Is.EqualTo(TrainedModel.Load(straight, config, _data).Export().Decoder(WeightPrecision.Float32)), "the shipped file, byte for byte");
    }

    [Test]
    public void TheLogHoldsItsLossesFromWhenItJoins()
    {
        LogEntry[] log = [.. TrainingLog.Read(Train(Config("sigma"), "log").LogPath)];
        Assert.That(log.Where(entry => entry.Step <= 5), Is.All.Matches<LogEntry>(entry => entry.Discriminator is null && entry.Generator is null && entry.AdversaryFactor is null));
        Assert.That(log.Where(entry => entry.Step > 5), Is.All.Matches<LogEntry>(entry => entry.Discriminator is > 0.5 and < 4 && entry.Generator is not null && entry.AdversaryFactor is not null));
        Assert.That(log[^1].AdversaryFactor, Is.GreaterThan(0));
    }

    [Test]
    public void ItIsOffByDefaultAndChangesNothingBeforeItJoins()
    {
        RunConfig config = Config("sigma"), off = config with { Gan = new GanSettings() };
        TrainingState without = Load(Train(off, "off", stopAt: 5), off), before = Load(Train(config, "before", stopAt: 5), config);
        Assert.That(before.Weights, Is.EqualTo(without.Weights));
        TrainingState with = Load(Train(config, "with"), config), never = Load(Train(off, "never"), off);
        Assert.That(never.Discriminator, Is.Zero);
        Assert.That(with.Weights[..never.Weights.Length], Is.Not.EqualTo(never.Weights));
    }

    [Test]
    public void AnotherDiscriminatorCannotResume()
    {
        RunConfig config = Config("sigma"), wider = config with { Gan = config.Gan with { Widths = [4, 8] } };
        Train(config, "wider", stopAt: 7);
        string message = Assert.Throws<UserError>(() => Train(wider, "wider", resume: true))!.Message;
        Assert.That(message, Does.Contain("gan.widths").And.Not.Contain("\n"));
    }

    [Test]
    public void PartsOfABatchGiveTheWeightsOfTheWhole()
    {
        RunConfig config = Config("sigma"), whole = config with { Training = config.Training with { Batch = 2 * config.Training.Batch } };
        RunFolder alone = Train(whole, "alone");
        LaneGroup.Run(2, 2, lane => Train(whole, "together", group: lane));
        TrainingState expected = Load(alone, whole), found = Load(new RunFolder(Path.Combine(_box.Root, ".runs", "together")), config);
        Assert.That(found.Weights, Is.EqualTo(expected.Weights).Within(1e-5));
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
        string message = Assert.Throws<UserError>(() => gan.Validate(new TrainingSettings { Samples = what == "samples" ? 5 : 1 }))!.Message;
        Assert.That(message, Does.Contain(named).And.Not.Contain("\n"));
        Assert.That(() => new GanSettings().Validate(new TrainingSettings { Samples = 5 }), Throws.Nothing);
    }

    [Test]
    public void AnEngineWithoutAdversarySaysSoBeforeTheFirstStep()
    {
        string message = Assert.Throws<UserError>(() => Train(Config("sigma"), "engine", engine: new PlainEngine()))!.Message;
        Assert.That(message, Does.StartWith("plain engine").And.Contain("--engine ort").And.Contain("gan.weight=0"));
    }

    private RunConfig Config(string preset)
    {
        RunConfig start = Presets.Of(preset, _data);
        return start with
        {
            Model = start.Model with { Widths = [4, 6, 8], DecoderWidths = [], Hidden = 0, DecoderHidden = 0, Latent = 4, PixelFeatures = 6 },
            Training = start.Training with { Steps = 10, Batch = 4, Threads = 1, MaxShift = 1, VisibleShare = 1 },
            Gan = new GanSettings { Weight = 0.5f, Start = 0.5, Widths = [4, 6] },
            Prior = new PriorSettings { Kind = "normal" },
        };
    }

    private RunFolder Train(RunConfig config, string name, bool resume = false, long stopAt = long.MaxValue, IEngine? engine = null, IProcessGroup? group = null)
    {
        var folder = new RunFolder(Path.Combine(_box.Root, ".runs", name));
        using var stop = new CancellationTokenSource();
        void Report(LogEntry entry)
        {
            if (entry.Step >= stopAt) stop.Cancel();
        }
        new TrainingLoop(config, _data, folder, engine ?? new OrtEngine(1, group), Report, group).Run(resume, stop.Token);
        return folder;
    }

    private static TrainingState Load(RunFolder folder, RunConfig config) =>
        Checkpoint.Load(folder.CheckpointPath, new VaeGraph(config.Model, batch: 2).Graph.ParameterCount).State;

    private sealed class PlainEngine : IEngine
    {
        public string Description => "plain engine";

        public ITrainingSession Start(TrainingGraph graph, TrainingState state) => throw new NotSupportedException();

        public IInference Infer(Graph graph, float[] weights, System.Collections.Generic.IReadOnlyList<Value> inputs, System.Collections.Generic.IReadOnlyList<Value> outputs) =>
            throw new NotSupportedException();
    }
}
