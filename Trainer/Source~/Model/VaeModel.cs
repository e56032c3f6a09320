using static TorchSharp.torch;

namespace VaeContent.Trainer.Model;

/// <summary>
/// The variational autoencoder of Kingma &amp; Welling (2014): sprite -> q(z|x) -> z -> p(x|z). B: batch, K: draws a sprite, Z:
/// latent size, L: labels, H x W: sprite, C: numbers a pixel.
/// </summary>
internal sealed class VaeModel : nn.Module
{
    private readonly Encoder _encoder;
    private readonly Decoder _decoder;

    /// <summary>A model with the weights that training with a seed starts from.</summary>
    public VaeModel(ModelSpec spec, long seed = 0) : base(LibTorch.RequireFor("vae"))
    {
        spec.Validate();
        Spec = spec;
        var init = new WeightInit(seed);
        _encoder = new Encoder(spec, init);
        _decoder = new Decoder(spec, init);
        RegisterComponents();
    }

    /// <summary>What it is made of.</summary>
    public ModelSpec Spec { get; }

    /// <summary>q(z|x).</summary>
    public Encoder Encoder => _encoder;

    /// <summary>p(x|z).</summary>
    public Decoder Decoder => _decoder;

    /// <summary>
    /// The latents of draws from posteriors: z = mu + exp(logVar / 2) noise (eq. 4). mu, logVar (B, Z), noise (B K, Z): (B K, Z).
    /// </summary>
    public Tensor Reparameterise(Tensor mu, Tensor logVar, Tensor noise)
    {
        if (Spec.Regulariser == Regulariser.None) return mu;
        long draws = noise.shape[0] / mu.shape[0];
        Tensor deviation = logVar.mul(0.5f).exp();
        if (draws == 1) return addcmul(mu, deviation, noise, 1f);
        return addcmul(mu.repeat_interleave(draws, 0), deviation.repeat_interleave(draws, 0), noise, 1f);
    }

    /// <summary>The posteriors of sprites, (N, Z) means and log-variances; bytes (N, H, W, 4), labels (N, L) or null.</summary>
    public (Tensor Mu, Tensor LogVar) Encode(Tensor sprites, Tensor? label) =>
        Encoder.call(Encoder.Intensities(Spec, sprites), label, null);
}
