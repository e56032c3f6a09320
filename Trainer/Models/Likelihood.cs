namespace VaeContent.Trainer.Models;

/// <summary>p(sprite | z): how the decoder's output is judged against a sprite. Always summed over pixels.</summary>
public enum Likelihood
{
    /// <summary>A colour of the palette per pixel (softmax): exact colours, hard edges. For sets with a coherent palette.</summary>
    Palette,

    /// <summary>Gaussian with the best-fitting shared variance (Rybkin et al. 2021, "optimal sigma").</summary>
    Sigma,

    /// <summary>Each channel of each pixel a coin toss; for pictures that are nearly black and white.</summary>
    Bernoulli,

    /// <summary>Gaussian of fixed variance: the squared error.</summary>
    Mse,

    /// <summary>
    /// As <see cref="Palette"/>, and in training the squared distance of the expected colour to the true one besides: near colours are
    /// then lesser mistakes than far ones.
    /// </summary>
    Mix,
}
