using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using TorchSharp;
using VaeContent.Trainer.Export;
using VaeContent.Trainer.Model;

namespace VaeContent.Trainer.Training;

/// <summary>
/// Trains a model from a run's settings, and keeps its folder up to date while it does. In a group each process takes its own
/// part of every batch, all end up with the same weights, and the first one decides, reports and keeps the folder.
/// </summary>
internal sealed class TrainingLoop : IDisposable
{
    private const double LogEvery = 0.005, HeldOutEvery = 0.05;
    private const int HeldOutBatches = 8;
    private const float SmallestCaution = 0.1f;

    // Most changes early.
    private static readonly double[] PreviewsAt = [0.05, 0.1, 0.25, 0.5, 0.75, 1.0];
    // Each save needs room for one more until it takes the earlier one's place; then come the prior, previews and log.
    private const int RoomPerCheckpoint = 2;

    private static readonly TimeSpan CheckpointEvery = TimeSpan.FromSeconds(60), SharedCheckpointEvery = TimeSpan.FromSeconds(20);

    private readonly RunConfig _whole, _config; // as the run's folder has it, and with this process's part of a batch
    private readonly Dataset _data;
    private readonly RunFolder _folder;
    private readonly Action<LogEntry> _report;
    private readonly IProcessGroup? _group;
    private readonly Duration _duration;
    private readonly Schedule _schedule;
    private readonly TrainingReplica _replica;
    private readonly TrainingBatch _batch;
    private readonly BatchFeed _feed;
    private readonly LogInterval _interval = new();
    private readonly Stopwatch _clock = new();

    private TrainingLog _log = TrainingLog.Open(null);
    private Checkpoint _kept = null!; // what a diverged run goes back to
    private Decision _now;
    private TimeSpan _saved;
    private long _step;
    private double _secondsBefore, _logAt, _heldOutAt, _previewAt;
    private float _caution = 1f;

    /// <summary>A loop that calls <paramref name="report"/> after each interval.</summary>
    /// <exception cref="UserError">A setting is outside its range.</exception>
    public TrainingLoop(RunConfig config, Dataset data, RunFolder folder, Action<LogEntry> report, IProcessGroup? group = null,
        torch.Device? device = null)
    {
        _whole = config;
        _group = group;
        _config = group.PartOf(config);
        _config.Training.ValidateFor(_config.Model);
        _config.Gan.Validate(_config.Training);
        if (_config.Training.CrossPose && data.All.Poses.Count == 0)
            throw new UserError("training.crossPose=true needs characters in poses, and the trainer finds none in these "
                + "sprites: see --poses, or leave it out.");
        (_data, _folder, _report) = (data, folder, report);
        _duration = Duration.FromConfig(config);
        _schedule = new Schedule(_config.Training);
        LibTorch.UseThreads(group?.Threads ?? config.Training.ThreadCount);
        _replica = new TrainingReplica(_config, data.Palette.Palette, group, device);
        _batch = new TrainingBatch(_config.Model, _config.Training.Batch, _config.Training.Samples,
            _config.Training.Corruption > 0f, _config.Training.CrossPose);
        _feed = new BatchFeed(_config, data, group);
    }

    /// <summary>What training changes.</summary>
    public TrainingReplica Replica => _replica;

    private bool IsFirst => _group.IsFirst();

    private double Seconds => _secondsBefore + _clock.Elapsed.TotalSeconds;

