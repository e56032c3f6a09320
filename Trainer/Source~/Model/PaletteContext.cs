using System;
using VaeContent.Trainer.Export.Onnx;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Model;

/// <summary>
/// How pixels agree with what was chosen before: the first pixel of each block of 2x2 is chosen from the latent alone, the other
/// three see the first ones of their block and of the eight around it (after Reed et al. 2017, parallel multiscale
/// autoregressive density estimation). Letters as in <see cref="PaletteHead"/>.
/// </summary>
internal sealed class PaletteContext : nn.Module<Tensor, Tensor, (Tensor Features, Tensor Visibility)>
{
    private const int ColourChannels = 8;

    private readonly ModelSpec _spec;
    private readonly Dense _colours, _map, _features, _visibility;
    private readonly Convolution _around;
    private readonly Nonlinearity _act;

    /// <summary>Over a map of some channels.</summary>
    public PaletteContext(ModelSpec spec, int channels, WeightInit init) : base("context")
    {
        _spec = spec;
        // One of K inputs is 1 in each place.
        _colours = new Dense("decoder.context.colours", spec.Colours, ColourChannels, init, gain: MathF.Sqrt(spec.Colours));
        _around = new Convolution("decoder.context.around", ColourChannels, spec.ContextChannels, kernel: 3, stride: 1, init);
        _map = new Dense("decoder.context.map", channels, spec.ContextChannels, init);
        _features = new Dense("decoder.context.features", spec.ContextChannels, 3 * spec.PixelFeatures, init, gain: 0.3f);
        _visibility = new Dense("decoder.context.visibility", spec.ContextChannels, 3, init, gain: 0.3f);
        _act = new Nonlinearity("act", spec.Activation);
        RegisterComponents();
    }

    /// <summary>The layers that do not know the colours.</summary>
    public Block[] Shared => [_around, _map, _features, _visibility];

    /// <summary>From a colour, the transparent one included, to what is seen of it.</summary>
    public Dense Colours => _colours;

    /// <summary>
    /// map (B, M, R, C), and the colours of the first pixels, (B R C, K), each row of which sums to 1: what the other three gain
    /// in features, (B R C, 3, F), and in log-odds of being visible, (B R C, 3).
    /// </summary>
    public override (Tensor Features, Tensor Visibility) forward(Tensor map, Tensor first)
    {
        long batch = map.shape[0], rows = map.shape[2], columns = map.shape[3];
        Tensor seen = _colours.call(first).reshape(batch, rows, columns, ColourChannels).permute(0, 3, 1, 2);
        Tensor around = _around.call(seen).InRows(), hidden = _act.call(_map.call(map.InRows()).add(around)); // (B R C, context)
        return (_features.call(hidden).reshape(-1, 3, _spec.PixelFeatures), _visibility.call(hidden));
    }

    /// <summary>
    /// The same plane by plane: map (N, M, R, C) and first (N, K, R, C) to features (N, 3 F, R, C) and log-odds (N, 3, R, C).
    /// </summary>
    public (OnnxValue Features, OnnxValue Visibility) ToOnnx(OnnxGraph g, OnnxValue map, OnnxValue first)
    {
        OnnxValue around = _around.ToOnnx(g, _colours.ToOnnxAtEachPlace(g, first));
        OnnxValue hidden = _act.ToOnnx(g, g.Sum(_map.ToOnnxAtEachPlace(g, map), around));
        return (_features.ToOnnxAtEachPlace(g, hidden), _visibility.ToOnnxAtEachPlace(g, hidden));
    }
}
