using System.Collections.Generic;
using VaeContent.Trainer.Export.Onnx;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Model;

/// <summary>
/// q(z|x) = N(mu, exp(logVar)): from a sprite, and its label in conditional models, to its posterior (Kingma &amp; Welling 2014).
/// </summary>
internal sealed class Encoder : nn.Module<Tensor, Tensor?, Tensor?, (Tensor Mu, Tensor LogVar)>
{
    // Within +-10: a posterior that widens without bound makes exp(logVar) infinite.
    private const float LogVarBound = 10f;

    private readonly ModelSpec _spec;
    private readonly Stack _map, _posterior;
    private readonly LabelCondition? _label;

    /// <summary>The encoder of a spec.</summary>
    public Encoder(ModelSpec spec, WeightInit init) : base("encoder")
    {
        _spec = spec;
        _label = spec.ConditionLabels > 0 ? new LabelCondition(spec) : null;
        Architectures.EncoderShape shape = Architectures.Encoder(spec);
        int channels = spec.PixelChannels, index = 0;
        var map = new List<Block>();
        foreach (int width in shape.Convolutions)
        {
            map.Add(new Convolution($"encoder.{index++}.conv", channels, width, spec.Kernel, stride: 2, init));
            map.Add(new Nonlinearity($"encoder.{index++}.act", spec.Activation));
            channels = width;
        }
        _map = new Stack("map", map);
        int optional = spec.Augmentation;
        int inputs = (channels * shape.InnerHeight * shape.InnerWidth) + (_label?.Size ?? 0) + optional;
        var posterior = new List<Block>();
        foreach (int units in shape.Units)
        {
            posterior.Add(new Dense($"encoder.{index++}.linear", inputs, units, init, optional: optional));
            posterior.Add(new Nonlinearity($"encoder.{index++}.act", spec.Activation));
            (inputs, optional) = (units, 0);
        }
        posterior.Add(new Dense($"encoder.{index}.linear", inputs, 2 * spec.Latent, init, optional: optional));
        _posterior = new Stack("posterior", posterior);
        RegisterComponents();
    }

    /// <summary>
    /// x (B, C, H, W) in 0..1, label (B, L), augmentation (B, A) or null for sprites as they are: mu and logVar, (B, Z) each.
    /// </summary>
    public override (Tensor Mu, Tensor LogVar) forward(Tensor x, Tensor? label, Tensor? augmentation)
    {
        // The label joins the flattened map: as planes of the picture, 52 labels made the first convolution most of a step.
        Tensor flat = LabelCondition.Join(_map.call(x).flatten(1), _label?.call(label!), augmentation);
        Tensor[] halves = _posterior.call(flat).chunk(2, 1);
        return (halves[0], _spec.Regulariser == Regulariser.None ? full_like(halves[1], -LogVarBound) // all but a point
            : halves[1].div(LogVarBound).tanh().mul(LogVarBound));
    }

    /// <summary>
    /// Bytes of straight-alpha RGBA (B, H, W, 4) as the encoder sees them, (B, C, H, W) in 0..1: colours premultiplied, or grey.
    /// </summary>
    public static Tensor Intensities(ModelSpec spec, Tensor sprites)
    {
        Tensor x = sprites.to_type(ScalarType.Float32).div(255f).permute(0, 3, 1, 2);
        if (spec.Grey) return x.narrow(1, 0, 3).mean([1], keepdim: true);
        if (!spec.SoftAlpha) return x.contiguous(); // where alpha is hard, what is invisible is 0 already
        Tensor alpha = x.narrow(1, 3, 1);
        return cat([x.narrow(1, 0, 3).mul(alpha), alpha], 1);
    }

    /// <summary>sprites (N, H, W, 4) bytes and label (N, L) to mu and logVar, (N, Z) each.</summary>
    public (OnnxValue Mu, OnnxValue LogVar) ToOnnx(OnnxGraph g, OnnxValue sprites, OnnxValue? label)
    {
        OnnxValue map = _map.ToOnnx(g, Intensities(g, sprites)), flat = g.Reshape(map, 1, map.Count);
        OnnxValue posterior = _posterior.ToOnnx(g, _label is null ? flat : g.Concat(1, flat, _label.ToOnnx(g, label!)));
        OnnxValue mu = g.Slice(posterior, 1, 0, _spec.Latent), unbounded = g.Slice(posterior, 1, _spec.Latent, 2 * _spec.Latent);
        return (mu, _spec.Regulariser == Regulariser.None ? g.Add(g.Scale(unbounded, 0f), g.Constant(-LogVarBound))
            : g.Scale(g.Tanh(g.Scale(unbounded, 1f / LogVarBound)), LogVarBound));
    }

    private OnnxValue Intensities(OnnxGraph g, OnnxValue sprites)
    {
        OnnxValue bytes = g.Cast(sprites, ElementType.Float);
        if (_spec.Grey)
        {
            const float third = 1f / (3f * 255f); // one product instead of moving channels around
            OnnxValue rows = g.Reshape(bytes, _spec.Height * _spec.Width, 4);
            return g.Reshape(g.Gemm(rows, g.Constant([third, third, third, 0f], 4, 1)), 1, 1, _spec.Height, _spec.Width);
        }
        OnnxValue x = g.Transpose(g.Scale(bytes, 1f / 255f), 0, 3, 1, 2);
        if (!_spec.SoftAlpha) return x;
        OnnxValue alpha = g.Slice(x, 1, 3, 4);
        return g.Concat(1, g.Mul(g.Slice(x, 1, 0, 3), alpha), alpha);
    }
}
