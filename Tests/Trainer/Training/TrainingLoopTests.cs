using System;
using System.Collections.Generic;
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

public sealed class TrainingLoopTests
{
    private SpriteBox _box = null!;
    private RunConfig _config = null!;
    private Dataset _data = null!;

    [OneTimeSetUp]
    public void Paint()
    {
        _box = new SpriteBox();
        DataSettings reading = _box.PaintHeroes(48);
        _data = Dataset.Load(reading);
        RunConfig start = Presets.Of("palette", _data);
        _config = start with
        {
            Data = reading,
            Model = start.Model with { Widths = [4, 6, 8], DecoderWidths = [], Hidden = 0, DecoderHidden = 0, Latent = 4, PixelFeatures = 6 },
            Training = start.Training with { Steps = 10, Batch = 4, Threads = 2, Flip = true, MaxShift = 1 },
        };
    }

    [OneTimeTearDown]
    public void Remove() => _box.Dispose();

    [Test]
    public void AStoppedAndResumedRunIsTheUnbrokenOne()
    {
        (RunFolder straight, bool finished) = Train("straight", resume: false);
        Assert.That(finished, Is.True);

        (RunFolder broken, finished) = Train("broken", resume: false, stopAt: 5);
        Assert.That(finished, Is.False);
        Assert.That(Load(broken).Step, Is.EqualTo(5));
        (broken, finished) = Train("broken", resume: true);
        Assert.That(finished, Is.True);

        var (expectedStep, _, expected) = Load(straight);
        var (step, _, found) = Load(broken);
        Assert.That((step, expectedStep), Is.EqualTo((10L, 10L)));
        Assert.That(found.Weights, Is.EqualTo(expected.Weights), "weights, bit for bit");
        Assert.That(found.FirstMoment, Is.EqualTo(expected.FirstMoment));
        Assert.That(found.SecondMoment, Is.EqualTo(expected.SecondMoment));
        Assert.That(found.Average, Is.EqualTo(expected.Average));
        Assert.That(TrainingLog.Read(broken.LogPath).Select(entry => (entry.Step, entry.Reconstruction, entry.Kl, entry.HeldOutKl)),
            Is.EqualTo(TrainingLog.Read(straight.LogPath).Select(entry => (entry.Step, entry.Reconstruction, entry.Kl, entry.HeldOutKl))), "log");
        Assert.That(TrainedModel.Load(broken).Export().Decoder(WeightPrecision.Float32), Is.EqualTo(TrainedModel.Load(straight).Export().Decoder(WeightPrecision.Float32)), "the shipped file, byte for byte");
    }

    [Test]
    public void AFinishedRunResumedDoesNothing()
    {
        (RunFolder folder, _) = Train("finished", resume: false);
        byte[] weights = File.ReadAllBytes(folder.CheckpointPath);
        float[] before = Load(folder).State.Weights;
        (_, bool finished) = Train("finished", resume: true);
        Assert.That(finished, Is.True);
        Assert.That(Load(folder).State.Weights, Is.EqualTo(before));
        Assert.That(TrainingLog.Read(folder.LogPath), Has.Count.EqualTo(10));
        Assert.That(weights, Is.Not.Empty);
    }

    [Test]
    public void AnotherModelCannotResume()
    {
        Train("changed", resume: false, stopAt: 2);
        RunConfig other = _config with { Model = _config.Model with { Latent = 5 } };
        string message = Assert.Throws<UserError>(() => Train("changed", resume: true, config: other))!.Message;
        Assert.That(message, Does.Contain("weights").And.Not.Contain("\n"));
    }

    [Test]
    public void AnotherSeedGivesOtherWeights()
    {
        float[] Weights(long seed) => Load(Train($"seed{seed}", resume: false, stopAt: 2, config: _config with { Training = _config.Training with { Seed = seed } }).Folder).State.Weights;
        Assert.That(Weights(1), Is.Not.EqualTo(Weights(2)));
    }

    [Test]
    public void TheConfigOfARunRepeatsIt()
    {
        (RunFolder folder, _) = Train("config", resume: false, stopAt: 1);
        RunConfig stored = folder.LoadConfig();
        Assert.That(stored.Model, Is.EqualTo(_config.Model));
        Assert.That(stored.Training, Is.EqualTo(_config.Training));
        Assert.That(stored.Data.Folder, Is.EqualTo(_config.Data.Folder));
    }

    [Test]
    public void ADivergedRunSaysWhatToDo()
    {
        string message = Assert.Throws<UserError>(() => Train("wild", resume: false, engine: new DivergingEngine(times: int.MaxValue)))!.Message;
        Assert.That(message, Does.Contain("step 3").And.Contain("training.learningRate=0.000125").And.Not.Contain("\n"));
    }

    [Test]
    public void ARunThatDivergesOnceGoesOnMoreCarefully()
    {
        var (folder, finished) = Train("shy", resume: false, engine: new DivergingEngine(times: 1));
        Assert.That(finished, Is.True);
        LogEntry[] after = [.. TrainingLog.Read(folder.LogPath)];
        Assert.That(after.Select(entry => entry.Step), Is.Ordered.And.Unique);
        var (straight, _) = Train("bold", resume: false);
        Assert.That(after[^1].LearningRate, Is.EqualTo(TrainingLog.Read(straight.LogPath)[^1].LearningRate / 2));
    }

    private (RunFolder Folder, bool Finished) Train(string name, bool resume, long stopAt = long.MaxValue, RunConfig? config = null,
        IEngine? engine = null)
    {
        config ??= _config;
        var folder = new RunFolder(Path.Combine(_box.Root, "runs", name));
        using var cancel = new CancellationTokenSource();
        void Report(LogEntry entry)
        {
            if (entry.Step >= stopAt) cancel.Cancel();
        }
        var loop = new TrainingLoop(config, _data, folder, engine ?? new OrtEngine(config.Training.Threads), Report);
        return (folder, loop.Run(resume, cancel.Token).Finished);
    }

    private (long Step, double Seconds, TrainingState State) Load(RunFolder folder)
    {
        IReadOnlyList<Parameter> parameters = new VaeGraph(_config.Model, batch: 2).Graph.Parameters;
        return Checkpoint.Load(folder.CheckpointPath, parameters.Sum(parameter => parameter.Value.Count));
    }

    // Its third step fails as a real one would.
    private sealed class DivergingEngine(int times) : IEngine
    {
        private int _started;

        public string Description => "diverges";

        public ITrainingSession Start(TrainingGraph graph, TrainingState state) =>
            _started++ < times ? new Session(new OrtEngine(1).Start(graph, state)) : new OrtEngine(1).Start(graph, state);

        public IInference Infer(Graph graph, float[] weights, IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs) =>
            throw new NotSupportedException();

        private sealed class Session(ITrainingSession real) : ITrainingSession
        {
            public TimeSpan TimeInRuntime => real.TimeInRuntime;

            public Span<T> Input<T>(Value input) where T : unmanaged => real.Input<T>(input);

            public ReadOnlySpan<float> Step(in StepSettings settings) => settings.Step == 3 ? [1f, float.NaN, 1f] : real.Step(settings);

            public ReadOnlySpan<float> Evaluate() => real.Evaluate();

            public void Read(TrainingState state) => real.Read(state);

            public void Dispose() => real.Dispose();
        }
    }
}
