using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Data;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Models;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Training;

/// <summary>Several that share a batch, processes or lanes, train what one trains alone; <see cref="MpiTests"/> has the processes.</summary>
public sealed class GroupTrainingTests
{
    private const int Steps = 12, Batch = 4;
    private SpriteBox _box = null!;
    private Dataset _data = null!;
    private DataSettings _reading = null!;

    [OneTimeSetUp]
    public void Paint()
    {
        _box = new SpriteBox();
        _reading = _box.PaintHeroes(48);
        _data = Dataset.Load(_reading);
    }

    [OneTimeTearDown]
    public void Remove() => _box.Dispose();

    // Free bits and the fitted variance are numbers of the whole batch: a part's own would give another gradient.
    [TestCase("palette", 2, 0f)]
    [TestCase("palette", 3, 0.05f)]
    [TestCase("sigma", 2, 0.05f)]
    [TestCase("sigma", 2, 0f)]
    [TestCase("palette", 2, 0.05f)]
    // What is left to chance follows the sprite, whichever process has it: spoilt pixels, hidden labels.
    [TestCase("denoising", 2, 0f)]
    [TestCase("cvae", 2, 0f)]
    public void PartsOfABatchGiveTheWeightsOfTheWhole(string preset, int size, float freeBits)
    {
        RunConfig config = Config(preset, freeBits);
        config = config with { Training = config.Training with { Batch = size * Batch } };
        (TrainingState alone, string folder) = Train(config, null);
        (TrainingState State, string Folder)[] together = LaneGroup.Run(size, size, lane => Train(config, lane));
        foreach ((TrainingState state, _) in together)
        {
            Assert.That(state.Weights, Is.EqualTo(together[0].State.Weights), "all processes hold the same bits");
            for (int i = 0; i < state.Weights.Length; i++)
                Assert.That(state.Weights[i], Is.EqualTo(alone.Weights[i]).Within(1e-5), $"weight {i}");
        }
        Assert.That(together.Skip(1).Select(one => Directory.Exists(one.Folder)), Is.All.False, "only the first writes");
        Assert.That(TrainingLog.Read(new RunFolder(together[0].Folder).LogPath), Is.Not.Empty);
        Assert.That(new RunFolder(together[0].Folder).LoadConfig().Training.Batch, Is.EqualTo(size * Batch), "the settings speak of the whole batch");
        LogEntry Last(string of) => TrainingLog.Read(new RunFolder(of).LogPath)[^1];
        Assert.That(Last(together[0].Folder).Reconstruction, Is.EqualTo(Last(folder).Reconstruction).Within(0.01));
    }

    [Test]
    public void AnEngineWithThreadsTrainsInLanes()
    {
        RunConfig config = Config("palette", 0f);
        config = config with { Training = config.Training with { Batch = 16, Threads = 2 } };
        var folder = new RunFolder(Path.Combine(_box.Root, $".run-{Guid.NewGuid():N}"));
        var engine = new OrtEngine(2);
        Assert.That((engine.LanesFor(16), engine.LanesFor(8), new OrtEngine(1).LanesFor(16)), Is.EqualTo((2, 1, 1)));
        (TrainingLog log, bool finished) = LaneTraining.Run(config, _data, folder, engine, _ => { }, resume: false, CancellationToken.None);
        Assert.That(finished && log.Entries[^1].Step == Steps, Is.True);
        (log, finished) = LaneTraining.Run(config with { Training = config.Training with { Steps = 2 * Steps } }, _data, folder, engine, _ => { }, resume: true, CancellationToken.None);
        Assert.That((finished, log.Entries[^1].Step), Is.EqualTo((true, 2 * Steps)));
        Assert.That(TrainedModel.Load(folder, config, _data).Export().Decoder(VaeContent.Trainer.Graphs.WeightPrecision.Float32), Is.Not.Empty);
    }

    private RunConfig Config(string preset, float freeBits)
    {
        RunConfig start = Presets.Of(preset, _data);
        return start with
        {
            Data = _reading,
            Model = start.Model with { Widths = [4, 6, 8], DecoderWidths = [], Hidden = 0, DecoderHidden = 0, Latent = 4, PixelFeatures = 6, Activation = Activation.Silu },
            Training = start.Training with { Steps = Steps, Batch = Batch, Threads = 1, MaxShift = 1, LabelDropout = 0.3f, FreeBits = freeBits, VisibleShare = 1 },
        };
    }

    private (TrainingState State, string Folder) Train(RunConfig config, IProcessGroup? group)
    {
        string folder = Path.Combine(_box.Root, $".run-{Guid.NewGuid():N}");
        var engine = new KeepingEngine(new OrtEngine(1, group));
        new TrainingLoop(config, _data, new RunFolder(folder), engine, _ => { }, group).Run(resume: false, CancellationToken.None);
        return (engine.Last!, folder);
    }

    /// <summary>Remembers the state that was read last: only the first process of a group writes a checkpoint.</summary>
    private sealed class KeepingEngine(IEngine engine) : IEngine
    {
        public TrainingState? Last { get; private set; }

        public string Description => engine.Description;

        public ITrainingSession Start(VaeContent.Trainer.Graphs.TrainingGraph graph, TrainingState state)
        {
            Last = state;
            return engine.Start(graph, state);
        }

        public IInference Infer(VaeContent.Trainer.Graphs.Graph graph, float[] weights, IReadOnlyList<VaeContent.Trainer.Graphs.Value> inputs,
            IReadOnlyList<VaeContent.Trainer.Graphs.Value> outputs) => engine.Infer(graph, weights, inputs, outputs);
    }
}
