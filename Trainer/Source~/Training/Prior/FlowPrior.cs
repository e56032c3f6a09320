using System;
using System.Threading;
using VaeContent.Internal;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Model;

namespace VaeContent.Trainer.Training;

/// <summary>
/// A trained prior network, as it is shipped, and the mean and deviation (Z) that lead out of the standardised space.
/// </summary>
internal sealed record FlowPrior(FlowNetwork Network, float[] Mean, float[] Deviation)
{
    /// <summary>
    /// The prior of a run whose model has trained for <paramref name="step"/> steps: read from the run's folder, or trained and
    /// stored there.
    /// </summary>
    public static FlowPrior LoadOrTrain(RunFolder folder, RunConfig config, Posteriors posteriors, SpriteSet set, long step,
        CancellationToken cancel)
    {
        var spec = new FlowSpec(config.Model.Latent, set.Labels.Count, config.Prior.Width, config.Prior.Depth,
            config.Prior.Steps);
        var (mean, deviation) = posteriors.Moments();
        if (Checkpoint.IsOfStep(folder.PriorPath, step))
        {
            var stored = new FlowNetwork(spec);
            Checkpoint.Load(folder.PriorPath, stored.ParameterCount()).Restore(stored.Read);
            return new FlowPrior(stored, mean, deviation);
        }

        var steps = (long)Math.Ceiling(config.Training.Steps * config.Prior.StepsPerModelStep);
        FlowNetwork trained = FlowFit.Train(spec, posteriors, set, config.Training.Seed, steps, config.PriorSeconds, cancel);
        Checkpoint.Of(step, 0, trained.ParameterCount(), trained.Write).Save(folder.PriorPath);
        return new FlowPrior(trained, mean, deviation);
    }

    /// <summary>The model that ships: noise (N, Z) and label (N, L) to latents (N, Z).</summary>
    public byte[] ToOnnx(WeightPrecision precision)
    {
        FlowSpec spec = Network.Spec;
        var g = new OnnxGraph(precision);
        OnnxValue noise = g.Input(BundleKeys.Noise, ElementType.Float, 1, spec.Latent);
        OnnxValue? label = spec.Labels > 0 ? g.Input(BundleKeys.Label, ElementType.Float, 1, spec.Labels) : null;
        g.Output(Network.ToOnnx(g, noise, label, Mean, Deviation), BundleKeys.Z);
        return DecoderOperators.Check(g.ToBytes());
    }
}
