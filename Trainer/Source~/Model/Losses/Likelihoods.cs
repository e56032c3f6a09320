using System;
using VaeContent.Trainer.Training;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Model.Losses;

/// <summary>
/// -log p(sprite | z) in nats, always summed over pixels: averaged, it would be too small beside the KL, and latents collapse.
/// Each returns (B, K), one number for each of K decoded draws of B sprites; D numbers a sprite.
/// </summary>
internal static class Likelihoods
{
    // Below the rounding of 8-bit pixels there is nothing to learn.
    private const float SmallestVariance = 1e-5f;

    /// <summary>
    /// Each number Bernoulli with probability sigmoid(logit): binary cross-entropy. logits (B, K, D), x (B, 1, D).
    /// </summary>
    public static Tensor Bernoulli(Tensor logits, Tensor x) =>
        nn.functional.binary_cross_entropy_with_logits(logits, x.expand_as(logits), reduction: nn.Reduction.None).sum(2);

    /// <summary>
    /// Gaussian of fixed standard deviation, without its constant: (xHat - x)^2 / (2 sigma^2). xHat (B, K, D), x (B, 1, D).
    /// </summary>
    public static Tensor SquaredError(Tensor xHat, Tensor x, float sigma) =>
        xHat.sub(x).square().sum(2).mul(0.5f / (sigma * sigma));

    /// <summary>
    /// Gaussian with the variance that fits the whole batch best, s = mean squared error (Rybkin et al. 2021, eq. 6), a constant
    /// to the gradient: (xHat - x)^2 / (2 s) + D/2 log(2 pi s). xHat (B, K, D), x (B, 1, D).
    /// </summary>
    public static Tensor OptimalSigma(Tensor xHat, Tensor x, IProcessGroup? group)
    {
        Tensor squares = xHat.sub(x).square();
        Tensor s = group.Mean(squares.detach().mean()).add(SmallestVariance);
        return squares.sum(2).div(s).mul(0.5f).add(s.mul(2f * MathF.PI).log().mul(x.shape[2] / 2f));
    }

    /// <summary>
    /// p(visible) for every pixel, p(colour | visible) for the visible ones alone. With <paramref name="colours"/> (K - 1, 4)
    /// also the squared distance of the expected colour to the true one, over 2 sigma^2: near colours are lesser mistakes than
    /// far ones.
    /// </summary>
    /// <param name="said">Of B sprites.</param>
    /// <param name="indices">(B, H, W) bytes: palette indices, 0 where nothing is visible.</param>
    /// <param name="colours">The palette's visible colours, premultiplied, for <see cref="Likelihood.Mix"/>; otherwise
    /// null.</param>
    /// <param name="sigma">Of that distance.</param>
    public static Tensor Palette(PaletteLogits said, Tensor indices, Tensor? colours, float sigma)
    {
        long batch = indices.shape[0];
        PixelLogits pixels = said.Given(indices);
        Tensor blocks = PaletteLogits.InBlocks(indices), mask = blocks.ne(0); // (P)
        Tensor visibility = nn.functional.binary_cross_entropy_with_logits(pixels.Visibility, mask.to_type(ScalarType.Float32),
            reduction: nn.Reduction.None);
        Tensor visible = mask.nonzero().reshape(-1); // (V)
        Tensor target = blocks.index_select(0, visible).to_type(ScalarType.Int64).sub(1); // (V)
        Tensor logits = pixels.Colours(visible); // (V, K - 1)
        Tensor loss = nn.functional.cross_entropy(logits, target, reduction: nn.Reduction.None);
        if (colours is not null)
        {
            Tensor gap = logits.softmax(1).mm(colours).sub(colours.index_select(0, target));
            loss = loss.add(gap.square().sum(1).mul(0.5f / (sigma * sigma)));
        }
        Tensor owner = visible.div(blocks.shape[0] / batch, rounding_mode: RoundingMode.floor).to_type(ScalarType.Int64);
        return visibility.reshape(batch, -1).sum(1).index_add(0, owner, loss, alpha: 1).unsqueeze(1);
    }
}
