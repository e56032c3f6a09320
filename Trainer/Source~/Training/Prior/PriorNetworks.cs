using System;
using System.IO;
using System.Threading;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Export;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training.Select;

namespace VaeContent.Trainer.Training;

/// <summary>
/// The networks of a run's prior: read from the run's folder, or trained and stored there. First the flow, on where the encoder
/// puts the training sprites, and guided; then the corrector, on where samples of that flow end when they are drawn again.
/// </summary>
internal sealed class PriorNetworks(RunFolder folder, RunConfig config, VaeModel model, Dataset data, long step) : IDisposable
{
    // Over the latents. Seen more often, a few hundred are memorised, and what is drawn copies them; of many kinds, they are
    // better seen less often still: Documentation~/recipes.md.
    private const int Passes = 600, FewerPasses = 150;

    // Of the flow that guidance leads away from, and of learning where it leads.
    private const int WeakPasses = 60, GuidedPasses = 100;

    // Pairs for each step of the corrector, and their bounds: each pair is seen some thirty times.
    private const double PairsPerStep = 4;
    private const int FewestPairs = 512, MostPairs = 8192;

    // Of the prior's time in a run by minutes: the corrector's training, and as much at most for drawing pairs. The flows share
    // the rest by their passes.
    private const double CorrectorShare = 0.2;

    private readonly PriorSettings _settings = config.Prior;
    private readonly PriorCheck _check = new(data);

    private bool IsByTime => config.Training.Steps == 0;

    /// <summary>The prior of a model whose posteriors on sprites of the set are given.</summary>
    public FlowPrior LoadOrTrain(Posteriors posteriors, SpriteSet set, byte[] encoder, CancellationToken cancel)
    {
        var spec = new FlowSpec(config.Model.Latent, set.Labels.Count, _settings.Width, _settings.Depth, _settings.Steps);
        var (mean, deviation) = posteriors.Moments();
        long steps = (long)Math.Ceiling(config.Training.Steps * _settings.StepsPerModelStep);
        var prior = new FlowPrior(new FlowNetwork(spec), mean, deviation);
        var plain = new Candidate(this, prior);
        if (!TryLoad(folder.PriorPath, prior.Network, prior.Network.Read))
        {
            plain = Train(prior, posteriors, set, steps, cancel);
            FlowNetwork network = plain.Prior.Network;
            Checkpoint.FromState(step, 0, network.ParameterCount(), network.Write).Save(folder.PriorPath);
        }
        return _settings.Redraws == 0 ? plain.Prior
            : plain.Prior with { Corrector = Corrector(plain, encoder, steps, cancel) };
    }

    // With fewer passes where that is clearly better; then guided, unless samples are clearly worse by it.
    private Candidate Train(FlowPrior start, Posteriors posteriors, SpriteSet set, long steps, CancellationToken cancel)
    {
        long seed = config.Training.Seed;
        double passes = Passes + FewerPasses + (_settings.IsGuided ? WeakPasses + GuidedPasses : 0);
        double seconds = config.PriorSeconds * (_settings.Redraws > 0 ? 1 - (2 * CorrectorShare) : 1);
        var most = new FlowTime(steps, seconds * Passes / passes, Passes);
        var fit = new FlowFit(start.Network.Spec, posteriors, set, seed);
        var trained = new Candidate(this, start with { Network = fit.Train(most, cancel) });
        if (_check.CanTell)
        {
            var brief = new Candidate(this, start with { Network = fit.Train(most.For(FewerPasses), cancel) });
            if (SetDistance.IsClearlyNearer(brief.Distance, trained.Distance)) trained = brief;
        }
        if (!_settings.IsGuided) return trained;
        using FlowNetwork weak = new FlowFit(start.Network.Spec, posteriors, set, seed + 1).Train(most.For(WeakPasses), cancel);
        var guided = new Candidate(this, start with
        {
            Network = fit.Guide(trained.Prior.Network, weak, (float)_settings.Guidance, most.For(GuidedPasses), cancel),
        });
        return PriorCheck.GuidanceHelps(guided.Distance, trained.Distance) ? guided : trained;
    }

    // Null where samples are worse with it.
    private FlowNetwork? Corrector(Candidate plain, byte[] encoder, long steps, CancellationToken cancel)
    {
        FlowSpec spec = plain.Prior.Network.Spec with
        {
            Width = _settings.CorrectorWidth,
            Depth = _settings.CorrectorDepth,
            Steps = 1,
        };
        bool helps = false;
        var stored = new FlowNetwork(spec);
        if (TryLoad(folder.CorrectorPath, stored, reader =>
        {
            helps = reader.ReadBoolean();
            stored.Read(reader);
        })) return helps ? stored : null;
        FlowNetwork trained = Correct(plain, spec, encoder, steps, cancel);
        var corrected = new Candidate(this, plain.Prior with { Corrector = trained });
        helps = PriorCheck.CorrectorHelps(corrected.Distance, plain.Distance);
        Checkpoint.FromState(step, 0, trained.ParameterCount(), writer =>
        {
            writer.Write(helps);
            trained.Write(writer);
        }).Save(folder.CorrectorPath);
        return helps ? trained : null;
    }

    private bool TryLoad(string path, FlowNetwork into, Action<BinaryReader> read)
    {
        if (!Checkpoint.IsOfStep(path, step)) return false;
        Checkpoint.Load(path, into.ParameterCount()).Restore(read);
        return true;
    }

    // The decoder with a prior, as it ships except for its texture.
    private VaeBundle Drawing(FlowPrior prior)
    {
        FlowSpec spec = prior.Network.Spec;
        Prior drawn = Prior.Network(spec.Latent, spec.Latent, [.. data.Shown.LabelCounts], spec.Labels > 0);
        return VaeBundle.Load(BundleExport.Decoder(model, data, drawn, prior.ToOnnx), "corrector");
    }

    private FlowNetwork Correct(Candidate plain, FlowSpec spec, byte[] encoder, long steps, CancellationToken cancel)
    {
        long trained = steps / 2;
        int pairs = IsByTime ? MostPairs : (int)Math.Clamp(trained * PairsPerStep, FewestPairs, MostPairs);
        using var redrawing = new Redrawing(plain.Bundle, EncoderBundle.Load(encoder, "corrector"));
        var (latents, labels) = redrawing.Draw(pairs, cancel);
        float[] ends = latents;
        for (int i = 0; i < _settings.Redraws; i++) ends = redrawing.Again(ends, labels, cancel);
        return CorrectorFit.Train(spec, plain.Prior.Standardised(latents), plain.Prior.Standardised(ends), labels,
            config.Training.Seed, trained, config.PriorSeconds * CorrectorShare, cancel);
    }

    /// <inheritdoc/>
    public void Dispose() => _check.Dispose();

    /// <summary>A prior that may ship; what draws with it, and how far its samples lie, are found when asked for, once.</summary>
    private sealed class Candidate(PriorNetworks networks, FlowPrior prior)
    {
        private readonly Lazy<VaeBundle> _bundle = new(() => networks.Drawing(prior));
        private double? _distance;

        public FlowPrior Prior => prior;

        public VaeBundle Bundle => _bundle.Value;

        // Null where there are too few sprites to tell.
        public double? Distance => networks._check.CanTell ? _distance ??= networks._check.Distance(Bundle) : null;
    }
}
