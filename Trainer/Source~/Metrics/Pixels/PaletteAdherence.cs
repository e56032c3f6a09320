using System.Collections.Generic;

namespace VaeContent.Trainer.Metrics;

/// <summary>Whether sprites keep to the colours of a set. A pixel is visible where its alpha is above 0.</summary>
/// <param name="VisiblePixels">How many pixels were judged.</param>
/// <param name="OffPalette">The share of visible pixels whose RGB no visible pixel of the set has, 0..1; lower is better.</param>
/// <param name="SoftAlpha">
/// The share of visible pixels with alpha 1..254, neither there nor not, 0..1; as in the set is best.
/// </param>
public sealed record PaletteAdherence(long VisiblePixels, double OffPalette, double SoftAlpha)
{
    /// <summary>Judges sprites by colours that <see cref="Colours"/> collected.</summary>
    public static PaletteAdherence Evaluate(IEnumerable<Rgba32[]> sprites, IReadOnlySet<uint> colours)
    {
        long visible = 0, off = 0, soft = 0;
        foreach (Rgba32[] sprite in sprites)
        {
            foreach (Rgba32 pixel in sprite)
            {
                if (pixel.A == 0) continue;
                visible++;
                if (pixel.A < 255) soft++;
                if (!colours.Contains(Rgb(pixel))) off++;
            }
        }
        return new PaletteAdherence(visible, visible == 0 ? 0 : (double)off / visible, visible == 0 ? 0 : (double)soft / visible);
    }

    /// <summary>The RGB of every visible pixel of a set.</summary>
    public static IReadOnlySet<uint> Colours(IEnumerable<Rgba32[]> sprites)
    {
        var colours = new HashSet<uint>();
        foreach (Rgba32[] sprite in sprites)
        {
            foreach (Rgba32 pixel in sprite)
            {
                if (pixel.A > 0) colours.Add(Rgb(pixel));
            }
        }
        return colours;
    }

    private static uint Rgb(Rgba32 pixel) => pixel.Packed >> 8;
}
