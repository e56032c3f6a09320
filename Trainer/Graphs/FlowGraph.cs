using System;
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
    private readonly Value _in, _out;
    private readonly Value? _label;
    private readonly Layer[] _layers;

    /// <summary>Declares the network's weights in a graph.</summary>
    public FlowGraph(Graph graph, FlowSpec spec)
    {
        _spec = spec;
        Graph = graph;
        int w = spec.Width;
        float std = LayerGraph.Std(w);
        _in = graph.Parameter("prior.in.w", LayerGraph.Std(spec.Latent), spec.Latent, w);
        _label = spec.Labels == 0 ? null : graph.Parameter("prior.in.label", 1f, spec.Labels, w);
        _layers = [.. Enumerable.Range(0, spec.Depth).Select(i => new Layer(
            graph.Parameter($"prior.{i}.w", std, w, w),
            graph.Parameter($"prior.{i}.time", LayerGraph.Std(TimeFeatures), TimeFeatures, w)))];
        _out = graph.Parameter("prior.out.w", 0.3f * std, w, spec.Latent);
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
    /// <param name="label">What the network hears of the label, (B, W): <see cref="Hear"/>.</param>
    public Value Velocity(Value x, Value time, Value? label) => Graph.Gemm(Features(x, time, label), _out);

    /// <summary>What the network hears of a label (B, L): (B, W), computed once for all steps.</summary>
    public Value? Hear(Value? label) => _label is null ? null : Graph.Gemm(label!, _label);

    /// <summary>
    /// From noise (B, Z) to latents (B, Z) by the two-step Adams-Bashforth method, one pass through the network a step, then out of the
    /// standardised space by mean and deviation (Z).
    /// </summary>
    public Value Sample(Value noise, Value? label, float[] mean, float[] deviation)
    {
        Graph g = Graph;
        Value? heard = Hear(label);
        Value x = noise;
        Value? before = null;
        float dt = 1f / _spec.Steps;
        for (int step = 0; step < _spec.Steps; step++)
        {
            var described = new float[TimeFeatures];
            Describe((float)step / _spec.Steps, described);
            Value h = Features(x, g.Constant(described, 1, TimeFeatures), heard);
            // x + dt (3/2 v - 1/2 v before), v = h out: two products that add to what they are given.
            x = before is null ? g.Gemm(h, _out, bias: x, scale: dt) : g.Gemm(before, _out, bias: g.Gemm(h, _out, bias: x, scale: 1.5f * dt), scale: -0.5f * dt);
            before = h;
        }
        int z = _spec.Latent;
        var scales = new float[z * z]; // one product for a product and a sum
        for (int i = 0; i < z; i++) scales[i * (z + 1)] = deviation[i];
        return g.Gemm(x, g.Constant(scales, z, z), bias: g.Constant(mean, z));
    }

    // (B, W): h = x in + label, then h + silu(h w + time u) for each layer.
    private Value Features(Value x, Value time, Value? label)
    {
        Graph g = Graph;
        Value h = label is null ? g.Gemm(x, _in) : g.Gemm(x, _in, bias: label);
        foreach (Layer layer in _layers) h = g.Add(h, g.Silu(g.Gemm(h, layer.Weights, bias: g.Gemm(time, layer.Time))));
        return h;
    }

    private sealed record Layer(Value Weights, Value Time);
}
