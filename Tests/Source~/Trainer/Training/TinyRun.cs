using System;
using System.IO;
using System.Threading;
using VaeContent.Tests.Trainer.Data;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Training;

/// <summary>
/// Whole runs of a few seconds: painted heroes, nets of some hundred weights, folders that are gone when this is disposed.
/// </summary>
internal sealed class TinyRun : IDisposable
{
    private readonly SpriteBox _box = new();

    public TinyRun(int heroes = 48)
    {
        Reading = _box.PaintHeroes(heroes);
        Data = Dataset.Load(Reading);
    }

    public Dataset Data { get; }

    public DataSettings Reading { get; }

    /// <summary>
    /// Ten steps at batch 4 of a preset's model, made tiny, on one thread. <c>gan</c>: sigma with a discriminator that joins half
    /// way.
    /// </summary>
    public RunConfig Config(string preset)
    {
        RunConfig start = Presets.ForDataset(preset == "gan" ? "sigma" : preset, Data);
        return start with
        {
            From = null,
            Data = Reading,
            Model = start.Model with
            {
                ContextChannels = start.Model.ContextChannels > 0 ? 3 : 0,
                Widths = [4, 6, 8],
                DecoderWidths = [],
                Hidden = 0,
                DecoderHidden = 0,
                Latent = 4,
                PixelFeatures = 6,
                Activation = Activation.Silu
            },
            Training = start.Training with { Epochs = 0, Steps = 10, Batch = 4, Threads = 1, Flip = true, MaxShift = 1 },
            Gan = preset == "gan" ? new GanSettings { Weight = 0.5f, Start = 0.5, Widths = [4, 6] } : new GanSettings(),
            Prior = new PriorSettings { Kind = "normal" },
        };
    }

    public RunFolder Folder(string name) => new(Path.Combine(_box.Root, ".runs", name));

    /// <summary>Trains in the calling thread, and stops after a step where asked to.</summary>
    /// <param name="config">The run's settings.</param>
    /// <param name="name">Of its folder.</param>
    /// <param name="resume">Whether it continues.</param>
    /// <param name="stopAt">The step after which it is stopped.</param>
    /// <param name="group">Who shares the batch.</param>
    /// <param name="after">Called with each entry of the log, and what is training.</param>
    /// <returns>The weights it ends with.</returns>
    public float[] Train(RunConfig config, string name, bool resume = false, long stopAt = long.MaxValue,
        IProcessGroup? group = null, Action<LogEntry, TrainingReplica>? after = null)
    {
        using var stop = new CancellationTokenSource();
        TrainingReplica replica = null!;
        void Report(LogEntry entry)
        {
            if (entry.Step + 1 >= stopAt) stop.Cancel(); // the step under way is the last
            after?.Invoke(entry, replica);
        }
        using var loop = new TrainingLoop(config, Data, Folder(name), Report, group);
        replica = loop.Replica;
        loop.Run(resume, stop.Token);
        return loop.Replica.Model.Flat();
    }

    /// <summary>Its checkpoint: step and state. The seconds it took differ from run to run.</summary>
    public (long Step, byte[] State) State(RunConfig config, string name)
    {
        using var model = new VaeModel(config.Model);
        Checkpoint stored = Checkpoint.Load(Folder(name).CheckpointPath, model.ParameterCount());
        return (stored.Step, stored.State);
    }

    public LogEntry[] Log(string name) => [.. TrainingLog.Read(Folder(name).LogPath)];

    /// <summary>The file it ships.</summary>
    public byte[] Shipped(RunConfig config, string name) =>
        TrainedModel.Load(Folder(name), config, Data).Export().Decoder(WeightPrecision.Float32);

    public void Dispose() => _box.Dispose();
}
