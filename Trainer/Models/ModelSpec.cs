using System;
using System.Collections.Generic;

namespace VaeContent.Trainer.Models;

/// <summary>A model as data: everything that decides its networks' shapes. Two equal specs have interchangeable weights.</summary>
public sealed record ModelSpec
{
    /// <summary>The family of networks.</summary>
    public Architecture Architecture { get; init; } = Architecture.Conv;

    /// <summary>How pixels are judged.</summary>
    public Likelihood Likelihood { get; init; } = Likelihood.Palette;

    /// <summary>The standard deviation that <see cref="Likelihood.Mse"/> assumes, in units of full intensity.</summary>
    public float MseSigma { get; init; } = 0.25f;

    /// <summary>Sprite width in pixels, 8..128.</summary>
    public int Width { get; init; } = 32;

    /// <summary>Sprite height in pixels, 8..128.</summary>
    public int Height { get; init; } = 32;

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

    /// <summary>Colours of the palette, the transparent one included; 0 when the likelihood has no palette.</summary>
    public int Colours { get; init; }

    /// <summary>Whether pixels may be half transparent; otherwise each is either invisible or opaque, as in most pixel art.</summary>
    public bool SoftAlpha { get; init; }

    /// <summary>L, how many labels condition encoder and decoder; 0 for an unconditional model.</summary>
    public int ConditionLabels { get; init; }

    /// <summary>Throws <see cref="UserError"/> where a setting is outside its range.</summary>
    public void Validate()
    {
        Check(Width is >= 8 and <= 128 && Height is >= 8 and <= 128, $"sprites of {Width}x{Height}", "sides of 8 to 128 pixels");
        Check(Latent is >= 1 and <= 512, $"model.latent={Latent}", "1 to 512");
        Check(Widths.Count is >= 1 and <= 6, $"{Widths.Count} entries in model.widths", "1 to 6");
        foreach (int width in Widths) Check(width is >= 1 and <= 4096, $"model.widths entry {width}", "1 to 4096");
        Check(DecoderWidths.Count == 0 || DecoderWidths.Count == Widths.Count, $"{DecoderWidths.Count} entries in model.decoderWidths", $"none or {Widths.Count}, as in model.widths");
        foreach (int width in DecoderWidths) Check(width is >= 1 and <= 4096, $"model.decoderWidths entry {width}", "1 to 4096");
        Check(Hidden is >= 0 and <= 8192, $"model.hidden={Hidden}", "0 to 8192");
        Check(DecoderHidden is >= 0 and <= 8192, $"model.decoderHidden={DecoderHidden}", "0 to 8192");
        Check(PixelFeatures is >= 1 and <= 256, $"model.pixelFeatures={PixelFeatures}", "1 to 256");
        Check(MseSigma is > 0.001f and < 10f, $"model.mseSigma={MseSigma}", "0.001 to 10");
        Check(Likelihood != Likelihood.Palette || Colours is >= 2 and <= 256, $"a palette of {Colours} colours", "2 to 256");
    }

    private static void Check(bool fine, string found, string expected)
    {
        if (!fine) throw new UserError($"the model cannot be built: found {found}, expected {expected}. Change the setting with --set.");
    }

    /// <inheritdoc/>
    public bool Equals(ModelSpec? other) => other is not null && Describe() == other.Describe();

    /// <inheritdoc/>
    public override int GetHashCode() => Describe().GetHashCode(StringComparison.Ordinal);

    /// <summary>One line that tells specs apart.</summary>
    public string Describe() => FormattableString.Invariant(
        $"{Architecture} {string.Join('-', Widths)}{(DecoderWidths.Count > 0 ? "/" + string.Join('-', DecoderWidths) : "")} hidden {Hidden}{(DecoderHidden != Hidden ? "/" + DecoderHidden : "")} {Activation}, z={Latent}, {Width}x{Height}, {Likelihood}")
        + (SoftAlpha ? " soft alpha" : "")
        + (Likelihood == Likelihood.Palette ? $" {PixelFeatures}->{Colours}" : Likelihood == Likelihood.Mse ? FormattableString.Invariant($" {MseSigma}") : "")
        + (ConditionLabels > 0 ? $", {ConditionLabels} labels" : "");
}
