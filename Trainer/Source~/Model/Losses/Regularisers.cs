using System;
using VaeContent.Trainer.Training;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Model.Losses;

/// <summary>What keeps posteriors near the prior N(0, I). B: sprites, Z: latent size.</summary>
internal static class Regularisers
{
    // Scales of the kernel; Tolstikhin et al. 2018, appendix.
    private static readonly float[] Scales = [0.1f, 0.2f, 0.5f, 1f, 2f, 5f, 10f];

    /// <summary>KL(q(z|x) || N(0, I)) of each sprite and dimension, (B, Z): Kingma &amp; Welling 2014, eq. 10.</summary>
    public static Tensor KlDivergence(Tensor mu, Tensor logVar) => mu.square().add(logVar.exp()).sub(logVar).sub(1f).mul(0.5f);

    /// <summary>
    /// The KL, summed, of those dimensions that have more than some nats on average over the whole batch; the others are not
    /// pulled (Kingma et al. 2016). kl (B, Z).
    /// </summary>
    public static Tensor FreeBits(Tensor kl, float nats, IProcessGroup? group)
    {
        Tensor perDimension = kl.sum([0]), floor = full_like(perDimension, nats * kl.shape[0]);
        return where(group.Mean(perDimension.detach()).gt(floor), perDimension, floor).sum();
    }

    /// <summary>
    /// |KL - capacity|, summed over the batch, which is nearer to or farther from it as a whole (Burgess et al. 2018, eq. 8). kl
    /// (B, Z).
    /// </summary>
    public static Tensor Capacity(Tensor kl, float capacity, IProcessGroup? group)
    {
        Tensor away = kl.sum().sub(capacity * kl.shape[0]);
        return group.Mean(away.detach()).sign().mul(away);
    }

    /// <summary>
    /// KL(q(z) || prod_d q(z_d)), summed over the batch: both estimated from the batch itself, as means over its posteriors (Chen
    /// et al. 2018, with the batch instead of the set, which changes the value by a constant). All (B, Z).
    /// </summary>
    public static Tensor TotalCorrelation(Tensor z, Tensor mu, Tensor logVar)
    {
        double count = z.shape[0];
        // log q(z_i,d | x_j) except for its constant, (B, B, Z): i, j, d.
        Tensor log = z.unsqueeze(1).sub(mu.unsqueeze(0)).square().mul(logVar.neg().exp().unsqueeze(0)).add(logVar.unsqueeze(0))
            .mul(-0.5f);
        Tensor joint = log.sum(2).logsumexp(1), product = log.logsumexp(1).sum(1); // (B)
        return joint.sub(product).add((z.shape[1] - 1) * Math.Log(count)).sum();
    }

    /// <summary>
    /// The maximum mean discrepancy between latents and draws from the prior, (B, Z) each, with the sum of inverse multiquadratic
    /// kernels 2 Z s / (2 Z s + distance^2) over seven scales s; without bias, so that it can be below 0 (Tolstikhin et al. 2018,
    /// algorithm 2).
    /// </summary>
    public static Tensor MaximumMeanDiscrepancy(Tensor z, Tensor draws)
    {
        double b = z.shape[0];
        Tensor Kernel(Tensor x, Tensor y)
        {
            Tensor lengths = x.square().sum(1).unsqueeze(1).add(y.square().sum(1).unsqueeze(0));
            Tensor distance = lengths.sub(x.mm(y.t()).mul(2f)).clamp_min(0f), sum = zeros_like(distance); // (B, B)
            foreach (float scale in Scales)
            {
                float c = 2f * x.shape[1] * scale;
                sum = sum.add(distance.add(c).reciprocal().mul(c));
            }
            return sum.sum();
        }
        // A latent is at distance 0 from itself, and that does not count.
        Tensor within = Kernel(z, z).add(Kernel(draws, draws)).sub(2 * b * Scales.Length);
        return within.div(b * (b - 1)).sub(Kernel(z, draws).mul(2 / (b * b)));
    }

    /// <summary>
    /// log p(z) - log q(z|x) of K draws, (B, K): the sum over dimensions of (noise^2 + logVar - z^2) / 2. z, noise (B K, Z),
    /// logVar (B, Z).
    /// </summary>
    public static Tensor LogRatio(Tensor z, Tensor noise, Tensor logVar) =>
        noise.square().sub(z.square()).reshape(logVar.shape[0], -1, logVar.shape[1]).add(logVar.unsqueeze(1)).sum(2).mul(0.5f);

    /// <summary>
    /// The importance-weighted bound with its sign turned, summed over the batch: -log mean_k p(x|z_k) (p(z_k) / q(z_k|x))^beta
    /// (Burda et al. 2016, eq. 8). Both (B, K).
    /// </summary>
    public static Tensor ImportanceWeightedBound(Tensor reconstruction, Tensor logRatio, float beta) =>
        logRatio.mul(beta).sub(reconstruction).logsumexp(1).neg().add(Math.Log(reconstruction.shape[1])).sum();
}
