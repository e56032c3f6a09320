using System;
using System.Diagnostics;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Training;

/// <summary>Trains a model from a run's settings, and keeps its folder up to date while it does.</summary>
internal sealed class TrainingLoop
{
    private const double LogEvery = 0.005, HeldOutEvery = 0.05;

    // Most changes early.
    private static readonly double[] PreviewsAt = [0.05, 0.1, 0.25, 0.5, 0.75, 1.0];
    private static readonly TimeSpan CheckpointEvery = TimeSpan.FromSeconds(60), SharedCheckpointEvery = TimeSpan.FromSeconds(20);
    private const int HeldOutBatches = 8;
    private const float SmallestCaution = 0.1f;

    private readonly RunConfig _whole, _config; // as the run's folder has it, and with this process's part of a batch
    private readonly Dataset _data;
    private readonly RunFolder _folder;
    private readonly IEngine _engine;
    private readonly Action<LogEntry> _report;
    private readonly IProcessGroup? _group;

    /// <summary>
    /// A loop that calls <paramref name="report"/> after each interval. In a group each process takes its own part of every batch, all end up
    /// with the same weights, and the first one decides, reports and keeps the folder.
    /// </summary>
    public TrainingLoop(RunConfig config, Dataset data, RunFolder folder, IEngine engine, Action<LogEntry> report, IProcessGroup? group = null)
    {
        _group = group;
        _whole = config;
        _config = group is null ? config : config with { Training = config.Training with { Batch = group.PartOf(config.Training.Batch) } };
        _data = data;
        _folder = folder;
        _engine = engine;
        _report = report;
    }

