using System;

namespace VaeContent.Trainer.Metrics;

/// <summary>How much alike two bundles paint the same latents: what storing a decoder's weights in fewer bytes costs.</summary>
/// <param name="Equal">
/// The share of pixels equal in all channels, 0..1. For palette sprites; in RGBA the least rounding moves a channel by 1.
/// </param>
/// <param name="MeanDifference">The mean absolute difference of a channel, 0..255.</param>
public sealed record PixelAgreement(double Equal, double MeanDifference)
{
    /// <summary>
    /// Compares the sprites of the latents of <paramref name="count"/> seeds of the first bundle, from <paramref
    /// name="firstSeed"/> upwards. Throws ArgumentException for sprites of two sizes.
    /// </summary>
    public static PixelAgreement Between(VaeBundle one, VaeBundle other, long firstSeed, int count)
    {
        if ((one.Width, one.Height) != (other.Width, other.Height))
            throw new ArgumentException($"'{one.Name}' paints {one.Width}x{one.Height} and '{other.Name}' "
                + $"{other.Width}x{other.Height}: expected the same.");
        using var ones = new SpriteGenerator(one);
        using var others = new SpriteGenerator(other);
        long equal = 0, difference = 0, pixels = (long)count * ones.PixelCount;
        var latent = new float[one.LatentSize];
        for (int i = 0; i < count; i++)
        {
            ones.SampleLatent(firstSeed + i, latent);
            string? label = one.IsConditional ? one.Labels[one.Prior.PickLabel(firstSeed + i)] : null;
            ReadOnlySpan<Rgba32> a = ones.Decode(latent, label), b = others.Decode(latent, label);
            for (int at = 0; at < a.Length; at++)
            {
                if (a[at] == b[at]) equal++;
                difference += Math.Abs(a[at].R - b[at].R) + Math.Abs(a[at].G - b[at].G) + Math.Abs(a[at].B - b[at].B)
                    + Math.Abs(a[at].A - b[at].A);
            }
        }
        return new PixelAgreement((double)equal / pixels, difference / (4.0 * pixels));
    }
}
