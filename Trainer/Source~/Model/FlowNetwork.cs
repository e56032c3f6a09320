using System;
using System.Linq;
using TorchSharp.Modules;
using VaeContent.Trainer.Export.Onnx;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Model;

/// <summary>A learnt prior as data: a network that carries noise to latents along a flow.</summary>
/// <param name="Latent">Z.</param>
/// <param name="Labels">L, how many labels steer it; 0 for none.</param>
/// <param name="Width">W, units of a layer.</param>
/// <param name="Depth">Residual layers.</param>
/// <param name="Steps">Steps from noise to latent when sampling: each costs one pass through the network.</param>
internal sealed record FlowSpec(int Latent, int Labels, int Width, int Depth, int Steps);

/// <summary>
/// Flow matching (Lipman et al. 2023; Liu et al. 2023) in latent space. A network learns the velocity v(x, t) that carries
/// standard normal noise, at t = 0, along straight lines to latents, at t = 1: the mean of (latent - noise) at x = (1 - t) noise
/// + t latent. Latents are standardised: mean 0, variance 1 in each dimension.
/// </summary>
internal sealed class FlowNetwork : nn.Module<Tensor, Tensor, Tensor?, Tensor>
{
    /// <summary>T, numbers that describe a time: cosines and sines of pi t times 0, 1, ..., T / 2 - 1.</summary>
    public const int TimeFeatures = 16;

    private readonly Linear _in, _out;
    private readonly Linear? _label;
    private readonly ModuleList<Linear> _layers = [], _times = [];

    /// <summary>A network with the weights that training with a seed starts from.</summary>
    public FlowNetwork(FlowSpec spec, long seed = 0) : base(LibTorch.RequireFor("prior"))
    {
        Spec = spec;
        var init = new WeightInit(seed);
        Linear New(int inputs, int units, float gain = 1f)
        {
            Linear linear = nn.Linear(inputs, units, hasBias: false);
            init.Linear(linear, gain);
            return linear;
        }
        _in = New(spec.Latent, spec.Width);
        _label = spec.Labels == 0 ? null : New(spec.Labels, spec.Width, MathF.Sqrt(spec.Labels / 1.6f)); // standard normals
        for (int i = 0; i < spec.Depth; i++)
        {
            _layers.Add(New(spec.Width, spec.Width));
            _times.Add(New(TimeFeatures, spec.Width));
        }
        _out = New(spec.Width, spec.Latent, 0.3f);
        RegisterComponents();
    }

    /// <summary>Its sizes.</summary>
    public FlowSpec Spec { get; }

    /// <summary>The network's description of t in 0..1, (T).</summary>
    public static void DescribeInto(float t, Span<float> features)
    {
        for (int k = 0; k < TimeFeatures / 2; k++)
        {
            features[2 * k] = MathF.Cos(MathF.PI * k * t);
            features[(2 * k) + 1] = k == 0 ? t : MathF.Sin(MathF.PI * k * t);
        }
    }

    /// <summary>The velocity (B, Z) at x (B, Z), at described times (B, T), of labels (B, L).</summary>
    public override Tensor forward(Tensor x, Tensor time, Tensor? label) => _out.call(Features(x, time, label));

    // (B, W): h = x in + label, then h + silu(h w + time u) for each layer.
    private Tensor Features(Tensor x, Tensor time, Tensor? label)
    {
        Tensor h = _in.call(x);
        if (_label is not null) h = h.add(_label.call(label!));
        for (int i = 0; i < Spec.Depth; i++) h = h.add(nn.functional.silu(_layers[i].call(h).add(_times[i].call(time))));
        return h;
    }

    /// <summary>
    /// From x (N, Z), noise, and label (N, L) to standardised latents (N, Z) by the two-step Adams-Bashforth method, one pass
    /// through the network a step. A network of one step is a residual layer: x + v(x, 0).
    /// </summary>
    /// <param name="g">The graph.</param>
    /// <param name="x">Where it starts.</param>
    /// <param name="label">The label; null without.</param>
    /// <param name="name">What the names of its weights begin with.</param>
    public OnnxValue ToOnnx(OnnxGraph g, OnnxValue x, OnnxValue? label, string name)
    {
        OnnxValue Weights(Linear linear, string part) => g.Weight($"{name}.{part}", linear.weight!.t(), inputAxis: 0);
        OnnxValue enter = Weights(_in, "in.w"), leave = Weights(_out, "out.w");
        OnnxValue? told = _label is null ? null : g.Gemm(label!, Weights(_label, "in.label")); // once for all steps
        (OnnxValue Layer, OnnxValue Time)[] layers = [.. Enumerable.Range(0, Spec.Depth)
            .Select(i => (Weights(_layers[i], $"{i}.w"), Weights(_times[i], $"{i}.time")))];
        OnnxValue Pass(OnnxValue at, OnnxValue time)
        {
            OnnxValue h = g.Gemm(at, enter, told);
            foreach (var (layer, times) in layers) h = g.Add(h, g.Silu(g.Gemm(h, layer, g.Gemm(time, times))));
            return h;
        }
        OnnxValue? before = null;
        float dt = 1f / Spec.Steps;
        for (int step = 0; step < Spec.Steps; step++)
        {
            var described = new float[TimeFeatures];
            DescribeInto((float)step / Spec.Steps, described);
            OnnxValue h = Pass(x, g.Constant(described, 1, TimeFeatures));
            // x + dt (3/2 v - 1/2 v before), v = h out: two products that add to what they are given.
            x = before is null ? g.Gemm(h, leave, x, dt) : g.Gemm(before, leave, g.Gemm(h, leave, x, 1.5f * dt), -0.5f * dt);
            before = h;
        }
        return x;
    }
}
