using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Training;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Model.Losses;

/// <summary>
/// What training minimises: -ELBO = -log p(x|z) + beta KL(q(z|x) || p(z)) (Kingma &amp; Welling 2014, eq. 3), and how the family
/// varies the second term. Numbers that describe the batch as a whole are those of all processes that share it.
/// </summary>
/// <param name="spec">The model.</param>
/// <param name="settings">Free bits, capacity, weights of the regularisers.</param>
/// <param name="colours">(K - 1, 4): the palette's visible colours, premultiplied; null without a palette likelihood.</param>
/// <param name="group">Who shares the batch; null for a process that trains alone.</param>
internal sealed class Elbo(ModelSpec spec, TrainingSettings settings, Tensor? colours, IProcessGroup? group)
{
    /// <summary>The losses of a batch, with the graph that leads to them.</summary>
    public ElboTerms Evaluate(VaeModel model, TrainingBatch batch, float beta, float capacity)
    {
        Tensor x = Encoder.Intensities(spec, batch.Clean ?? batch.Sprites); // (B, C, H, W)
        var (mu, logVar) = model.Encoder.call(batch.Clean is null ? x : Encoder.Intensities(spec, batch.Sprites), batch.Label,
            batch.Augmentation);
        Tensor z = model.Reparameterise(mu, logVar, batch.Noise);
        long draws = z.shape[0] / mu.shape[0];
        Tensor? ForEachDraw(Tensor? told) => draws == 1 ? told : told?.repeat_interleave(draws, 0);
        Decoded said = model.Decoder.call(z, ForEachDraw(batch.TargetLabel ?? batch.Label), ForEachDraw(batch.Augmentation));
        Tensor reconstruction = Reconstruction(said, x, batch.Indices); // (B, K)
        Tensor kl = Regularisers.KlDivergence(mu, logVar); // (B, Z)
        return new ElboTerms(Total(reconstruction, kl, new Latents(mu, logVar, z), batch, beta, capacity), reconstruction, kl,
            said, x);
    }

    /// <summary>
    /// -log p(x|z) of each sprite and draw, (B, K), nats. x (B, C, H, W) in 0..1; indices (B, H, W) with a palette.
    /// </summary>
    public Tensor Reconstruction(Decoded said, Tensor x, Tensor? indices)
    {
        if (said.Palette is not null)
        {
            Tensor? mixed = spec.Likelihood == Likelihood.Mix ? colours : null;
            return Likelihoods.Palette(said.Palette, indices!, mixed, spec.MseSigma);
        }
        Tensor rows = x.reshape(x.shape[0], 1, -1), logits = said.Logits.reshape(x.shape[0], -1, rows.shape[2]);
        return spec.Likelihood switch
        {
            Likelihood.Bernoulli => Likelihoods.Bernoulli(logits, rows),
            Likelihood.Sigma => Likelihoods.OptimalSigma(logits.sigmoid(), rows, group),
            _ => Likelihoods.SquaredError(logits.sigmoid(), rows, spec.MseSigma),
        };
    }

    /// <summary>
    /// The visible colours of a palette, premultiplied RGBA, (K - 1, 4) in 0..1, for models that have one; null for others.
    /// </summary>
    public static Tensor? VisibleColours(ModelSpec spec, IReadOnlyList<Rgba32> palette)
    {
        if (!spec.HasPalette) return null;
        return tensor((float[])[.. palette.Skip(1).SelectMany(Premultiplied.Rgba)]).reshape(-1, 4);
    }

    private Tensor Total(Tensor reconstruction, Tensor kl, Latents latents, TrainingBatch batch, float beta, float capacity)
    {
        if (spec.Regulariser == Regulariser.None) return reconstruction.sum();
        if (reconstruction.shape[1] > 1)
            return Regularisers.ImportanceWeightedBound(reconstruction,
                Regularisers.LogRatio(latents.Z, batch.Noise, latents.LogVar), beta);
        Tensor pull = settings.Capacity > 0f ? Regularisers.Capacity(kl, capacity, group)
            : settings.FreeBits > 0f ? Regularisers.FreeBits(kl, settings.FreeBits, group) : kl.sum();
        if (spec.Regulariser == Regulariser.Tc)
        {
            Tensor correlation = Regularisers.TotalCorrelation(group.Gather(latents.Z), group.Gather(latents.Mu),
                group.Gather(latents.LogVar));
            pull = pull.add(correlation.mul(settings.TotalCorrelation));
        }
        if (spec.Regulariser == Regulariser.Mmd)
        {
            Tensor all = group.Gather(latents.Z);
            pull = Regularisers.MaximumMeanDiscrepancy(all, group.Gather(batch.Draws!)).mul(all.shape[0] * settings.Discrepancy);
        }
        return reconstruction.sum().add(pull.mul(beta));
    }

    private readonly record struct Latents(Tensor Mu, Tensor LogVar, Tensor Z);
}

/// <summary>The losses of B sprites, nats.</summary>
/// <param name="Total">Scalar: what is minimised, summed over the batch.</param>
/// <param name="Reconstruction">(B, K): -log p(x|z).</param>
/// <param name="Kl">(B, Z): KL(q(z|x) || N(0, I)).</param>
/// <param name="Decoded">What the decoder says of the sprites.</param>
/// <param name="Target">(B, C, H, W) in 0..1: what it is judged by.</param>
internal sealed record ElboTerms(Tensor Total, Tensor Reconstruction, Tensor Kl, Decoded Decoded, Tensor Target)
{
    /// <summary>-log p(x|z), a mean over draws, summed over the batch.</summary>
    public Tensor ReconstructionSum => Reconstruction.sum().div(Reconstruction.shape[1]);
}