    /// <summary>Trains to the end, or until cancelled; either way the folder holds where it stopped.</summary>
    /// <returns>The log, and whether the end was reached.</returns>
    /// <exception cref="UserError">The folder cannot be written, the checkpoint cannot be resumed, or training diverged.</exception>
    public (TrainingLog Log, bool Finished) Run(bool resume, CancellationToken cancel)
    {
        TrainingSettings settings = _config.Training;
        _config.Gan.Validate(settings, _engine);
        var (vae, graph) = Graphs(opposed: false);
        TrainingState state = TrainingState.Initial(vae.Graph, settings.Seed);
        if (IsFirst)
        {
            BundleExport.DryRun(_config.Model, state.Weights, _data);
            _folder.SaveConfig(_whole);
        }
        Tidy();

        long step = 0;
        double secondsBefore = 0;
        if (resume) (step, secondsBefore, state) = Checkpoint.Load(_folder.CheckpointPath, state.Weights.Length);
        if (state.Discriminator > 0) (vae, graph) = Graphs(opposed: true);
        if (graph.Graph.ParameterCount != state.Weights.Length) throw new UserError($"'{_folder.CheckpointPath}' holds another discriminator than config.json describes: gan.widths changed since. Train again, without --resume.");
        TrainingLog log = TrainingLog.Open(IsFirst ? _folder.LogPath : null, step);
        using var session = new RestartableSession(() => new VaeSession(_engine, vae, graph, state));
        long kept = step; // the step that 'state' is of
        float caution = 1f;
        var batches = new BatchSource(_data.Shown, settings.Batch, settings.Seed,
            new AugmentationOptions(settings.Flip, settings.MaxShift), _config.Model.Colours > 0 ? _data.Palette : null);
        var heldOut = new BatchSource(_data.HeldOut, _config.Training.Batch, seed: 0, default, _config.Model.Colours > 0 ? _data.Palette : null);
        var schedule = new Schedule(settings);
        var noise = new BatchNoise(_config);
        var interval = new LogInterval();
        var watch = new LatentWatch(_config, _data);
        var clock = Stopwatch.StartNew();
        TimeSpan saved = TimeSpan.Zero;
        double Seconds() => secondsBefore + clock.Elapsed.TotalSeconds;
        Decision Now() => Agree(new Decision(
            Math.Min(1.0, settings.Steps > 0 ? (double)step / settings.Steps : Seconds() / _config.ModelSeconds),
            cancel.IsCancellationRequested,
            clock.Elapsed - saved > (_group is null ? CheckpointEvery : SharedCheckpointEvery)));

        using IDisposable? rescue = OnEnd(() =>
        {
            TrainingState last = state.Blank();
            Save(session.Current, last, step, Seconds());
            Console.Error.WriteLine($"vaecontent: told to end, by mpirun or a person; '{_folder.CheckpointPath}' holds about step {step}, and --resume continues");
        });
        if (_group is not null) Save(session.Current, state, step, Seconds());
        Decision now = Now();
        double progress = now.Progress, logAt = progress, heldOutAt = progress, previewAt = PreviewAfter(progress);
        while (progress < 1.0 && !(_group is null ? cancel.IsCancellationRequested : now.Stop))
        {
            if (state.Discriminator == 0 && _config.Gan.Joins(progress))
            {
                session.Current.Read(state);
                (vae, graph) = Graphs(opposed: true);
                state = state.Join(graph.Graph, settings.Seed, kept = step);
                session.Restart();
            }
            step++;
            long epoch = batches.Epoch;
            Feed(session.Current, batches, settings.Seed, step, Schedule.Augmentation(progress), _group);
            noise.Apply(session.Current, settings.Seed, Part(step, _group), training: true);
            StepSettings used = schedule.At(step, progress);
            used = used with
            {
                LearningRate = used.LearningRate * caution,
                Adversary = _config.Gan.At(step - state.Joined, progress),
            };
            float beta = schedule.Beta(progress);
            Losses losses = session.Current.Step(used, beta, schedule.Capacity(progress));
            if (!float.IsFinite(losses.Reconstruction + losses.Kl + losses.GradientNorm + losses.Discriminator))
            {
                if (caution < SmallestCaution)
                    throw new UserError($"training diverged at step {step} (losses are no longer numbers), again and again. Lower it: --set training.learningRate={settings.LearningRate * caution}.");
                // Go on from the last good weights, more carefully.
                session.Restart();
                step = kept;
                caution *= 0.5f;
                log = TrainingLog.Open(IsFirst ? _folder.LogPath : null, step);
                continue;
            }
            interval.Add(losses, state.Discriminator > 0);

            now = Now();
            progress = now.Progress;
            if (progress >= previewAt)
            {
                session.Current.Read(state);
                kept = step;
                if (IsFirst) Preview.Save(_folder.PreviewPath(step), _config.Model, state.Shipped, _data, settings.Seed);
                Tidy();
                previewAt = PreviewAfter(progress);
            }
            bool turned = settings.Epochs > 0 && batches.Epoch > epoch;
            if (IsFirst && (progress >= logAt || progress >= 1.0 || turned))
            {
                bool judge = turned || progress >= 1.0 || (settings.Epochs == 0 && progress >= heldOutAt);
                LogEntry entry = interval.Close(step, progress, Seconds(), batches.Epoch, used, beta, judge ? Judge(session.Current, heldOut, noise) : null);
                if (judge)
                {
                    // What a diverged run goes back to has to be the same for every process of a group.
                    TrainingState looked = _group is null ? state : state.Blank();
                    session.Current.Read(looked);
                    if (_group is null) kept = step;
                    entry = watch.Look(entry, looked.Shipped);
                    Tidy();
                }
                log.Add(entry);
                _report(entry);
                logAt = Next(logAt, LogEvery, progress);
                if (judge) heldOutAt = Next(heldOutAt, HeldOutEvery, progress);
            }
            if (now.Save)
            {
                Save(session.Current, state, step, Seconds());
                kept = step;
                saved = clock.Elapsed;
            }
        }
        Save(session.Current, state, step, Seconds());
        return (log, progress >= 1.0);
    }

