using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Threading;
using VaeContent.Internal;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Model;

namespace VaeContent.Trainer.Training;

/// <summary>A run in its current state: settings, sprites, averaged weights.</summary>
public sealed class TrainedModel
{
    // The latents of this many say where all lie, and fit any memory.
    private const int PriorSprites = 32_768;

    private readonly long _step;
    private readonly SpriteSet _typical;
    private readonly RunFolder _folder;
    private readonly Lazy<byte[]> _encoder;
    private readonly Lazy<Posteriors> _posteriors; // of the typical sprites

    private TrainedModel(RunFolder folder, RunConfig config, Dataset data, VaeModel vae, long step, IReadOnlyList<LogEntry> log)
    {
        _folder = folder;
        Config = config;
        Data = data;
        _typical = data.Shown.Some(PriorSprites);
        Vae = vae;
        _step = step;
        Log = log;
        _encoder = new(() => BundleExport.Encoder(Vae, Data));
        _posteriors = new(() => Posteriors.Encode(EncoderBundle.Load(_encoder.Value, "encoder"), _typical));
    }

    /// <summary>Its settings.</summary>
    public RunConfig Config { get; }

    /// <summary>Its sprites.</summary>
    public Dataset Data { get; }

    /// <summary>Its figures while it was trained.</summary>
    public IReadOnlyList<LogEntry> Log { get; }

    /// <summary>The model with the averaged weights, which ship.</summary>
    internal VaeModel Vae { get; }

    /// <summary>
    /// Reads a run folder and the sprites it was trained on, from which the prior is fitted: from where they were then, or from
    /// <paramref name="trainedOn"/>.
    /// </summary>
    /// <exception cref="UserError">The folder holds no run, its sprites are gone or changed, or the checkpoint is
    /// damaged.</exception>
    public static TrainedModel Load(RunFolder folder, string? trainedOn = null)
    {
        RunConfig config = folder.LoadConfig();
        if (trainedOn is not null) config = config with { Data = config.Data with { Folder = trainedOn } };
        return Load(folder, config, Dataset.LoadKnown(config.Data, "name the folder it was trained on with --trained-on DIR"));
    }

    /// <summary>The same for settings and sprites that are already read.</summary>
    /// <exception cref="UserError">The checkpoint is damaged.</exception>
    public static TrainedModel Load(RunFolder folder, RunConfig config, Dataset data)
    {
        var vae = new VaeModel(config.Model);
        Checkpoint stored = Checkpoint.Load(folder.CheckpointPath, vae.ParameterCount());
        stored.Restore(reader => TrainingReplica.ReadAveraged(reader, vae));
        return new TrainedModel(folder, config, data, vae, stored.Step, TrainingLog.Read(folder.LogPath));
    }

    /// <summary>
    /// Decoder with its prior, and encoder, as bundles. The same run gives the same bytes. A prior network that the run does not
    /// hold yet is trained first.
    /// </summary>
    public Shipment Export()
    {
        Posteriors posteriors = _posteriors.Value;
        var (shown, known) = CharacterPosteriors.FromSprites(posteriors, _typical);
        FlowPrior? flow = Flow();
        Prior prior = flow is null ? PriorFit.Fit(known, shown, Config.Prior, Config.Training.Seed, [.. Data.Shown.LabelCounts])
            : Prior.Network(Config.Model.Latent, Config.Model.Latent, [.. Data.Shown.LabelCounts], flow.Network.Spec.Labels > 0);
        var moments = new Lazy<Dictionary<string, double[]>>(() =>
            InputMoments.OfDecoder(Vae, posteriors, [.. _typical.Sprites.Select(sprite => sprite.Label)]));
        var shades = new Lazy<Shades>(() => ShadeFit.Fit(Vae, Data.Palette, _typical, posteriors));
        string exemplars = Exemplars.Rows(known, shown, areCharacters: _typical.Poses.Count > 0),
            attributes = AttributeFit.Rows(known, shown, Config.Model.ConditionLabels > 0);
        byte[] Write(WeightPrecision precision, Texture texture)
        {
            var rows = new Dictionary<string, string>
            {
                [BundleKeys.Exemplars] = exemplars,
                [BundleKeys.Attributes] = attributes,
                [BundleKeys.Provenance] = string.Join('\n', Provenance(precision, texture)
                    .Select(row => $"{row.Key}: {row.Value}")),
            };
            return BundleExport.Decoder(Vae, Data, prior, flow is null ? null : flow.ToOnnx, rows, precision, texture,
                precision == WeightPrecision.Int8 ? moments.Value : null, texture.Shades ? shades.Value : null);
        }
        return new Shipment(Write, _encoder.Value);
    }

    /// <summary>The same weights with another kind of prior: <c>normal</c>, <c>mixture</c> or <c>flow</c>.</summary>
    public TrainedModel WithPrior(string kind)
    {
        RunConfig config = Config with { Prior = Config.Prior with { Kind = kind } };
        config.Prior.Validate();
        return new TrainedModel(_folder, config, Data, Vae, _step, Log);
    }

    /// <summary>
    /// Trains the prior network and stores it in the run's folder, where the settings ask for one and it is not there yet.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public void TrainPrior(CancellationToken cancel = default) => Flow(cancel);

    private FlowPrior? Flow(CancellationToken cancel = default)
    {
        if (!Config.Prior.IsFlow) return null;
        var (shown, known) = CharacterPosteriors.FromSprites(_posteriors.Value, _typical);
        using var networks = new PriorNetworks(_folder, Config, Vae, Data, _step);
        return networks.LoadOrTrain(known, shown, _encoder.Value, cancel);
    }

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private Dictionary<string, string> Provenance(WeightPrecision precision, Texture texture)
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
        rows["weights"] = precision.ToString().ToLowerInvariant();
        rows["strays"] = Number(texture.Strays);
        rows["islands"] = Number(texture.Islands);
        rows["gaps"] = Number(texture.Gaps);
        rows["agreement"] = Number(texture.Agreement);
        rows["smoothing"] = Number(texture.Smoothing);
        rows["grain"] = Number(texture.Grain);
        rows["shades"] = texture.Shades ? "on" : "off";
        return rows;
    }
}
