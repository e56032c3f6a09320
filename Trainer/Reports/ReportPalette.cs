using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Reports;

/// <summary>Keeps the pictures of a page small: at most 256 colours each, so that a pixel is a byte before it is packed.</summary>
internal static class ReportPalette
{
    private const int MostColours = 256;

    // Three steps between invisible and opaque are hard to tell from a smooth edge at the size of a sprite.
    private static readonly byte[] SoftAlphas = [85, 170, 255];

    /// <summary>The sprite itself where it has few enough colours, else one with the colours nearest to its own.</summary>
    public static Bitmap Fit(Bitmap sprite)
    {
        Rgba32[] visible = [.. sprite.Pixels.Where(pixel => pixel.A > 0)];
        if (visible.Distinct().Count() < MostColours) return sprite;
        byte[] alphas = visible.Any(pixel => pixel.A < 255) ? SoftAlphas : [255];
        Rgba32[] palette = MedianCut.Palette(visible, (MostColours - 1) / alphas.Length);
        var nearest = new Dictionary<Rgba32, Rgba32>();
        Rgba32 Near(Rgba32 pixel)
        {
            if (pixel.A == 0) return default;
            if (nearest.TryGetValue(pixel, out Rgba32 known)) return known;
            Rgba32 colour = palette[MedianCut.Nearest(palette, pixel)];
            return nearest[pixel] = new Rgba32(colour.R, colour.G, colour.B, alphas.MinBy(alpha => Math.Abs(alpha - pixel.A)));
        }
        return new Bitmap(sprite.Width, sprite.Height, Array.ConvertAll(sprite.Pixels, Near));
    }
}
