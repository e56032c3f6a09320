using System.Collections.Generic;

namespace VaeContent.Trainer.Graphs;

/// <summary>
/// Tells real pictures from decoded ones, patch by patch (Isola et al. 2017): 3x3 convolutions of stride 1, LeakyReLU between them, to one score
/// a pixel. With three of them each score is of 7x7 pixels, so it judges texture and edges, not the sprite. Strides would be cheaper, but their
/// gradient has a pattern of their period, which decoders learn to draw (Odena et al. 2016).
/// </summary>
internal sealed class PatchDiscriminator
{
    private const int Kernel = 3;
    private const float Slope = 0.2f;

    private readonly List<(Value Weights, Value Bias)> _layers = [];

    /// <summary>Declares the weights; <paramref name="widths"/> are the channels between them.</summary>
    public PatchDiscriminator(Graph g, int channels, IReadOnlyList<int> widths)
    {
        for (int i = 0; i <= widths.Count; i++)
        {
            int to = i < widths.Count ? widths[i] : 1;
            Value weights = g.Parameter($"discriminator.{i}.w", LayerGraph.Std(channels * Kernel * Kernel), to, channels, Kernel, Kernel);
            _layers.Add((weights, g.Parameter($"discriminator.{i}.b", 0f, to)));
            channels = to;
        }
    }

    /// <summary>Scores of pictures (B, C, H, W): (B, 1, H, W), above 0 where a patch looks real.</summary>
    public Value Score(Graph g, Value x)
    {
        for (int i = 0; i < _layers.Count; i++)
        {
            x = g.Conv(x, _layers[i].Weights, _layers[i].Bias, [1, 1], [1, 1, 1, 1]);
            if (i < _layers.Count - 1) x = g.LeakyRelu(x, Slope);
        }
        return x;
    }
}
