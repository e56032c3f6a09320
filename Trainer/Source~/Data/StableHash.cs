using System;

namespace VaeContent.Trainer.Data;

/// <summary>64-bit hashes that are the same in every process, on every machine: FNV-1a with SplitMix64's finish.</summary>
internal static class StableHash
{
    private const ulong Offset = 0xcbf29ce484222325, Prime = 0x100000001b3;

    /// <summary>The hash of a picture's pixels.</summary>
    public static ulong Compute(ReadOnlySpan<Rgba32> pixels)
    {
        ulong hash = Offset;
        foreach (Rgba32 pixel in pixels) hash = (hash ^ pixel.Packed) * Prime;
        return Mix(hash ^ (ulong)pixels.Length);
    }

    /// <summary>The hash of a text, by its UTF-16 units.</summary>
    public static ulong Compute(string text)
    {
        ulong hash = Offset;
        foreach (char unit in text) hash = (hash ^ unit) * Prime;
        return Mix(hash);
    }

    /// <summary>The hash of a sequence of hashes; their order matters.</summary>
    public static ulong Compute(ReadOnlySpan<ulong> values)
    {
        ulong hash = Offset;
        foreach (ulong value in values) hash = Mix(hash ^ value);
        return hash;
    }

    /// <summary>
    /// SplitMix64's output function (Steele, Lea, Flood 2014): every bit of the result depends on every bit given.
    /// </summary>
    public static ulong Mix(ulong x)
    {
        x += 0x9e3779b97f4a7c15;
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
        x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
        return x ^ (x >> 31);
    }
}