    /// <summary>Trains to the end, or until cancelled; either way the folder holds where it stopped.</summary>
    /// <returns>The log, and whether the end was reached.</returns>
    /// <exception cref="UserError">The folder cannot be written, the checkpoint cannot be resumed, or training
    /// diverged.</exception>
    public (TrainingLog Log, bool Finished) Run(bool resume, CancellationToken cancel)
    {
        Start(resume);
        GoOn(cancel);
        while (_now.Progress < 1.0 && !_now.Stop)
        {
            JoinDiscriminator();
            long epoch = _feed.Epoch;
            double progress = _now.Progress;
            StepSettings used = _schedule.At(++_step, progress);
            used = used with { LearningRate = used.LearningRate * _caution };
            Losses losses = Step(used, progress);
            if (!losses.AreFinite)
            {
                GoBack();
                GoOn(cancel);
                continue;
            }
            _interval.Add(losses, _replica.Joined is not null);
            Decide(cancel);
            Preview();
            Log(used, _schedule.Beta(progress), isEpochOver: _duration.IsByEpochs && _feed.Epoch > epoch);
            if (_now.Save) Save();
        }
        Save();
        return (_log, _now.Progress >= 1.0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _replica.Dispose();
        _batch.Dispose();
    }

    // What would fail at the end fails here; then the start of training, or where it stopped, is on disk before the first step.
    private void Start(bool resume)
    {
        if (IsFirst)
        {
            BundleExport.DryRun(_replica.Averaged!, _data);
            _folder.SaveConfig(_whole);
        }
        Tidy();
        if (resume)
        {
            Checkpoint stored = Checkpoint.Load(_folder.CheckpointPath, _replica.Model.ParameterCount());
            (_step, _secondsBefore) = (stored.Step, stored.Seconds);
            stored.Restore(_replica.Read);
        }
        else if (_config.From is { } from)
        {
            StartFrom(from);
        }
        _log = TrainingLog.Open(IsFirst ? _folder.LogPath : null, _step);
        _clock.Start();
        Save();
        if (IsFirst) DiskRoom.Require(_folder.Path, RoomPerCheckpoint * new FileInfo(_folder.CheckpointPath).Length);
    }

    private void StartFrom(string folder)
    {
        using BaseModel start = BaseModel.Load(folder);
        double share = start.Start(_replica.Model, _data.Palette.Palette);
        if (_replica.Averaged is not { } averaged) return;
        start.Start(averaged, _data.Palette.Palette);
        Console.WriteLine($"starts     with the weights of {folder}: {share:P0} of this model's");
    }

    // What the first process finds holds for all: their clocks differ.
    private void Decide(CancellationToken cancel)
    {
        TimeSpan every = _group is null ? CheckpointEvery : SharedCheckpointEvery;
        _now = new Decision(_duration.Progress(_step, Seconds), cancel.IsCancellationRequested, _clock.Elapsed - _saved > every);
        if (_group is null) return;
        Span<double> shared = [_now.Progress, _now.Stop ? 1 : 0, _now.Save ? 1 : 0];
        _group.Broadcast(shared);
        _now = new Decision(shared[0], shared[1] != 0, shared[2] != 0);
    }

    // From the step that was reached.
    private void GoOn(CancellationToken cancel)
    {
        Decide(cancel);
        (_logAt, _heldOutAt, _previewAt) = (_now.Progress, _now.Progress, PreviewAfter(_now.Progress));
    }

    private void JoinDiscriminator()
    {
        if (_replica.Joined is not null || !_config.Gan.Joins(_now.Progress)) return;
        _replica.Join(_step);
        Keep();
    }

    private Losses Step(in StepSettings settings, double progress)
    {
        _feed.Fill(_batch, _step, Schedule.Augmentation(progress), isOpposed: _replica.Joined is not null);
        return _replica.Step(_batch, settings, _schedule.Beta(progress), _schedule.Capacity(progress), _config.Gan.At(progress));
    }

    // From the last good weights, more carefully.
    private void GoBack()
    {
        if (_caution < SmallestCaution)
        {
            float rate = _config.Training.LearningRate * _caution;
            throw new UserError(
                $"training diverged at step {_step} repeatedly: the losses are NaN or infinite. Lower it: --set "
                + $"training.learningRate={rate}.");
        }
        _kept.Restore(_replica.Read);
        _step = _kept.Step;
        _caution *= 0.5f;
        _log = TrainingLog.Open(IsFirst ? _folder.LogPath : null, _step);
    }

    private void Preview()
    {
        if (_now.Progress < _previewAt) return;
        Keep();
        if (IsFirst) Training.Preview.Save(_folder.PreviewPath(_step), _replica.Averaged!, _data, _config.Training.Seed);
        Tidy();
        _previewAt = PreviewAfter(_now.Progress);
    }

    private void Log(in StepSettings used, float beta, bool isEpochOver)
    {
        double progress = _now.Progress;
        if (!IsFirst || !(progress >= _logAt || progress >= 1.0 || isEpochOver)) return;
        bool judge = isEpochOver || progress >= 1.0 || (!_duration.IsByEpochs && progress >= _heldOutAt);
        LogEntry entry = _interval.Close(_step, progress, Seconds, _feed.Epoch, used, beta, judge ? Judge() : null);
        if (judge)
        {
            entry = LatentMonitor.Look(entry, _replica.Averaged!, _config, _data);
            Tidy();
            _heldOutAt = Next(_heldOutAt, HeldOutEvery, progress);
        }
        _log.Add(entry);
        _report(entry);
        _logAt = Next(_logAt, LogEvery, progress);
    }

    // The losses of held-out sprites, always the same ones with the same noise.
    private Losses Judge()
    {
        int most = _duration.IsByEpochs ? int.MaxValue : HeldOutBatches * _whole.Training.Batch / _config.Training.Batch;
        int batches = Math.Min(_feed.HeldOutBatches(_data.HeldOut.Sprites.Count), most);
        float reconstruction = 0, kl = 0;
        for (int i = 0; i < batches; i++)
        {
            _feed.FillHeldOut(_batch, i);
            Losses losses = _replica.Evaluate(_batch);
            reconstruction += losses.Reconstruction / batches;
            kl += losses.Kl / batches;
        }
        return new Losses(reconstruction, kl, 0);
    }

    private void Keep() => _kept = Checkpoint.FromState(_step, Seconds, _replica.Model.ParameterCount(), _replica.Write);

    private void Save()
    {
        Keep();
        if (IsFirst) _kept.Save(_folder.CheckpointPath);
        _saved = _clock.Elapsed;
    }

    // Reading leaves much behind, a look at the model some megabytes, and after a large set the collector lets them add up to
    // hundreds.
    private void Tidy()
    {
        if (_data.All.Report.BytesOnDisk > 0) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
    }

    private static double Next(double at, double every, double progress)
    {
        while (at <= progress) at += every;
        return at;
    }

    private static double PreviewAfter(double progress) =>
        PreviewsAt.FirstOrDefault(at => at > progress, double.PositiveInfinity);

    private readonly record struct Decision(double Progress, bool Stop, bool Save);
}
