using System.Collections.Generic;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Model;

/// <summary>
/// Tells real pictures from decoded ones, patch by patch (Isola et al. 2017): 3x3 convolutions of stride 1, LeakyReLU between
/// them, to one score a pixel. With three of them each score is of 7x7 pixels, so it judges texture and edges, not the sprite.
/// Strides would be cheaper, but their gradient has a pattern of their period, which decoders learn to draw (Odena et al. 2016).
/// </summary>
internal sealed class PatchDiscriminator : nn.Module<Tensor, Tensor>
{
    private const int Kernel = 3;
    private const double Slope = 0.2;

    private readonly ModuleList<Conv2d> _layers = [];

    /// <summary>For pictures of some channels; <paramref name="widths"/> are the channels between the convolutions.</summary>
    public PatchDiscriminator(int channels, IReadOnlyList<int> widths, long seed) : base("discriminator")
    {
        var init = new WeightInit(seed);
        foreach (int width in (IEnumerable<int>)[.. widths, 1])
        {
            OneDnn.Require(channels, width, stride: 1);
            Conv2d conv = nn.Conv2d(channels, width, Kernel, padding: 1);
            init.Normal(conv.weight!, channels * Kernel * Kernel);
            init.Zeros(conv.bias!);
            _layers.Add(conv);
            channels = width;
        }
        RegisterComponents();
    }

    /// <summary>Scores of pictures (B, C, H, W): (B, 1, H, W), above 0 where a patch looks real.</summary>
    public override Tensor forward(Tensor x)
    {
        for (int i = 0; i < _layers.Count; i++)
        {
            x = _layers[i].call(x);
            if (i < _layers.Count - 1) x = nn.functional.leaky_relu(x, Slope);
        }
        return x;
    }
}
