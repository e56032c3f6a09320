using System;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Data;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Engines.Torch;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Torch;

/// <summary>Whole runs: a folder of sprites, the product's loop, checkpoints on disk.</summary>
public sealed class TrainingTests
{
    private const int Steps = 200;

    private readonly OrtEngine _ort = new(2);
    private readonly TorchEngine _torch = new(threads: 2);
    private SpriteBox _box = null!;
    private double _before;
    private RunConfig _config = null!;
    private Dataset _data = null!;

    [OneTimeSetUp]
    public void Paint()
    {
        _box = new SpriteBox();
        DataSettings reading = _box.PaintHeroes(120);
        _data = Dataset.Load(reading);
        RunConfig start = Presets.Of("palette", _data);
        _config = start with
        {
            Data = reading,
            Model = start.Model with { Widths = [8, 12, 16], DecoderWidths = [], Hidden = 32, DecoderHidden = 32, Latent = 8 },
            Training = start.Training with { Steps = Steps, Batch = 16, Threads = 2 },
        };
    }

    [OneTimeTearDown]
    public void Remove() => _box.Dispose();

    [Test]
    public void ARunEndsAtTheSameHeldOutLossHoweverEnginesTakeTurns()
    {
        double ort = HeldOut("ort", _ort), torch = HeldOut("torch", _torch);
        double ortTorch = HeldOut("ort-torch", _ort, _torch), torchOrt = HeldOut("torch-ort", _torch, _ort);
        TestContext.Progress.WriteLine(FormattableString.Invariant($"held-out loss at step 200: ort {ort:F5}, torch {torch:F5}, ort then torch {ortTorch:F5}, torch then ort {torchOrt:F5} nats a sprite; {_before:F3} at the first look"));
        Assert.That(ort, Is.LessThan(0.9 * _before), "it learnt something, or the comparison says nothing");
        Assert.That(torch, Is.EqualTo(ort).Within(0.5).Percent);
        Assert.That(ortTorch, Is.EqualTo(ort).Within(0.5).Percent);
        Assert.That(torchOrt, Is.EqualTo(torch).Within(0.5).Percent);
    }

    // Under the last engine; the one before stops half way.
    private double HeldOut(string name, params IEngine[] engines)
    {
        var folder = new RunFolder(Path.Combine(_box.Root, name));
        TrainingLog log = null!;
        for (int i = 0; i < engines.Length; i++)
        {
            using var stop = new CancellationTokenSource();
            bool last = i == engines.Length - 1;
            var loop = new TrainingLoop(_config, _data, folder, engines[i], entry =>
            {
                if (!last && entry.Step >= Steps / 2) stop.Cancel();
            });
            (log, bool finished) = loop.Run(resume: i > 0, stop.Token);
            Assert.That(finished, Is.EqualTo(last));
            if (!last) Assert.That(log.Entries[^1].Step, Is.EqualTo(Steps / 2));
        }
        Assert.That(log.Entries[^1].Step, Is.EqualTo(Steps));
        LogEntry first = log.Entries.First(entry => entry.HeldOutReconstruction is not null);
        _before = first.HeldOutReconstruction!.Value + first.HeldOutKl!.Value;
        return log.Entries[^1].HeldOutReconstruction!.Value + log.Entries[^1].HeldOutKl!.Value;
    }
}
