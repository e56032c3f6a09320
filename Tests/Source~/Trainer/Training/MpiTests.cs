using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
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
    private static readonly string[] Small =
    [
        "--preset", "palette", "--set", "model.widths=[4,6,8]", "--set", "model.decoderWidths=[]", "--set", "model.hidden=0",
            "--set", "model.decoderHidden=0",
        "--set", "model.latent=4", "--set", "prior.kind=mixture", "--set", "training.threads=1",
    ];

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
        (int code, string output) = Start(processes: 1, alone, "--steps", "50", "--set", "training.batch=8").Wait();
        Assert.That(code, Is.Zero, output);
        (code, output) = Start(processes: 2, together, "--steps", "50", "--set", "training.batch=4").Wait();
        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Contain("processes  2, each with 4 sprites of every batch of 8"));
        Assert.That(output.Split("trained ").Length, Is.EqualTo(2), "only the first process talks");

        float[] expected = Weights(alone, 50), found = Weights(together, 50);
        Assert.That(found.Zip(expected, (a, b) => Math.Abs(a - b)).Max(), Is.LessThan(1e-5f));
    }

    [Test]
    public void AKilledProcessEndsTheJobWithAMessageAndACheckpointToResume()
    {
        string run = At("killed");
        using var job = Start(processes: 2, run, "--steps", "100000000", "--set", "training.batch=4");
        var log = new RunFolder(run).CheckpointPath;
        for (int i = 0; i < 1200 && !File.Exists(log) && !job.HasEnded; i++) Thread.Sleep(50);
        Thread.Sleep(1000);
        int victim = job.Children().Max();
        Process.GetProcessById(victim).Kill();
        (int code, string output) = job.Wait();
        Assert.That(code, Is.Not.Zero);
        Assert.That(output, Does.Contain("signal 9"), "mpirun says who died, and of what");

        Assert.That(Load(run).Step, Is.GreaterThanOrEqualTo(0));
        (code, output) = Start(processes: 1, run, "--resume").Wait(seconds: 5);
        Assert.That(output, Does.Not.Contain("vaecontent:"), "the checkpoint is as good as any");
    }

    [Test]
    public void AMistakeOfOneProcessEndsAll()
    {
        (int code, string output) = Start(processes: 2, At("mistake"), "--steps", "10", "--set", "training.batch=0").Wait();
        Assert.That(code, Is.Not.Zero);
        Assert.That(output, Does.Contain("training.batch=0"));
    }

    private static void RequireOpenMpi()
    {
        try
        {
            using var probe = new Job("mpirun", ["--version"]);
            if (probe.Wait().Output.Contains("Open MPI", StringComparison.Ordinal)) return;
        }
        catch (Win32Exception)
        {
            // There is no such program.
        }
        Assert.Ignore("Open MPI is not installed; .ci/run installs it on Debian");
    }

    private string At(string name) => Path.Combine(_box.Root, ".runs", name);

    private Job Start(int processes, string run, params string[] arguments)
    {
        string[] train = [Path.Combine(AppContext.BaseDirectory, "VaeContent.Trainer.dll"), "train",
            Path.Combine(_box.Root, "heroes"), "--out", run, .. arguments];
        if (!arguments.Contains("--resume")) train = [.. train, .. Small];
        return processes == 1 ? new Job("dotnet", train)
            : new Job("mpirun", ["--bind-to", "none", "--oversubscribe", "-n", $"{processes}", "dotnet", .. train]);
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

    /// <summary>A program that runs beside the test; killed when disposed.</summary>
    private sealed class Job : IDisposable
    {
        private readonly Process _process;
        private readonly StringBuilder _output = new();

        public Job(string program, IEnumerable<string> arguments)
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            // Containers and build machines run as root, which Open MPI only does when told so.
            start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
            _process = new Process { StartInfo = start };
            DataReceivedEventHandler keep = (_, line) => { lock (_output) _output.AppendLine(line.Data); };
            _process.OutputDataReceived += keep;
            _process.ErrorDataReceived += keep;
            _process.Start();
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }

        public bool HasEnded => _process.HasExited;

        public IEnumerable<int> Children() => File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);

        public (int Code, string Output) Wait(int seconds = 240)
        {
            bool ended = _process.WaitForExit(TimeSpan.FromSeconds(seconds));
            if (ended) _process.WaitForExit(); // the output, too
            else _process.Kill(entireProcessTree: true);
            lock (_output) return (ended ? _process.ExitCode : -1, _output.ToString());
        }

        public void Dispose()
        {
            if (!_process.HasExited) _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }
    }
}
