namespace VaeContent.Trainer.Data;

/// <summary>
/// Alpha as artists mean it: a brush at 98% is opaque, and the haze that an eraser leaves is nothing. What lies between is half
/// transparent on purpose: shadows, glass, smoke.
/// </summary>
internal static class AlphaBands
{
    /// <summary>Below this alpha a pixel is nothing.</summary>
    public const byte VisibleFrom = 8;

    /// <summary>From this alpha up a pixel is opaque.</summary>
    public const byte OpaqueFrom = 250;

    /// <summary>From this alpha up more of a pixel shows than of what lies behind it.</summary>
    public const byte MostlyOpaqueFrom = 128;

    /// <summary>The pixel with its alpha at the end of its band, and no colour where nothing shows.</summary>
    public static Rgba32 Snap(Rgba32 pixel) =>
        pixel.A < VisibleFrom ? default : pixel.A >= OpaqueFrom ? new Rgba32(pixel.R, pixel.G, pixel.B) : pixel;
}
