using System.Collections.Generic;

namespace VaeContent.Trainer.Graphs;

/// <summary>
/// A discriminator beside a variational autoencoder in one graph (Larsen et al. 2016). Its weights come after the model's. Both see one
/// forward pass, and all weights move at once, as in that paper's algorithm 1:
/// the discriminator's by the hinge loss relu(1 - D(T(x))) + relu(1 + D(T(xHat))) (Lim &amp; Ye 2017), the decoder's also by -D(T(xHat)), each
/// a mean over patches. T moves, mirrors and covers real and decoded pictures alike, and lets gradients through (Zhao et al. 2020).
/// </summary>
public sealed class AdversaryGraph
{
    /// <summary>Extends a model's graph.</summary>
    /// <param name="vae">The model; one draw a sprite.</param>
    /// <param name="widths">Channels of the discriminator's convolutions.</param>
    /// <param name="palette">The palette's colours, the transparent one at 0; for palette likelihoods alone.</param>
    public AdversaryGraph(VaeGraph vae, IReadOnlyList<int> widths, IReadOnlyList<Rgba32> palette)
    {
        Graph g = vae.Graph;
        int batch = vae.Sprites.Shape[0], height = vae.Spec.Height, width = vae.Spec.Width;
        FirstParameter = g.Parameters.Count;
        FirstDecoderParameter = vae.FirstDecoderParameter;
        ModelWeights = g.ParameterCount;
        Moved = g.Input("moved", ElementType.Int64, batch * height * width);
        Kept = g.Input("kept", ElementType.Float, batch, 1, height, width);
        Picture = vae.Head is { } head ? head.Picture(g, palette) : vae.Mean!;

        var discriminator = new PatchDiscriminator(g, Picture.Shape[1], widths);
        Value real = discriminator.Score(g, Change(g, vae.Target)), decoded = discriminator.Score(g, Change(g, Picture));
        float share = (float)batch / real.Count;
        Value One() => g.Constant(1f);
        Discriminator = g.Scale(g.Add(g.Sum(g.Relu(g.Sub(One(), real))), g.Sum(g.Relu(g.Add(decoded, One())))), share);
        Generator = g.Scale(g.Sum(decoded), -share);
    }

    /// <summary>Input, (B H W): from which pixel of the batch each pixel comes; none twice.</summary>
    public Value Moved { get; }

    /// <summary>Input, (B, 1, H, W): 1 where a pixel is seen, 0 where it is covered or came from beyond the border.</summary>
    public Value Kept { get; }

    /// <summary>(B, C, H, W) in 0..1, premultiplied: the decoder's mean, or each pixel's expected colour under a palette likelihood.</summary>
    public Value Picture { get; }

    /// <summary>Scalar: what the discriminator minimises, summed over the batch.</summary>
    public Value Discriminator { get; }

    /// <summary>Scalar: what the decoder minimises besides, times a weight, summed over the batch.</summary>
    public Value Generator { get; }

    /// <summary>How many numbers the model's own weights are; the discriminator's follow.</summary>
    internal int ModelWeights { get; }

    internal int FirstParameter { get; }

    internal int FirstDecoderParameter { get; }

    // In -1..1, so that what is covered is neither dark nor bright.
    private Value Change(Graph g, Value x)
    {
        x = g.Sub(g.Scale(x, 2f), g.Constant(1f));
        int[] s = x.Shape;
        Value rows = g.Reshape(g.Transpose(x, 0, 2, 3, 1), s[0] * s[2] * s[3], s[1]);
        return g.Mul(g.Transpose(g.Reshape(g.GatherRows(rows, Moved), s[0], s[2], s[3], s[1]), 0, 3, 1, 2), Kept);
    }
}