    private (VaeGraph, TrainingGraph) Graphs(bool opposed)
    {
        var vae = new VaeGraph(_config.Model, _config.Training.Batch, _config.Training.Objective(_config.Model, _data.Palette.Palette));
        AdversaryGraph? adversary = opposed ? new AdversaryGraph(vae, _config.Gan.Widths, _data.Palette.Palette.Colours.ToArray()) : null;
        return (vae, new TrainingGraph(vae, _config.Training.GradientClip, adversary));
    }

    // Reading leaves much behind, a look at the model some megabytes, and after a large set the collector lets them add up to hundreds.
    private void Tidy()
    {
        if (_data.All.Report.BytesOnDisk > 0) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
    }

    private static double Next(double at, double every, double progress)
    {
        while (at <= progress) at += every;
        return at;
    }

    private static double PreviewAfter(double progress) => PreviewsAt.FirstOrDefault(at => at > progress, double.PositiveInfinity);

    /// <summary>
    /// Gives a session the sprites and the noise of step <paramref name="step"/>, counted from 1. The parts of a group's processes, one after the
    /// other, are what one process would be given at a batch as large as theirs together.
    /// </summary>
    public static void Feed(VaeSession session, BatchSource batches, long seed, long step, float augmentation, IProcessGroup? group = null)
    {
        long part = Part(step, group);
        batches.Position = (part - (group?.Size ?? 1)) * batches.BatchSize;
        batches.Next(session.Sprites, session.Indices, session.Label, augmentation);
        Fill(session.Noise, seed, part);
    }

    // The parts of all batches, one after the other: the step itself for a process that trains alone.
    private static long Part(long step, IProcessGroup? group) => group is null ? step : (step * group.Size) + group.Rank;

    private bool IsFirst => _group is null or { Rank: 0 };

    // What the first process finds holds for all: their clocks differ.
    private Decision Agree(in Decision own)
    {
        if (_group is null) return own;
        Span<double> shared = [own.Progress, own.Stop ? 1 : 0, own.Save ? 1 : 0];
        _group.Share(shared);
        return new Decision(shared[0], shared[1] != 0, shared[2] != 0);
    }

    // A process of a group may be waiting for one that died, so another thread has to do it; the first one alone keeps the folder.
    private PosixSignalRegistration? OnEnd(Action rescue) =>
        _group is { Rank: 0 } ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => rescue()) : null;

    // The losses of held-out sprites, always the same ones with the same noise.
    private Losses Judge(VaeSession session, BatchSource heldOut, BatchNoise noise)
    {
        heldOut.Position = 0;
        int most = HeldOutBatches * _whole.Training.Batch / _config.Training.Batch;
        int batches = Math.Clamp(_data.HeldOut.Sprites.Count / _config.Training.Batch, 1, _config.Training.Epochs > 0 ? int.MaxValue : most);
        float reconstruction = 0, kl = 0;
        for (int i = 0; i < batches; i++)
        {
            heldOut.Next(session.Sprites, session.Indices, session.Label);
            Fill(session.Noise, seed: 0, step: i);
            noise.Apply(session, seed: 0, i, training: false);
            Losses losses = session.Evaluate();
            reconstruction += losses.Reconstruction / batches;
            kl += losses.Kl / batches;
        }
        return new Losses(reconstruction, kl, 0);
    }

    private void Save(VaeSession session, TrainingState state, long step, double seconds)
    {
        session.Read(state);
        if (IsFirst) Checkpoint.Save(_folder.CheckpointPath, step, seconds, state);
    }

    private static void Fill(Span<float> noise, long seed, long step)
    {
        var normals = new Sampler(seed, stream: 1 << 20);
        long first = step * noise.Length;
        for (int i = 0; i < noise.Length; i++) noise[i] = normals.Normal(first + i);
    }

    private readonly record struct Decision(double Progress, bool Stop, bool Save);

    private sealed class RestartableSession(Func<VaeSession> start) : IDisposable
    {
        public VaeSession Current { get; private set; } = start();

        public void Restart()
        {
            Current.Dispose();
            Current = start();
        }

        public void Dispose() => Current.Dispose();
    }
}
