using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Models;

namespace VaeContent.Trainer.Graphs;

/// <summary>
/// Flow matching (Lipman et al. 2023; Liu et al. 2023) in latent space. A network learns the velocity v(x, t) that carries standard
/// normal noise, at t = 0, along straight lines to latents, at t = 1: the mean of (latent - noise) at x = (1 - t) noise + t latent.
/// Latents are standardised: mean 0, variance 1 in each dimension. B: batch, Z: latent size, L: labels, W: width.
/// </summary>
public sealed class FlowGraph
{
    /// <summary>T, numbers that describe a time: cosines and sines of pi t times 0, 1, ..., T / 2 - 1.</summary>
    public const int TimeFeatures = 16;

    private readonly FlowSpec _spec;
    private readonly Value _in, _out, _outBias;
    private readonly Layer[] _layers;

    /// <summary>Declares the network's weights in a graph.</summary>
    public FlowGraph(Graph graph, FlowSpec spec)
    {
        _spec = spec;
        Graph = graph;
        int w = spec.Width;
        float std = LayerGraph.Std(w);
        _in = graph.Parameter("prior.in.w", LayerGraph.Std(spec.Latent), spec.Latent, w);
        _layers = [.. Enumerable.Range(0, spec.Depth + 1).Select(i => new Layer(
            i == 0 ? null : graph.Parameter($"prior.{i}.w", std, w, w),
            graph.Parameter($"prior.{i}.time", LayerGraph.Std(TimeFeatures), TimeFeatures, w),
            spec.Labels == 0 ? null : graph.Parameter($"prior.{i}.label", 0.5f, spec.Labels, w)))];
        _out = graph.Parameter("prior.out.w", 0.3f * std, w, spec.Latent);
        _outBias = graph.Parameter("prior.out.b", 0f, spec.Latent);
    }

    /// <summary>The graph it is a part of.</summary>
    public Graph Graph { get; }

    /// <summary>The network's description of t in 0..1.</summary>
    public static void Describe(float t, Span<float> features)
    {
        for (int k = 0; k < TimeFeatures / 2; k++)
        {
            features[2 * k] = MathF.Cos(MathF.PI * k * t);
            features[(2 * k) + 1] = k == 0 ? t : MathF.Sin(MathF.PI * k * t);
        }
    }

    /// <summary>The velocity at x (B, Z): (B, Z).</summary>
    /// <param name="x">Where.</param>
    /// <param name="time">When: described, (B, T) or (1, T).</param>
    /// <param name="labels">What each layer hears of the label: <see cref="Labels"/>.</param>
    public Value Velocity(Value x, Value time, IReadOnlyList<Value?> labels)
    {
        Graph g = Graph;
        Value h = Hear(g.Gemm(x, _in), 0);
        for (int i = 1; i < _layers.Length; i++)
            h = g.Add(h, g.Silu(Hear(g.Gemm(h, _layers[i].Weights!), i)));
        return g.Gemm(h, _out, bias: _outBias);

        Value Hear(Value y, int i)
        {
            y = g.Add(y, g.Gemm(time, _layers[i].Time));
            return labels[i] is { } label ? g.Add(y, label) : y;
        }
    }

    /// <summary>What each layer hears of a label (B, L): computed once for all steps.</summary>
    public IReadOnlyList<Value?> Labels(Value? label) =>
        [.. _layers.Select(layer => layer.Label is null ? null : Graph.Gemm(label!, layer.Label))];

    /// <summary>
    /// From noise (B, Z) to latents (B, Z) by the two-step Adams-Bashforth method, one pass through the network a step, then out of the
    /// standardised space by mean and deviation (Z).
    /// </summary>
    public Value Sample(Value noise, Value? label, float[] mean, float[] deviation)
    {
        Graph g = Graph;
        IReadOnlyList<Value?> labels = Labels(label);
        Value x = noise;
        Value? before = null;
        for (int step = 0; step < _spec.Steps; step++)
        {
            var features = new float[TimeFeatures];
            Describe((float)step / _spec.Steps, features);
            Value v = Velocity(x, g.Constant(features, 1, TimeFeatures), labels);
            float dt = 1f / _spec.Steps;
            x = before is null ? g.Add(x, g.Scale(v, dt)) : g.Add(x, g.Sub(g.Scale(v, 1.5f * dt), before));
            before = g.Scale(v, 0.5f * dt);
        }
        return g.Add(g.Mul(x, g.Constant(deviation, _spec.Latent)), g.Constant(mean, _spec.Latent));
    }

    // y = x W + time U + label V; the layer before the first has no W of its own.
    private sealed record Layer(Value? Weights, Value Time, Value? Label);
}
