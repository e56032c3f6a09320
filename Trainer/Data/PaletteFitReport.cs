namespace VaeContent.Trainer.Data;

/// <summary>
/// How well a palette stands for the sprites it was fitted to. Errors are OKLab distances; 0.02 is hard to see.
/// </summary>
/// <param name="DistinctColours">Different opaque colours in the sprites (alpha 128 or more counts as opaque).</param>
/// <param name="PaletteColours">Colours in the palette, the transparent one not counted.</param>
/// <param name="MeanError">The mean over opaque pixels of the distance between a pixel and its palette colour.</param>
/// <param name="P95Error">The distance that 95% of the opaque pixels do not exceed.</param>
/// <param name="ExactShare">The share of visible pixels reproduced bit for bit, colour and alpha, 0..1.</param>
/// <param name="SoftAlphaShare">The share of visible pixels whose alpha 1..254 a palette turns into 0 or 255, 0..1.</param>
public readonly record struct PaletteFitReport(
    int DistinctColours, int PaletteColours, double MeanError, double P95Error, double ExactShare, double SoftAlphaShare)
{
    private const double MaxError = 0.03, MaxSoftAlpha = 0.02;

    /// <summary>Whether the palette holds every colour of the sprites.</summary>
    public bool IsComplete => DistinctColours <= PaletteColours;

    /// <summary>
    /// Whether painting with this palette changes the sprites so little that people would hardly tell: at most 5% of the opaque
    /// pixels are off by more than 0.03, and at most 2% of the visible ones lose a soft alpha.
    /// </summary>
    public bool IsCoherent => P95Error <= MaxError && SoftAlphaShare <= MaxSoftAlpha;
}
