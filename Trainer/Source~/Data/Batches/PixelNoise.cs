using System;
using System.Runtime.InteropServices;

namespace VaeContent.Trainer.Data;

/// <summary>Chance in pixels, seeded: the same draws everywhere.</summary>
internal static class PixelNoise
{
    private const int BitsOfChance = 24;

    /// <summary>
    /// Salt and pepper: each pixel, RGBA, becomes opaque white or opaque black with probability <paramref name="share"/>, half of
    /// it each.
    /// </summary>
    public static void SaltAndPepper(Span<byte> rgba, double share, long seed, long stream)
    {
        var random = new SplitMix(seed, stream);
        uint bound = (uint)(share * (1 << BitsOfChance));
        foreach (ref Rgba32 pixel in MemoryMarshal.Cast<byte, Rgba32>(rgba))
        {
            ulong bits = random.Next();
            if ((uint)(bits >> (64 - BitsOfChance)) >= bound) continue;
            byte grey = (bits & 1) == 0 ? (byte)0 : (byte)255;
            pixel = new Rgba32(grey, grey, grey);
        }
    }

    /// <summary>Each pixel becomes white with the probability that its red is of 255, otherwise black; alpha stays.</summary>
    public static void Binarise(Span<byte> rgba, long seed, long stream)
    {
        var random = new SplitMix(seed, stream);
        foreach (ref Rgba32 pixel in MemoryMarshal.Cast<byte, Rgba32>(rgba))
        {
            byte red = pixel.R;
            ulong bits = random.Next();
            if (red is 0 or 255 && pixel.G == red && pixel.B == red) continue;
            byte grey = (bits >> 32) * 255 < (ulong)red << 32 ? (byte)255 : (byte)0;
            pixel = new Rgba32(grey, grey, grey, pixel.A);
        }
    }
}
