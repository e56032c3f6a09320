using System;
using System.Diagnostics;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Models;

namespace VaeContent.Trainer.Training;

/// <summary>Trains a prior network on where a trained encoder puts the training sprites.</summary>
internal sealed class FlowFit
{
    private const int Batch = 128, NoiseStream = 1 << 21, TimeStream = (1 << 21) + 1, PosteriorStream = (1 << 21) + 2;
    private const float LearningRate = 4e-3f, GradientClip = 10f, TimeShift = 1f;

    private readonly FlowSpec _spec;
    private readonly Posteriors _posteriors;
    private readonly SpriteSet _set;
    private readonly long _seed;
    private readonly float[] _mean, _deviation;
    private readonly Value _point, _velocity, _time, _loss;
    private readonly Value? _label;
    private readonly Graph _graph = new();

    private FlowFit(FlowSpec spec, Posteriors posteriors, SpriteSet set, long seed)
    {
        _spec = spec;
        _posteriors = posteriors;
        _set = set;
        _seed = seed;
        (_mean, _deviation) = posteriors.Moments();
        Graph g = _graph;
        _point = g.Input("x", ElementType.Float, Batch, spec.Latent);
        _velocity = g.Input("velocity", ElementType.Float, Batch, spec.Latent);
        _time = g.Input("time", ElementType.Float, Batch, FlowGraph.TimeFeatures);
        _label = spec.Labels > 0 ? g.Input("label", ElementType.Float, Batch, spec.Labels) : null;
        var flow = new FlowGraph(g, spec);
        _loss = g.Sum(g.Square(g.Sub(flow.Velocity(_point, _time, flow.Hear(_label)), _velocity)));
    }

    /// <summary>Trains for <paramref name="steps"/> steps, or, where that is 0, for <paramref name="seconds"/>.</summary>
    public static TrainingState Train(IEngine engine, FlowSpec spec, Posteriors posteriors, SpriteSet set, long seed, long steps, double seconds)
    {
        var fit = new FlowFit(spec, posteriors, set, seed);
        var training = new TrainingGraph(fit._graph, fit._loss, Batch, GradientClip, fit._loss);
        TrainingState state = TrainingState.Initial(fit._graph, seed);
        using ITrainingSession session = engine.Start(training, state);
        var schedule = new Schedule(new TrainingSettings { LearningRate = LearningRate });
        var clock = Stopwatch.StartNew();
        double progress = 0;
        for (long step = 1; progress < 1; step++)
        {
            fit.Feed(session, step);
            session.Step(schedule.At(step, progress));
            progress = steps > 0 ? (double)step / steps : clock.Elapsed.TotalSeconds / seconds;
        }
        session.Read(state);
        return state;
    }

    // Posterior draws of random sprites, each somewhere on the line from its own noise.
    private void Feed(ITrainingSession session, long step)
    {
        Span<float> labels = _label is null ? [] : session.Input<float>(_label);
        labels.Clear();
        var times = new Sampler(_seed, TimeStream);
        var order = new SplitMix(_seed, PosteriorStream + step);
        for (int b = 0; b < Batch; b++)
        {
            int sprite = order.Below(_posteriors.Count);
            // Times in the middle are the hardest, and near the latents more than near the noise: logit-normal (Esser et al. 2024), shifted.
            float t = 1f / (1f + MathF.Exp(-times.Normal((step * Batch) + b) - TimeShift));
            FlowGraph.Describe(t, session.Input<float>(_time).Slice(b * FlowGraph.TimeFeatures, FlowGraph.TimeFeatures));
            Place(session, b, sprite, t, step);
            int label = _set.Sprites[sprite].Label;
            if (labels.Length > 0 && label >= 0) labels[(b * _spec.Labels) + label] = 1;
        }
    }

    private void Place(ITrainingSession session, int b, int sprite, float t, long step)
    {
        int z = _spec.Latent;
        var normals = new Sampler(_seed, NoiseStream);
        long first = ((step * Batch) + b) * 2 * z;
        Span<float> x = session.Input<float>(_point).Slice(b * z, z), v = session.Input<float>(_velocity).Slice(b * z, z);
        for (int d = 0; d < z; d++)
        {
            int at = (sprite * z) + d;
            float noise = normals.Normal(first + d), own = normals.Normal(first + z + d);
            float latent = (_posteriors.Mu[at] + (MathF.Exp(0.5f * _posteriors.LogVar[at]) * own) - _mean[d]) / _deviation[d];
            x[d] = ((1 - t) * noise) + (t * latent);
            v[d] = latent - noise;
        }
    }
}
