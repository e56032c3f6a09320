using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Training;

/// <summary>A run as far as it got: settings, sprites, averaged weights.</summary>
public sealed class TrainedModel
{
    // The latents of so many say where all lie, and fit any memory.
    private const int PriorSprites = 32_768;

    private readonly float[] _weights;
    private readonly long _step;
    private readonly SpriteSet _typical;
    private readonly RunFolder _folder;

    private TrainedModel(RunFolder folder, RunConfig config, Dataset data, float[] weights, long step, IReadOnlyList<LogEntry> log)
    {
        _folder = folder;
        Config = config;
        Data = data;
        _typical = data.Shown.Some(PriorSprites);
        _weights = weights;
        _step = step;
        Log = log;
    }

    /// <summary>Its settings.</summary>
    public RunConfig Config { get; }

    /// <summary>Its sprites.</summary>
    public Dataset Data { get; }

    /// <summary>The averaged weights, which ship.</summary>
    internal float[] Weights => _weights;

    /// <summary>Its figures while it was trained.</summary>
    public IReadOnlyList<LogEntry> Log { get; }

    /// <summary>Reads a run folder and the sprites it was trained on, from which the prior is fitted.</summary>
    /// <exception cref="UserError">The folder holds no run, its sprites are gone or changed, or the checkpoint is damaged.</exception>
    public static TrainedModel Load(RunFolder folder)
    {
        RunConfig config = folder.LoadConfig();
        return Load(folder, config, Dataset.Load(config.Data));
    }

    /// <summary>The same for settings and sprites that are already read.</summary>
    /// <exception cref="UserError">The checkpoint is damaged.</exception>
    public static TrainedModel Load(RunFolder folder, RunConfig config, Dataset data)
    {
        var (step, _, state) = Checkpoint.Load(folder.CheckpointPath, new VaeGraph(config.Model, batch: 2).Graph.ParameterCount);
        return new TrainedModel(folder, config, data, state.Shipped, step, TrainingLog.Read(folder.LogPath));
    }

    /// <summary>
    /// Decoder with its prior, and encoder, as bundles. The same run gives the same bytes. A prior network that the run does not hold yet is
    /// trained first.
    /// </summary>
    public Shipment Export()
    {
        byte[] encoder = BundleExport.Encoder(Config.Model, _weights, Data);
        Posteriors posteriors = Encode(encoder);
        FlowPrior? flow = Flow(posteriors, new OrtEngine(Config.Training.Threads));
        Prior prior = flow is null ? PriorFit.Fit(posteriors, _typical, Config.Prior, Config.Training.Seed)
            : Prior.Network(Config.Model.Latent, Config.Model.Latent, [.. Data.Shown.LabelCounts], flow.Spec.Labels > 0);
        var moments = new Lazy<IReadOnlyDictionary<string, double[]>>(() => Moments(posteriors, flow));
        string exemplars = Exemplars.Rows(posteriors, _typical), attributes = AttributeFit.Rows(posteriors, _typical, Config.Model.ConditionLabels > 0);
        return new Shipment((precision, grain) => BundleExport.Decoder(Config.Model, _weights, Data, prior, flow, exemplars, attributes,
            new Dictionary<string, string>(Provenance()) { ["weights"] = precision.ToString().ToLowerInvariant(), ["grain"] = Number(grain) }, precision, grain,
            precision == WeightPrecision.Int8 ? moments.Value : null), encoder);
    }

    /// <summary>The same weights with another kind of prior: <c>normal</c>, <c>mixture</c> or <c>flow</c>.</summary>
    public TrainedModel WithPrior(string kind)
    {
        RunConfig config = Config with { Prior = Config.Prior with { Kind = kind } };
        config.Prior.Validate();
        return new TrainedModel(_folder, config, Data, _weights, _step, Log);
    }

    /// <summary>Trains the prior network and stores it in the run's folder, where the settings ask for one and it is not there yet.</summary>
    public void TrainPrior(IEngine engine)
    {
        if (Config.Prior.IsFlow) Flow(Encode(BundleExport.Encoder(Config.Model, _weights, Data)), engine);
    }

    private Posteriors Encode(byte[] encoder) => Posteriors.Of(EncoderBundle.Load(encoder, "encoder"), _typical);

    private FlowPrior? Flow(Posteriors posteriors, IEngine engine) => !Config.Prior.IsFlow ? null
        : FlowPrior.Of(_folder, Config, posteriors, _typical, _step, engine);

    private Dictionary<string, double[]> Moments(Posteriors posteriors, FlowPrior? flow)
    {
        int[] labels = [.. _typical.Sprites.Select(sprite => sprite.Label)];
        var engine = new OrtEngine(Config.Training.Threads);
        Dictionary<string, double[]> moments = InputMoments.OfDecoder(Config.Model, _weights, posteriors, labels, engine);
        if (flow is null) return moments;
        foreach (var (parameter, sums) in InputMoments.OfPrior(flow, labels, engine)) moments.Add(parameter, sums);
        return moments;
    }

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private Dictionary<string, string> Provenance()
    {
        var rows = new Dictionary<string, string>
        {
            ["trainer"] = "VaeContent " + Assembly.GetExecutingAssembly().GetName().Version!.ToString(3),
            ["sprites"] = Data.All.Sprites.Count.ToString(CultureInfo.InvariantCulture),
            ["fingerprint"] = Data.All.Fingerprint,
            ["held out"] = Number(Config.Data.HeldOut),
            ["held-out fingerprint"] = Data.HeldOut.Fingerprint,
            ["model"] = Config.Model.Describe(),
            ["seed"] = Config.Training.Seed.ToString(CultureInfo.InvariantCulture),
            ["steps"] = _step.ToString(CultureInfo.InvariantCulture),
        };
        if (Log.LastOrDefault(entry => entry.HeldOutKl is not null) is { } judged)
        {
            rows["held-out reconstruction"] = Number(judged.HeldOutReconstruction!.Value);
            rows["held-out KL"] = Number(judged.HeldOutKl!.Value);
        }
        return rows;
    }
}
