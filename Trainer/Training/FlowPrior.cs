using System;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Models;

namespace VaeContent.Trainer.Training;

/// <summary>A trained prior network, as it is shipped: weights, and the mean and deviation (Z) that lead out of the standardised space.</summary>
internal sealed record FlowPrior(FlowSpec Spec, float[] Weights, float[] Mean, float[] Deviation)
{
    /// <summary>
    /// The prior of a run whose model has trained for <paramref name="step"/> steps: read from the run's folder, or trained and stored there.
    /// </summary>
    public static FlowPrior Of(RunFolder folder, RunConfig config, Posteriors posteriors, SpriteSet set, long step, IEngine engine)
    {
        var spec = new FlowSpec(config.Model.Latent, set.Labels.Count, config.Prior.Width, config.Prior.Depth, config.Prior.Steps);
        var (mean, deviation) = posteriors.Moments();
        if (Checkpoint.IsOfStep(folder.PriorPath, step))
        {
            int parameters = new FlowGraph(new Graph(), spec).Graph.ParameterCount;
            return new FlowPrior(spec, Checkpoint.Load(folder.PriorPath, parameters).State.Average, mean, deviation);
        }

        var steps = (long)Math.Ceiling(config.Training.Steps * config.Prior.StepsPerModelStep);
        TrainingState state = FlowFit.Train(engine, spec, posteriors, set, config.Training.Seed, steps, config.PriorSeconds);
        Checkpoint.Save(folder.PriorPath, step, 0, state);
        return new FlowPrior(spec, state.Average, mean, deviation);
    }
}
