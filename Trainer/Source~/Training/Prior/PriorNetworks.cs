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
        if (!TryLoad(folder.PriorPath, prior.Network, prior.Network.Read))
        {
            prior = Train(prior, posteriors, set, steps, cancel);
            Checkpoint.FromState(step, 0, prior.Network.ParameterCount(), prior.Network.Write).Save(folder.PriorPath);
        }
        return _settings.Redraws == 0 ? prior : prior with { Corrector = Corrector(prior, encoder, steps, cancel) };
    }

    // With fewer passes where that is clearly better; then guided, unless samples are clearly worse by it.
    private FlowPrior Train(FlowPrior start, Posteriors posteriors, SpriteSet set, long steps, CancellationToken cancel)
    {
        long seed = config.Training.Seed;
        double passes = Passes + FewerPasses + (_settings.IsGuided ? WeakPasses + GuidedPasses : 0);
        double seconds = config.PriorSeconds * (_settings.Redraws > 0 ? 1 - (2 * CorrectorShare) : 1);
        var most = new FlowTime(steps, seconds * Passes / passes, Passes);
        var fit = new FlowFit(start.Network.Spec, posteriors, set, seed);
        var (trained, distance) = Measured(start with { Network = fit.Train(most, cancel) });
        if (_check.CanTell)
        {
            var brief = Measured(start with { Network = fit.Train(most.For(FewerPasses), cancel) });
            if (SetDistance.IsClearlyNearer(brief.Distance, distance)) (trained, distance) = brief;
        }
        if (!_settings.IsGuided) return trained;
        using FlowNetwork weak = new FlowFit(start.Network.Spec, posteriors, set, seed + 1).Train(most.For(WeakPasses), cancel);
        var guided = Measured(trained with
        {
            Network = fit.Guide(trained.Network, weak, (float)_settings.Guidance, most.For(GuidedPasses), cancel),
        });
        return PriorCheck.GuidanceHelps(guided.Distance, distance) ? guided.Prior : trained;
    }

    private (FlowPrior Prior, double? Distance) Measured(FlowPrior prior) =>
        (prior, _check.CanTell ? _check.Distance(Drawing(prior)) : null);

    // Null where samples are worse with it.
    private FlowNetwork? Corrector(FlowPrior prior, byte[] encoder, long steps, CancellationToken cancel)
    {
        FlowSpec spec = prior.Network.Spec with
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
        VaeBundle plain = Drawing(prior);
        FlowNetwork trained = Correct(prior, plain, spec, encoder, steps, cancel);
        helps = PriorCheck.CorrectorHelps(Measured(prior with { Corrector = trained }).Distance, _check.Distance(plain));
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

    private FlowNetwork Correct(FlowPrior prior, VaeBundle drawing, FlowSpec spec, byte[] encoder, long steps,
        CancellationToken cancel)
    {
        long trained = steps / 2;
        int pairs = IsByTime ? MostPairs : (int)Math.Clamp(trained * PairsPerStep, FewestPairs, MostPairs);
        using var redrawing = new Redrawing(drawing, EncoderBundle.Load(encoder, "corrector"));
        var (latents, labels) = redrawing.Draw(pairs, cancel);
        float[] ends = latents;
        for (int i = 0; i < _settings.Redraws; i++) ends = redrawing.Again(ends, labels, cancel);
        return CorrectorFit.Train(spec, prior.Standardised(latents), prior.Standardised(ends), labels, config.Training.Seed,
            trained, config.PriorSeconds * CorrectorShare, cancel);
    }

    /// <inheritdoc/>
    public void Dispose() => _check.Dispose();
}
