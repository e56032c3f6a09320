using System.Collections.Generic;
using VaeContent.Trainer.Export.Onnx;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Model;

/// <summary>p(x|z): from a latent, and a label in conditional models, to what is said of each pixel.</summary>
internal sealed class Decoder : nn.Module<Tensor, Tensor?, Tensor?, Decoded>
{
    private readonly ModelSpec _spec;
    private readonly Stack _map;
    private readonly LabelCondition? _label;
    private readonly PaletteHead? _palette;

    /// <summary>The decoder of a spec.</summary>
    public Decoder(ModelSpec spec, WeightInit init) : base("decoder")
    {
        _spec = spec;
        _label = spec.ConditionLabels > 0 ? new LabelCondition(spec) : null;
        Architectures.DecoderShape shape = Architectures.Decoder(spec);
        int optional = spec.Augmentation, code = spec.Latent + (_label?.Size ?? 0) + optional, inputs = code, index = 0;
        var blocks = new List<Block>();
        void Act() => blocks.Add(new Nonlinearity($"decoder.{index++}.act", spec.Activation));
        foreach (int units in shape.Units)
        {
            blocks.Add(new Dense($"decoder.{index++}.linear", inputs, units, init, optional: optional));
            Act();
            (inputs, optional) = (units, 0);
        }
        blocks.Add(new Dense($"decoder.{index++}.linear", inputs, shape.Channels * shape.Height * shape.Width, init,
            optional: optional));
        blocks.Add(new Unflatten($"decoder.{index++}.map", shape.Channels, shape.Height, shape.Width));
        if (spec.Architecture == Architecture.Conv || spec.HasPalette) Act();
        int channels = shape.Channels;
        foreach (var (to, height, width) in shape.Upsamplings)
        {
            blocks.Add(new Upsample($"decoder.{index++}.up", channels, to, height, width, spec.Kernel, init));
            channels = to;
            bool isLast = spec.Kernel == 4 && !spec.HasPalette && (height, width) == (spec.Height, spec.Width);
            if (!isLast) Act();
        }
        if (spec.Kernel == 3)
            blocks.Add(new Convolution($"decoder.{index}.conv", channels, spec.PixelChannels, 3, stride: 1, init));
        _map = new Stack("map", blocks);
        _palette = spec.HasPalette ? new PaletteHead(spec, channels, code, init) : null;
        RegisterComponents();
    }

    /// <summary>From the code to the map of pixels, or to the one that a palette's head sits on.</summary>
    public Stack Map => _map;

    /// <summary>The choice of colours; null without a palette likelihood.</summary>
    public PaletteHead? Palette => _palette;

    /// <summary>
    /// z (B, Z), label (B, L), augmentation (B, A) or null for sprites as they are: what is said of the pixels of B sprites.
    /// </summary>
    public override Decoded forward(Tensor z, Tensor? label, Tensor? augmentation)
    {
        Tensor code = LabelCondition.Join(z, _label?.call(label!), augmentation), map = _map.call(code);
        return _palette is null ? new Decoded(map, null) : new Decoded(map, _palette.call(map, code));
    }

    /// <summary>z (N, Z) and label (N, L) to the bytes of a texture: (N, H, W) palette indices or (N, H, W, 4) RGBA.</summary>
    public OnnxValue ToOnnx(OnnxGraph g, OnnxValue z, OnnxValue? label, PixelOutput output)
    {
        OnnxValue code = _label is null ? z : g.Concat(1, z, _label.ToOnnx(g, label!)), map = _map.ToOnnx(g, code);
        if (_palette is not null) return _palette.ToOnnx(g, map, code, output);
        return output.ToOnnx(g, g.Sigmoid(map));
    }
}

/// <summary>What a decoder says of B sprites.</summary>
/// <param name="Logits">(B, C, H, W): the logits of premultiplied intensities; with a palette the map that its head sits
/// on.</param>
/// <param name="Palette">The choice of colours; null without a palette likelihood.</param>
internal sealed record Decoded(Tensor Logits, PaletteLogits? Palette)
{
    /// <summary>What the sprites are expected to look like, (B, C, H, W) in 0..1, premultiplied: the mean of p(x|z).</summary>
    /// <param name="colours">(K - 1, 3): the palette's visible colours; null without a palette likelihood.</param>
    public Tensor Mean(Tensor? colours) => Palette is null ? Logits.sigmoid() : Palette.Mean(colours!);
}
