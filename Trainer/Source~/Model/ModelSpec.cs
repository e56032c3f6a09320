using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Model;

/// <summary>
/// A model as data: everything that decides its networks' shapes. Two equal specs have interchangeable weights.
/// </summary>
public sealed record ModelSpec
{
    /// <summary>The family of networks.</summary>
    public Architecture Architecture { get; init; } = Architecture.Conv;

    /// <summary>What keeps latents near the prior.</summary>
    public Regulariser Regulariser { get; init; } = Regulariser.Kl;

    /// <summary>How pixels are judged.</summary>
    public Likelihood Likelihood { get; init; } = Likelihood.Palette;

    /// <summary>
    /// The standard deviation that <see cref="Likelihood.Mse"/> and the colour part of <see cref="Likelihood.Mix"/> assume, in
    /// units of full intensity. The square root of half the numbers in a sprite would make it the mean over pixels, which
    /// collapses.
    /// </summary>
    public float MseSigma { get; init; } = 0.25f;

    /// <summary>Whether sprites are opaque shades of grey, one number a pixel: the mean of red, green and blue.</summary>
    public bool Grey { get; init; }

    /// <summary>Sprite width in pixels, 8..128.</summary>
    public int Width { get; init; } = 32;

    /// <summary>Sprite height in pixels, 8..128.</summary>
    public int Height { get; init; } = 32;

    /// <summary>
    /// Side of the convolutions' kernels: 4, or 3 for the layout of the Keras tutorial, whose decoder keeps all its channels up
    /// to full size and ends in a convolution there.
    /// </summary>
    public int Kernel { get; init; } = 4;

    /// <summary>Z: how many numbers describe a sprite.</summary>
    public int Latent { get; init; } = 32;

    /// <summary>Channels of the convolutions from full size inwards, or units of the fully connected layers.</summary>
    public IReadOnlyList<int> Widths { get; init; } = [32, 64, 128];

    /// <summary>Channels of the decoder's maps, from full size inwards; empty for those of <see cref="Widths"/>.</summary>
    public IReadOnlyList<int> DecoderWidths { get; init; } = [];

    /// <summary>Units of the layer between the encoder's innermost map and the latent; 0 for none.</summary>
    public int Hidden { get; init; } = 256;

    /// <summary>Units of the layer between the latent and the decoder's innermost map; 0 for none.</summary>
    public int DecoderHidden { get; init; } = 128;

    /// <summary>The nonlinearity between layers.</summary>
    public Activation Activation { get; init; } = Activation.Silu;

    /// <summary>Features per pixel from which a palette colour is chosen.</summary>
    public int PixelFeatures { get; init; } = 32;

    /// <summary>
    /// Palette likelihoods: channels through which three of each block's four pixels see which colours were chosen for the
    /// first pixels of the blocks around; 0 where all pixels are chosen at once.
    /// </summary>
    public int ContextChannels { get; init; }

    /// <summary>Colours of the palette, the transparent one included; 0 when the likelihood has no palette.</summary>
    public int Colours { get; init; }

    /// <summary>
    /// Whether pixels may be half transparent; otherwise each is either invisible or opaque, as in most pixel art.
    /// </summary>
    public bool SoftAlpha { get; init; }

    /// <summary>L, how many labels condition encoder and decoder; 0 for an unconditional model.</summary>
    public int ConditionLabels { get; init; }

    /// <summary>
    /// For labels that are made of several columns: each label's value in each column, counted from 0. The networks are then told
    /// the columns one by one. Empty for labels of one column.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>> LabelColumns { get; init; } = [];

    /// <summary>
    /// A, how many numbers tell encoder and decoder in training how a sprite was changed; 0 where they are not told. They follow
    /// from <c>training.augmentation</c> and do not ship: a game's sprites are unchanged ones.
    /// </summary>
    public int Augmentation { get; init; }

    internal bool IsPalette => Likelihood == Likelihood.Palette;

    internal bool HasPalette => IsPalette || Likelihood == Likelihood.Mix;

    /// <summary>Numbers a pixel is seen as.</summary>
    internal int PixelChannels => Grey ? 1 : 4;

