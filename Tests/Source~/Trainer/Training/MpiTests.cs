using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Data;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Training;

/// <summary>The program as <c>mpirun</c> starts it; skipped where Open MPI is not installed.</summary>
[NonParallelizable]
public sealed class MpiTests
{
    /// <summary>Settings of a model that trains in no time.</summary>
    internal static readonly string[] Tiny =
    [
        "--preset", "palette", "--set", "model.widths=[4,6,8]", "--set", "model.decoderWidths=[]", "--set", "model.hidden=0",
        "--set", "model.decoderHidden=0", "--set", "model.latent=4", "--set", "prior.kind=mixture",
    ];

    private static readonly string[] Small = [.. Tiny, "--set", "training.threads=1"];

    private SpriteBox _box = null!;

    [OneTimeSetUp]
    public void Paint()
    {
        RequireOpenMpi();
        _box = new SpriteBox();
        _box.PaintHeroes(64);
    }

    [OneTimeTearDown]
    public void Remove() => _box?.Dispose();

    [Test]
    public void TwoProcessesTrainWhatOneTrainsAtTwiceTheBatch()
    {
        string alone = At("alone"), together = At("together");
        Ending ending = Start(processes: 1, alone, "--steps", "50", "--set", "training.batch=8").Wait();
        ending.IsDone();
        ending = Start(processes: 2, together, "--steps", "50", "--set", "training.batch=4").Wait();
        ending.IsDone();
        Assert.That(ending.Text, Does.Contain("processes  2, each with 4 sprites of every batch of 8"));
        Assert.That(ending.Text.Split("trained ").Length, Is.EqualTo(2), "only the first process talks");

        float[] expected = Weights(alone, 50), found = Weights(together, 50);
        Assert.That(found.Zip(expected, (a, b) => Math.Abs(a - b)).Max(), Is.LessThan(1e-5f));
    }

    [Test]
    public void AKilledProcessEndsTheJobWithAMessageAndACheckpointToResume()
    {
        string[] settings = ["--steps", "300", "--set", "training.batch=4"];
        string whole = At("whole"), run = At("killed");
        Ending ending = Start(processes: 2, whole, settings).Wait();
        ending.IsDone();
        using (TrainerProgram job = Start(processes: 2, run, settings))
        {
            var folder = new RunFolder(run);
            for (int i = 0; i < 2400 && !File.Exists(folder.CheckpointPath) && !job.HasEnded; i++) Thread.Sleep(25);
            Assert.That(job.HasEnded, Is.False, "300 steps take longer than a look at a file");
            Process.GetProcessById(job.Children().Max()).Kill();
            ending = job.Wait();
        }
        Assert.That(ending.Code, Is.Not.Zero);
        Assert.That(ending.Text, Does.Contain("signal 9"), "mpirun says who died, and of what");

        ending = Start(processes: 2, run, "--resume").Wait();
        ending.IsDone();
        Assert.That(Weights(run, 300), Is.EqualTo(Weights(whole, 300)), "bit for bit as if nothing had happened");
    }

    [Test]
    public void AMistakeOfOneProcessEndsAll()
    {
        Ending ending = Start(processes: 2, At("mistake"), "--steps", "10", "--set", "training.batch=0").Wait();
        Assert.That(ending.Code, Is.Not.Zero);
        Assert.That(ending.Text, Does.Contain("training.batch=0"));
    }

    private static void RequireOpenMpi()
    {
        try
        {
            using TrainerProgram probe = TrainerProgram.StartOther("mpirun", ["--version"]);
            if (probe.Wait().Text.Contains("Open MPI", StringComparison.Ordinal)) return;
        }
        catch (Win32Exception)
        {
            // There is no such program.
        }
        Assert.Ignore("Open MPI is not installed; .ci/run installs it on Debian");
    }

    private string At(string name) => Path.Combine(_box.Root, ".runs", name);

    private TrainerProgram Start(int processes, string run, params string[] arguments)
    {
        string[] train = ["train", Path.Combine(_box.Root, "heroes"), "--out", run, .. arguments];
        if (!arguments.Contains("--resume")) train = [.. train, .. Small];
        return processes == 1 ? TrainerProgram.Start(train) : TrainerProgram.StartOther("mpirun",
            ["--bind-to", "none", "--oversubscribe", "-n", $"{processes}", "dotnet", TrainerProgram.Path, .. train]);
    }

    private static float[] Weights(string run, long step)
    {
        var (at, state) = Load(run);
        Assert.That(at, Is.EqualTo(step));
        return state;
    }

    private static (long Step, float[] Weights) Load(string run)
    {
        var folder = new RunFolder(run);
        using var model = new VaeModel(folder.LoadConfig().Model);
        Checkpoint stored = Checkpoint.Load(folder.CheckpointPath, model.ParameterCount());
        stored.Restore(reader => TrainingReplica.ReadAveraged(reader, model));
        return (stored.Step, model.Flat());
    }
}
