using System;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using TorchSharp;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Training;

/// <summary>
/// Several that share a batch, processes or lanes, train what one trains alone; <see cref="MpiTests"/> has the processes.
/// </summary>
public sealed class GroupTrainingTests
{
    private const int Part = 4;
    private TinyRun _run = null!;

    [OneTimeSetUp]
    public void Paint() => _run = new TinyRun();

    [OneTimeTearDown]
    public void Remove() => _run.Dispose();

    // Free bits, the fitted variance, the total correlation and the discrepancy are numbers of the whole batch: a part's own
    // would give another gradient.
    [TestCase("palette", 2, 0f)]
    [TestCase("palette", 3, 0.05f)]
    [TestCase("sigma", 2, 0.05f)]
    [TestCase("sigma", 3, 0f)]
    [TestCase("beta-tcvae", 2, 0f)]
    [TestCase("wae", 2, 0f)]
    [TestCase("wae", 3, 0f)]
    [TestCase("gan", 2, 0.05f)]
    // What is left to chance follows the sprite, whichever lane has it: spoilt pixels, hidden labels.
    [TestCase("denoising", 2, 0f)]
    [TestCase("cvae", 2, 0f)]
    public void PartsOfABatchGiveTheWeightsOfTheWhole(string preset, int size, float freeBits)
    {
        RunConfig config = _run.Config(preset);
        config = config with
        {
            Training = config.Training with
            {
                Batch = size * Part,
                LabelDropout = 0.3f,
                FreeBits = freeBits
            }
        };
        string alone = $"{preset}-{size}-{freeBits}-alone", together = $"{preset}-{size}-{freeBits}-together";
        float[] expected = _run.Train(config, alone);
        float[][] found = LaneGroup.Run(size, size, lane =>
            _run.Train(config, lane.Rank == 0 ? together : $"{together}-{lane.Rank}", group: lane));
        Assert.That(found, Is.All.EqualTo(found[0]), "all lanes hold the same bits");
        Assert.That(found[0].Zip(expected, (a, b) => Math.Abs(a - b)).Max(), Is.LessThan(1e-5f));
        Assert.That(Enumerable.Range(1, size - 1).Select(rank => Directory.Exists(_run.Folder($"{together}-{rank}").Path)),
            Is.All.False, "only the first writes");
        Assert.That(_run.Folder(together).LoadConfig().Training.Batch, Is.EqualTo(size * Part),
            "the settings speak of the whole batch");
        Assert.That(_run.Log(together)[^1].Reconstruction, Is.EqualTo(_run.Log(alone)[^1].Reconstruction).Within(0.01));
    }

    [Test]
    public void ThreadsTrainInLanes()
    {
        RunConfig config = _run.Config("palette");
        config = config with { Training = config.Training with { Batch = 16, Threads = 2 } };
        Assert.That(LaneTraining.Describe(config, torch.CPU, null),
            Does.Match(@"^TorchSharp \d+\.\d+\.\d+, libtorch \d+\.\d+\.\d+, CPU, 2 lanes of 1 threads each$"));
        (TrainingLog log, bool finished) = LaneTraining.Run(config, _run.Data, _run.Folder("lanes"), _ => { }, resume: false,
            CancellationToken.None);
        Assert.That((finished, log.Entries[^1].Step), Is.EqualTo((true, 10L)));
        config = config with { Training = config.Training with { Steps = 20 } };
        (log, finished) = LaneTraining.Run(config, _run.Data, _run.Folder("lanes"), _ => { }, resume: true,
            CancellationToken.None);
        Assert.That((finished, log.Entries[^1].Step), Is.EqualTo((true, 20L)));
        using var sprites = new SpriteGenerator(VaeBundle.Load(_run.Shipped(config, "lanes"), "lanes"));
        Assert.That(sprites.Generate(1).Length, Is.EqualTo(config.Model.Width * config.Model.Height));
    }

    [Test]
    public void AnUnknownDeviceIsNamedWithTheOthers() => Assert.That(() => LaneTraining.DeviceNamed("abacus"),
        Throws.TypeOf<VaeContent.Trainer.UserError>().With.Message.EqualTo("--device abacus: expected auto, cpu, cuda or mps."));
}
