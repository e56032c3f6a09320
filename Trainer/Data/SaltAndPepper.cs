using System;

namespace VaeContent.Trainer.Data;

/// <summary>Noise as a broken scan has it: a share of pixels becomes opaque white or black.</summary>
public static class SaltAndPepper
{
    /// <summary>A copy of which each pixel is hit with chance <paramref name="share"/>, 0..1; the same seed hits the same pixels.</summary>
    public static Rgba32[] Spoil(ReadOnlySpan<Rgba32> pixels, double share, long seed)
    {
        var random = new SplitMix(seed);
        Rgba32[] spoilt = pixels.ToArray();
        foreach (ref Rgba32 pixel in spoilt.AsSpan())
        {
            double draw = random.Unit();
            if (draw < share) pixel = draw < share / 2 ? new Rgba32(255, 255, 255) : new Rgba32(0, 0, 0);
        }
        return spoilt;
    }
}