    /// <summary>Throws <see cref="UserError"/> where a setting is outside its range.</summary>
    public void Validate()
    {
        Check(Width is >= 8 and <= 128 && Height is >= 8 and <= 128, $"sprites of {Width}x{Height}", "sides of 8 to 128 pixels");
        Check(Latent is >= 1 and <= 512, $"model.latent={Latent}", "1 to 512");
        Check(Widths.Count is >= 1 and <= 6, $"{Widths.Count} entries in model.widths", "1 to 6");
        foreach (int width in Widths) Check(width is >= 1 and <= 4096, $"model.widths entry {width}", "1 to 4096");
        Check(DecoderWidths.Count == 0 || DecoderWidths.Count == Widths.Count,
            $"{DecoderWidths.Count} entries in model.decoderWidths", $"none or {Widths.Count}, as in model.widths");
        foreach (int width in DecoderWidths) Check(width is >= 1 and <= 4096, $"model.decoderWidths entry {width}", "1 to 4096");
        Check(Hidden is >= 0 and <= 8192, $"model.hidden={Hidden}", "0 to 8192");
        Check(DecoderHidden is >= 0 and <= 8192, $"model.decoderHidden={DecoderHidden}", "0 to 8192");
        Check(PixelFeatures is >= 1 and <= 256, $"model.pixelFeatures={PixelFeatures}", "1 to 256");
        Check(ContextChannels is >= 0 and <= 256, $"model.contextChannels={ContextChannels}", "0 to 256");
        Check(MseSigma is > 0.001f and <= 100f, $"model.mseSigma={MseSigma}", "0.001 to 100");
        Check(!HasPalette || Colours is >= 2 and <= 256, $"a palette of {Colours} colours", "2 to 256");
        Check(!(Grey && HasPalette), $"model.grey=true with model.likelihood={Likelihood}",
            "bernoulli, sigma or mse for grey sprites");
        Check(Augmentation is >= 0 and <= 64, $"model.augmentation={Augmentation}", "0 to 64");
        Check(Kernel is 3 or 4, $"model.kernel={Kernel}", "3 or 4");
        Check(Kernel == 4 || (!HasPalette && Architecture == Architecture.Conv),
            $"model.kernel={Kernel} with {Architecture} and {Likelihood}", "architecture conv without a palette");
        Check(LabelColumns.Count is 0 || LabelColumns.Count == ConditionLabels,
            $"{LabelColumns.Count} entries in model.labelColumns", $"none or {ConditionLabels}, as model.conditionLabels says");
    }

    private static void Check(bool fine, string found, string expected)
    {
        if (!fine) throw new UserError(
            $"the model cannot be built: found {found}, expected {expected}. Change the setting with --set.");
    }

    /// <inheritdoc/>
    public bool Equals(ModelSpec? other) => other is not null && Describe() == other.Describe();

    /// <inheritdoc/>
    public override int GetHashCode() => Describe().GetHashCode(StringComparison.Ordinal);

    /// <summary>One line that tells specs apart.</summary>
    public string Describe() =>
        ($"{Architecture} {string.Join('-', Widths)}{(DecoderWidths.Count > 0 ? "/" + string.Join('-', DecoderWidths) : "")} "
            + $"hidden {Hidden}{(DecoderHidden != Hidden ? "/" + DecoderHidden : "")} {Activation}, z={Latent}, "
            + $"{Width}x{Height}, {Likelihood}")
        + (Regulariser != Regulariser.Kl ? $" {Regulariser}" : "") + (Kernel != 4 ? $" kernel {Kernel}" : "")
        + (Grey ? " grey" : "") + (SoftAlpha ? " soft alpha" : "")
        + (HasPalette ? $" {PixelFeatures}->{Colours}" : Likelihood is Likelihood.Mse ? $" {MseSigma}" : "")
        + (HasPalette && ContextChannels > 0 ? $" in two steps ({ContextChannels})" : "")
        + (ConditionLabels > 0 ? $", {ConditionLabels} labels" : "")
        + (Augmentation > 0 ? ", given the changes" : "")
        + (LabelColumns.Count > 0 ? " of columns " + string.Join(' ', LabelColumns.Select(row => string.Join('/', row))) : "");
}


/// <summary>The family of networks.</summary>
public enum Architecture
{
    /// <summary>4x4 convolutions of stride 2 down, their transposes up. The default.</summary>
    Conv,

    /// <summary>Fully connected layers: for very small pictures.</summary>
    Mlp,
}


/// <summary>The nonlinearity between layers.</summary>
public enum Activation
{
    /// <summary>x sigmoid(x).</summary>
    Silu,

    /// <summary>x above zero, 0.1 x below.</summary>
    LeakyRelu,

    /// <summary>x above zero, 0 below.</summary>
    Relu,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,
}


/// <summary>p(sprite | z): how the decoder's output is judged against a sprite. Always summed over pixels.</summary>
public enum Likelihood
{
    /// <summary>
    /// A colour of the palette per pixel (softmax): exact colours, hard edges. For sets with a coherent palette.
    /// </summary>
    Palette,

    /// <summary>Gaussian with the best-fitting shared variance (Rybkin et al. 2021, "optimal sigma").</summary>
    Sigma,

    /// <summary>Each channel of each pixel Bernoulli; for pictures that are nearly black and white.</summary>
    Bernoulli,

    /// <summary>Gaussian of fixed variance: the squared error.</summary>
    Mse,

    /// <summary>
    /// As <see cref="Palette"/>, and in training the squared distance of the expected colour to the true one besides: near
    /// colours are then lesser mistakes than far ones.
    /// </summary>
    Mix,
}


/// <summary>What keeps latents near the prior N(0, I), so that latents drawn from it decode to sprites.</summary>
public enum Regulariser
{
    /// <summary>
    /// The KL divergence of each posterior to the prior: the variational autoencoder (Kingma &amp; Welling 2014).
    /// </summary>
    Kl,

    /// <summary>
    /// Nothing, and no noise: a plain autoencoder, the baseline. What it generates comes from the prior that is fitted
    /// afterwards.
    /// </summary>
    None,

    /// <summary>KL with more weight on its total correlation, which separates factors (Chen et al. 2018, "beta-TCVAE").</summary>
    Tc,

    /// <summary>
    /// The maximum mean discrepancy of all latents together to the prior (Tolstikhin et al. 2018, "WAE"; Zhao et al. 2019,
    /// "InfoVAE").
    /// </summary>
    Mmd,
}
