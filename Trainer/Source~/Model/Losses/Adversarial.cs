using VaeContent.Trainer.Training;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Model.Losses;

/// <summary>
/// The VAE-GAN hybrid (Larsen et al. 2016): a discriminator minimises the hinge loss relu(1 - D(T(x))) + relu(1 + D(T(xHat)))
/// (Lim &amp; Ye 2017), the decoder also -D(T(xHat)), each a mean over patches. T moves, mirrors and covers real and decoded
/// pictures alike, and lets gradients through (Zhao et al. 2020). Sums over the batch.
/// </summary>
internal static class Adversarial
{
    /// <summary>What both minimise. real, decoded (B, C, H, W) in 0..1.</summary>
    public static (Tensor Discriminator, Tensor Generator) Losses(PatchDiscriminator discriminator, Tensor real, Tensor decoded,
        TrainingBatch batch)
    {
        Tensor onReal = discriminator.call(Augmented(real.detach(), batch)),
            onDecoded = discriminator.call(Augmented(decoded, batch));
        double share = (double)real.shape[0] / onReal.numel();
        Tensor hinge = onReal.neg().add(1f).relu().sum().add(onDecoded.add(1f).relu().sum());
        return (hinge.mul(share), onDecoded.sum().mul(-share));
    }

    // In -1..1, so that what is covered is neither dark nor bright.
    private static Tensor Augmented(Tensor x, TrainingBatch batch)
    {
        Tensor pixels = x.mul(2f).sub(1f).flatten(2); // (B, C, H W)
        return pixels.gather(2, batch.Moved!.unsqueeze(1).expand(pixels.shape)).reshape(x.shape).mul(batch.Kept!);
    }
}
