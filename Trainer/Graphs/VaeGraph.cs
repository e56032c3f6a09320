using System.Linq;
using VaeContent.Trainer.Models;

namespace VaeContent.Trainer.Graphs;

/// <summary>
/// The variational autoencoder of Kingma &amp; Welling (2014) as one graph: sprite -> q(z|x) -> z -> p(x|z) -> pixels, and the
/// terms of the evidence lower bound. Training, held-out judgement, the shipped decoder and the encoder are all parts of it.
/// B: batch, K: draws a sprite (1 but for the importance-weighted bound), Z: latent size, L: labels, H x W: sprite.
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
        : this(spec, batch, new Objective { FreeBits = freeBits, VisibleShare = visibleShare }, output)
    {
    }

    /// <summary>The same with all that training may ask for.</summary>
    public VaeGraph(ModelSpec spec, int batch, Objective objective, PixelOutput? output = null)
    {
        Spec = spec;
        Network network = Network.Of(spec);
        Graph g = Graph = new Graph();
        int h = spec.Height, w = spec.Width, z = spec.Latent, k = objective.Samples;
        if (k > 1 && (spec.Likelihood is not (Likelihood.Bernoulli or Likelihood.Mse) || spec.Regulariser != Regulariser.Kl))
            throw new UserError($"training.samples={k} cannot be used with model.likelihood={spec.Likelihood} and model.regulariser={spec.Regulariser}: the importance-weighted bound needs bernoulli or mse, and kl.");

        // What comes in.
        Sprites = g.Input("sprites", ElementType.UInt8, batch, h, w, 4);
        Clean = objective.Denoises ? g.Input("clean", ElementType.UInt8, batch, h, w, 4) : null;
        Visible = spec.HasPalette ? new VisiblePixels(g, batch, h, w, objective.VisibleShare) : null;
        Label = spec.ConditionLabels > 0 ? g.Input("label", ElementType.Float, batch, spec.ConditionLabels) : null;
        Noise = g.Input("noise", ElementType.Float, batch * k, z);
        Beta = g.Input("beta", ElementType.Float);
        Value seen = Intensities(g, Sprites), x = Clean is null ? seen : Intensities(g, Clean); // (B, C, H, W) in 0..1
        Target = x;
        Value? told = Label is null ? null : g.Columns(Label, spec.LabelColumns);

        // q(z|x) = N(mu, exp(logVar)); conditional models see the label beside the flattened map: as planes of the picture, 52 labels made
        // the first convolution most of a step.
        int dense = network.Encoder.TakeWhile(layer => layer is not Layer.Linear).Count();
        Value map = g.Apply([.. network.Encoder.Take(dense)], seen, "encoder");
        Value flat = g.Reshape(map, batch, map.Count / batch);
        Value posterior = g.Apply([.. network.Encoder.Skip(dense)], told is null ? flat : g.Concat(1, flat, told), "encoder", dense);
        Mu = g.Slice(posterior, 1, 0, z);
        Value unbounded = g.Slice(posterior, 1, z, 2 * z);
        LogVar = spec.Regulariser == Regulariser.None ? g.Add(g.Scale(unbounded, 0f), g.Constant(-LogVarBound)) // all but a point
            : g.Scale(g.Tanh(g.Scale(unbounded, 1f / LogVarBound)), LogVarBound);
        Z = spec.Regulariser == Regulariser.None ? Mu
            : k == 1 ? g.Add(Mu, g.Mul(g.Exp(g.Scale(LogVar, 0.5f)), Noise)) // reparameterisation, eq. 4
            : g.Reshape(g.Draws(Mu, LogVar, Noise, k), batch * k, z);

        // p(x|z)
        Value code = told is null ? Z : g.Concat(1, Z, g.Repeat(told, k));
        FirstDecoderParameter = g.Parameters.Count;
        Value decoded = g.Apply(network.Decoder, code, "decoder");
        Value each, rows = g.Reshape(x, batch, 1, x.Count / batch), numbers = g.Reshape(decoded, batch, k, decoded.Count / (batch * k));
        if (spec.HasPalette)
        {
            PaletteHead head = Head = new PaletteHead(g, spec, decoded, code);
            Value alpha = spec.Grey ? x : g.Slice(x, 1, 3, 4);
            Value opaque = head.InBlocks(g, g.Cast(g.GreaterOrEqual(alpha, g.Constant(0.5f)), ElementType.Float));
            Reconstruction = g.Add(g.Bernoulli(head.Visibility, opaque), Visible!.Judge(g, head, objective.Colours, spec.MseSigma));
            each = Reconstruction;
            if (objective.PerSprite)
                each = g.Add(g.BernoulliEach(g.Reshape(head.Visibility, batch, 1, opaque.Count / batch), g.Reshape(opaque, batch, 1, opaque.Count / batch)), Visible.JudgeEach(g, head, batch));
            Pixels = head.Indices(g, output?.Grain ?? 0f);
        }
        else
        {
            Value xHat = spec.Likelihood == Likelihood.Bernoulli ? decoded : g.Sigmoid(decoded);
            Value Each() => spec.Likelihood switch
            {
                Likelihood.Bernoulli => g.BernoulliEach(numbers, rows),
                Likelihood.Sigma => g.SigmaEach(g.Sigmoid(numbers), rows),
                _ => g.SquaredErrorEach(g.Sigmoid(numbers), rows, spec.MseSigma),
            };
            each = k > 1 || objective.PerSprite ? Each() : xHat;
            Reconstruction = k > 1 ? g.Scale(g.Sum(each), 1f / k) : spec.Likelihood switch
            {
                Likelihood.Bernoulli => g.Bernoulli(decoded, x),
                Likelihood.Sigma => g.Sigma(xHat, x),
                _ => g.SquaredError(xHat, x, spec.MseSigma),
            };
            Mean = spec.Likelihood == Likelihood.Bernoulli ? g.Sigmoid(decoded) : xHat;
            Pixels = (output ?? PixelOutput.SoftAlpha).Append(g, Mean);
        }
        Each = k > 1 || objective.PerSprite ? each : null;

        // KL(q(z|x) || N(0, I)) per dimension, summed over the batch: eq. 10.
        Value kl = g.Scale(g.Sub(g.Add(g.Square(Mu), g.Exp(LogVar)), g.Add(LogVar, g.Constant(1f))), 0.5f); // (B, Z)
        Value perDimension = g.ReduceSum(kl, [0]);
        if (objective.FreeBits > 0f || objective.HasCapacity) g.OfWholeBatch(perDimension);
        Kl = g.Sum(perDimension);
        if (k > 1)
        {
            Loss = g.ImportanceBound(Each!, g.LogRatio(Z, Noise, LogVar, k), Beta);
            return;
        }
        Value pull = objective.FreeBits > 0f ? g.Sum(g.Max(perDimension, g.Constant(objective.FreeBits * batch))) : Kl;
        if (objective.HasCapacity)
        {
            Capacity = g.Input("capacity", ElementType.Float);
            pull = g.Abs(g.Sub(Kl, g.Scale(Capacity, batch))); // Burgess et al. 2018, eq. 8
        }
        if (spec.Regulariser == Regulariser.Tc)
            pull = g.Add(pull, g.Scale(g.TotalCorrelation(Z, Mu, LogVar), objective.TotalCorrelation));
        if (spec.Regulariser == Regulariser.Mmd)
        {
            Draws = g.Input("draws", ElementType.Float, batch, z);
            pull = g.Scale(g.Discrepancy(Z, Draws), batch * objective.Discrepancy);
        }
        Loss = spec.Regulariser == Regulariser.None ? Reconstruction : g.Add(Reconstruction, g.Mul(Beta, pull));
    }

    /// <summary>The model this is.</summary>
    public ModelSpec Spec { get; }

    /// <summary>All of it.</summary>
    public Graph Graph { get; }

    /// <summary>Input, (B, H, W, 4) bytes: straight-alpha RGBA.</summary>
    public Value Sprites { get; }

    /// <summary>Input, (B, H, W, 4) bytes: what the decoder is judged by where that is not what the encoder sees; null otherwise.</summary>
    public Value? Clean { get; }

    /// <summary>Inputs: which pixels' colours are judged, and what they are; null without a palette likelihood.</summary>
    public VisiblePixels? Visible { get; }

    /// <summary>Input, (B, L): one weight per label; null in unconditional models.</summary>
    public Value? Label { get; }

    /// <summary>Input, (B K, Z): standard normals.</summary>
    public Value Noise { get; }

    /// <summary>Input, scalar: the weight of the KL term.</summary>
    public Value Beta { get; }

    /// <summary>Input, scalar: nats that the KL is pulled towards; null without a capacity.</summary>
    public Value? Capacity { get; }

    /// <summary>Input, (B, Z): standard normals that the latents are compared with; null without <see cref="Regulariser.Mmd"/>.</summary>
    public Value? Draws { get; }

    /// <summary>(B, Z): the posterior's mean.</summary>
    public Value Mu { get; }

    /// <summary>(B, Z): the posterior's log-variance.</summary>
    public Value LogVar { get; }

    /// <summary>(B K, Z): draws from the posterior; where a shipped decoder is entered.</summary>
    public Value Z { get; }

    /// <summary>(B, H, W) palette indices or (B, H, W, 4) RGBA: what ships.</summary>
    public Value Pixels { get; }

    /// <summary>Scalar: -log p(x|z), summed over the batch, nats.</summary>
    public Value Reconstruction { get; }

    /// <summary>(B, K): -log p(x|z) of each sprite and draw, nats; null where it was not asked for.</summary>
    public Value? Each { get; }

    /// <summary>Scalar: KL divergence, summed over the batch, nats.</summary>
    public Value Kl { get; }

    /// <summary>Scalar: what is minimised, summed over the batch.</summary>
    public Value Loss { get; }

    /// <summary>(B, C, H, W) in 0..1: what the decoder is judged by.</summary>
    internal Value Target { get; }

    /// <summary>(B K, C, H, W) in 0..1: the mean of p(x|z); null with a palette likelihood.</summary>
    internal Value? Mean { get; }

    /// <summary>The end of a palette decoder; null without a palette likelihood.</summary>
    internal PaletteHead? Head { get; }

    /// <summary>How many of the graph's parameters are the encoder's; the decoder's follow.</summary>
    internal int FirstDecoderParameter { get; }

    private Value Intensities(Graph g, Value sprites) => Spec.Grey ? g.Greys(sprites) : g.Intensities(sprites, Spec.SoftAlpha);
}
