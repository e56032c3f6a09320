using System;
using System.Threading;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Export;
using VaeContent.Trainer.Model;

namespace VaeContent.Trainer.Training;

/// <summary>
/// The networks of a run's prior: read from the run's folder, or trained and stored there. First the flow, on where the encoder
/// puts the training sprites; then the corrector, on where samples of that flow end when they are drawn again.
/// </summary>
internal sealed class PriorNetworks(RunFolder folder, RunConfig config, VaeModel model, Dataset data, long step)
{
    // Pairs for each step of the corrector, and their bounds: each pair is seen some thirty times.
    private const double PairsPerStep = 4;
    private const int FewestPairs = 512, MostPairs = 8192;

    // Of the prior's time in a run by minutes: the flow, then drawing pairs for at most as long as the corrector trains.
    private const double FlowShare = 0.6, CorrectorShare = 0.2;

    private readonly PriorSettings _settings = config.Prior;

    private bool IsByTime => config.Training.Steps == 0;

    /// <summary>The prior of a model whose posteriors on sprites of the set are given.</summary>
    public FlowPrior LoadOrTrain(Posteriors posteriors, SpriteSet set, byte[] encoder, CancellationToken cancel)
    {
        var spec = new FlowSpec(config.Model.Latent, set.Labels.Count, _settings.Width, _settings.Depth, _settings.Steps);
        var (mean, deviation) = posteriors.Moments();
        long steps = (long)Math.Ceiling(config.Training.Steps * _settings.StepsPerModelStep);
        FlowNetwork flow = LoadOr(folder.PriorPath, spec, () => FlowFit.Train(spec, posteriors, set, config.Training.Seed, steps,
            config.PriorSeconds * (_settings.Redraws > 0 ? FlowShare : 1), cancel));
        var prior = new FlowPrior(flow, mean, deviation);
        if (_settings.Redraws == 0) return prior;
        FlowSpec ofCorrector = spec with { Width = _settings.CorrectorWidth, Depth = _settings.CorrectorDepth, Steps = 1 };
        return prior with
        {
            Corrector = LoadOr(folder.CorrectorPath, ofCorrector, () => Correct(prior, ofCorrector, encoder, steps, cancel)),
        };
    }

    private FlowNetwork Correct(FlowPrior prior, FlowSpec spec, byte[] encoder, long steps, CancellationToken cancel)
    {
        long trained = steps / 2;
        int pairs = IsByTime ? MostPairs : (int)Math.Clamp(trained * PairsPerStep, FewestPairs, MostPairs);
        Prior drawn = Prior.Network(spec.Latent, spec.Latent, [.. data.Shown.LabelCounts], spec.Labels > 0);
        byte[] decoder = BundleExport.Decoder(model, data, drawn, prior.ToOnnx);
        using var redrawing = new Redrawing(VaeBundle.Load(decoder, "corrector"), EncoderBundle.Load(encoder, "corrector"));
        var (latents, labels) = redrawing.Draw(pairs, cancel);
        float[] ends = latents;
        for (int i = 0; i < _settings.Redraws; i++) ends = redrawing.Again(ends, labels, cancel);
        return CorrectorFit.Train(spec, prior.Standardised(latents), prior.Standardised(ends), labels, config.Training.Seed,
            trained, config.PriorSeconds * CorrectorShare, cancel);
    }

    private FlowNetwork LoadOr(string path, FlowSpec spec, Func<FlowNetwork> train)
    {
        if (Checkpoint.IsOfStep(path, step))
        {
            var stored = new FlowNetwork(spec);
            Checkpoint.Load(path, stored.ParameterCount()).Restore(stored.Read);
            return stored;
        }
        FlowNetwork trained = train();
        Checkpoint.Of(step, 0, trained.ParameterCount(), trained.Write).Save(path);
        return trained;
    }
}
