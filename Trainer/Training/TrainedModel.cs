using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Training;

/// <summary>A run as far as it got: settings, sprites, averaged weights.</summary>
public sealed class TrainedModel
{
    private readonly float[] _weights;
    private readonly long _step;

    private TrainedModel(RunConfig config, Dataset data, float[] weights, long step, IReadOnlyList<LogEntry> log)
    {
        Config = config;
        Data = data;
        _weights = weights;
        _step = step;
        Log = log;
    }

    /// <summary>Its settings.</summary>
    public RunConfig Config { get; }

    /// <summary>Its sprites.</summary>
    public Dataset Data { get; }

    /// <summary>Its figures while it was trained.</summary>
    public IReadOnlyList<LogEntry> Log { get; }

    /// <summary>Reads a run folder and the sprites it was trained on, from which the prior is fitted.</summary>
    /// <exception cref="UserError">The folder holds no run, its sprites are gone or changed, or the checkpoint is damaged.</exception>
    public static TrainedModel Load(RunFolder folder)
    {
        RunConfig config = folder.LoadConfig();
        Dataset data = Dataset.Load(config.Data);
        int parameters = new VaeGraph(config.Model, batch: 2).Graph.Parameters.Sum(parameter => parameter.Value.Count);
        var (step, _, state) = Checkpoint.Load(folder.CheckpointPath, parameters);
        return new TrainedModel(config, data, state.Average, step, TrainingLog.Read(folder.LogPath));
    }

    /// <summary>Decoder with its prior, and encoder, as bundles. The same run gives the same bytes.</summary>
    public (byte[] Decoder, byte[] Encoder) Export()
    {
        byte[] encoder = BundleExport.Encoder(Config.Model, _weights, Data);
        Posteriors posteriors = Posteriors.Of(EncoderBundle.Load(encoder, "encoder"), Data.Train);
        Prior prior = PriorFit.Fit(posteriors, Data.Train, Config.Prior, Config.Training.Seed);
        return (BundleExport.Decoder(Config.Model, _weights, Data, prior, Exemplars.Rows(posteriors, Data.Train), Provenance()), encoder);
    }

    private Dictionary<string, string> Provenance()
    {
        string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
        var rows = new Dictionary<string, string>
        {
            ["trainer"] = "VaeContent " + Assembly.GetExecutingAssembly().GetName().Version!.ToString(3),
            ["data"] = $"{Data.All.Sprites.Count} sprites, fingerprint {Data.All.Fingerprint}",
            ["held out"] = Number(Config.Data.HeldOut),
            ["held-out fingerprint"] = Data.HeldOut.Fingerprint,
            ["model"] = Config.Model.Describe(),
            ["seed"] = Config.Training.Seed.ToString(CultureInfo.InvariantCulture),
            ["steps"] = _step.ToString(CultureInfo.InvariantCulture),
        };
        if (Log.LastOrDefault(entry => entry.HeldOutKl is not null) is { } judged)
            rows["held-out loss"] = $"{Number(judged.HeldOutReconstruction!.Value)} + KL {Number(judged.HeldOutKl!.Value)} nats a sprite";
        return rows;
    }
}
