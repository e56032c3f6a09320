using System;
using System.Diagnostics;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Models;

namespace VaeContent.Trainer.Training;

/// <summary>Trains a prior network on where a trained encoder puts the training sprites.</summary>
internal static class FlowFit
{
    private const int Batch = 256, NoiseStream = 1 << 21, TimeStream = (1 << 21) + 1, PosteriorStream = (1 << 21) + 2;
    private const float LearningRate = 2e-3f, GradientClip = 10f;

    /// <summary>
    /// Trains for <paramref name="steps"/> steps, or, where that is 0, for <paramref name="seconds"/>.
    /// </summary>
    public static TrainingState Train(IEngine engine, FlowSpec spec, Posteriors posteriors, SpriteSet set, long seed, long steps, double seconds)
    {
        int z = spec.Latent;
        var g = new Graph();
        Value point = g.Input("x", ElementType.Float, Batch, z);
        Value velocity = g.Input("velocity", ElementType.Float, Batch, z);
        Value time = g.Input("time", ElementType.Float, Batch, FlowGraph.TimeFeatures);
        Value? label = spec.Labels > 0 ? g.Input("label", ElementType.Float, Batch, spec.Labels) : null;
        var flow = new FlowGraph(g, spec);
        Value loss = g.Sum(g.Square(g.Sub(flow.Velocity(point, time, flow.Hear(label)), velocity)));
        var training = new TrainingGraph(g, loss, Batch, GradientClip, loss);
        TrainingState state = TrainingState.Initial(g, seed);
        using ITrainingSession session = engine.Start(training, state);

        var (mean, deviation) = posteriors.Moments();
        var schedule = new Schedule(new TrainingSettings { LearningRate = LearningRate });
        var order = new SplitMix(seed, PosteriorStream);
        var clock = Stopwatch.StartNew();
        double progress = 0;
        for (long step = 1; progress < 1; step++)
        {
            var times = new Sampler(seed, TimeStream);
            var normals = new Sampler(seed, NoiseStream);
            Span<float> x = session.Input<float>(point), v = session.Input<float>(velocity);
            Span<float> labels = label is null ? [] : session.Input<float>(label);
            labels.Clear();
            for (int b = 0; b < Batch; b++)
            {
                int sprite = order.Below(posteriors.Count);
                long row = (step * Batch) + b;
                // Times in the middle are the hardest: logit-normal (Esser et al. 2024).
                float t = 1f / (1f + MathF.Exp(-times.Normal(row)));
                FlowGraph.Describe(t, session.Input<float>(time).Slice(b * FlowGraph.TimeFeatures, FlowGraph.TimeFeatures));
                for (int d = 0; d < z; d++)
                {
                    int at = (sprite * z) + d;
                    float noise = normals.Normal((row * 2 * z) + d), own = normals.Normal((row * 2 * z) + z + d);
                    float latent = (posteriors.Mu[at] + (MathF.Exp(0.5f * posteriors.LogVar[at]) * own) - mean[d]) / deviation[d];
                    x[(b * z) + d] = ((1 - t) * noise) + (t * latent);
                    v[(b * z) + d] = latent - noise;
                }
                if (labels.Length > 0 && set.Sprites[sprite].Label >= 0) labels[(b * spec.Labels) + set.Sprites[sprite].Label] = 1;
            }
            session.Step(schedule.At(step, progress));
            progress = steps > 0 ? (double)step / steps : clock.Elapsed.TotalSeconds / seconds;
        }
        session.Read(state);
        return state;
    }
}
