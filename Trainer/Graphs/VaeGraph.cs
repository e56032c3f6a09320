using System.Linq;
using VaeContent.Trainer.Models;

namespace VaeContent.Trainer.Graphs;

/// <summary>
/// The variational autoencoder of Kingma &amp; Welling (2014) as one graph: sprite -> q(z|x) -> z -> p(x|z) -> pixels, and the
/// terms of the evidence lower bound. Training, held-out judgement, the shipped decoder and the encoder are all parts of it.
/// B: batch, Z: latent size, L: labels, H x W: sprite.
/// </summary>
public sealed class VaeGraph
{
    // Within +-10: a posterior that widens without bound makes exp(logVar) infinite.
    private const float LogVarBound = 10f;

    /// <summary>Builds the graph of a spec for a batch of the given size (exported parts accept any).</summary>
    /// <param name="spec">The model.</param>
    /// <param name="batch">B.</param>
    /// <param name="freeBits">Nats per latent dimension below which the KL term does not pull (Kingma et al. 2016); 0 for none.</param>
    /// <param name="output">What the decoder's pixels become.</param>
    /// <param name="visibleShare">The share of pixels, 0..1, whose colour is judged: see <see cref="VisiblePixels"/>.</param>
    public VaeGraph(ModelSpec spec, int batch, float freeBits = 0f, PixelOutput? output = null, float visibleShare = 1f)
    {
        Spec = spec;
        Network network = Network.Of(spec);
        Graph g = Graph = new Graph();
        int h = spec.Height, w = spec.Width, z = spec.Latent;
        bool palette = spec.Likelihood == Likelihood.Palette;

        // What comes in.
        Sprites = g.Input("sprites", ElementType.UInt8, batch, h, w, 4);
        Visible = palette ? new VisiblePixels(g, batch, h, w, visibleShare) : null;
        Label = spec.ConditionLabels > 0 ? g.Input("label", ElementType.Float, batch, spec.ConditionLabels) : null;
        Noise = g.Input("noise", ElementType.Float, batch, z);
        Beta = g.Input("beta", ElementType.Float);
        Value x = g.Intensities(Sprites, spec.SoftAlpha); // (B, 4, H, W) in 0..1

        // q(z|x) = N(mu, exp(logVar)); conditional models see the label beside the flattened map: as planes of the picture, 52 labels made
        // the first convolution most of a step.
        int dense = network.Encoder.TakeWhile(layer => layer is not Layer.Linear).Count();
        Value map = g.Apply([.. network.Encoder.Take(dense)], x, "encoder");
        Value flat = g.Reshape(map, batch, map.Count / batch);
        Value posterior = g.Apply([.. network.Encoder.Skip(dense)], Label is null ? flat : g.Concat(1, flat, Label), "encoder", dense);
        Mu = g.Slice(posterior, 1, 0, z);
        LogVar = g.Scale(g.Tanh(g.Scale(g.Slice(posterior, 1, z, 2 * z), 1f / LogVarBound)), LogVarBound);
        Z = g.Add(Mu, g.Mul(g.Exp(g.Scale(LogVar, 0.5f)), Noise)); // reparameterisation, eq. 4

        // p(x|z)
        Value code = Label is null ? Z : g.Concat(1, Z, Label);
        Value decoded = g.Apply(network.Decoder, code, "decoder");
        if (palette)
        {
            var head = new PaletteHead(g, spec, decoded, code);
            Value opaque = g.Cast(g.GreaterOrEqual(g.Slice(x, 1, 3, 4), g.Constant(0.5f)), ElementType.Float);
            Reconstruction = g.Add(g.Bernoulli(head.Visibility, head.InBlocks(g, opaque)), Visible!.Judge(g, head));
            Pixels = head.Indices(g, output?.Grain ?? 0f);
        }
        else
        {
            Value xHat = spec.Likelihood == Likelihood.Bernoulli ? decoded : g.Sigmoid(decoded);
            Reconstruction = spec.Likelihood switch
            {
                Likelihood.Bernoulli => g.Bernoulli(decoded, x),
                Likelihood.Sigma => g.Sigma(xHat, x),
                _ => g.SquaredError(xHat, x, spec.MseSigma),
            };
            Pixels = (output ?? PixelOutput.SoftAlpha).Append(g, spec.Likelihood == Likelihood.Bernoulli ? g.Sigmoid(decoded) : xHat);
        }

        // KL(q(z|x) || N(0, I)) per dimension, summed over the batch: eq. 10.
        Value kl = g.Scale(g.Sub(g.Add(g.Square(Mu), g.Exp(LogVar)), g.Add(LogVar, g.Constant(1f))), 0.5f); // (B, Z)
        Value perDimension = g.ReduceSum(kl, [0]);
        if (freeBits > 0f) g.OfWholeBatch(perDimension);
        Kl = g.Sum(perDimension);
        Value pull = freeBits > 0f ? g.Sum(g.Max(perDimension, g.Constant(freeBits * batch))) : Kl;
        Loss = g.Add(Reconstruction, g.Mul(Beta, pull));
    }

    /// <summary>The model this is.</summary>
    public ModelSpec Spec { get; }

    /// <summary>All of it.</summary>
    public Graph Graph { get; }

    /// <summary>Input, (B, H, W, 4) bytes: straight-alpha RGBA.</summary>
    public Value Sprites { get; }

    /// <summary>Inputs: which pixels' colours are judged, and what they are; null without a palette likelihood.</summary>
    public VisiblePixels? Visible { get; }

    /// <summary>Input, (B, L): one weight per label; null in unconditional models.</summary>
    public Value? Label { get; }

    /// <summary>Input, (B, Z): standard normals.</summary>
    public Value Noise { get; }

    /// <summary>Input, scalar: the weight of the KL term.</summary>
    public Value Beta { get; }

    /// <summary>(B, Z): the posterior's mean.</summary>
    public Value Mu { get; }

    /// <summary>(B, Z): the posterior's log-variance.</summary>
    public Value LogVar { get; }

    /// <summary>(B, Z): a draw from the posterior; where a shipped decoder is entered.</summary>
    public Value Z { get; }

    /// <summary>(B, H, W) palette indices or (B, H, W, 4) RGBA: what ships.</summary>
    public Value Pixels { get; }

    /// <summary>Scalar: -log p(x|z), summed over the batch, nats.</summary>
    public Value Reconstruction { get; }

    /// <summary>Scalar: KL divergence, summed over the batch, nats.</summary>
    public Value Kl { get; }

    /// <summary>Scalar: what is minimised, summed over the batch.</summary>
    public Value Loss { get; }
}
