using System;

namespace VaeContent.Trainer.Engines;

/// <summary>Seeded standard normals in bulk, equal on every machine.</summary>
internal static class NormalNoise
{
    /// <summary>Fills a span with normals of the given standard deviation; a pure function of seed and stream.</summary>
    public static void Fill(Span<float> destination, long seed, long stream, float std = 1f)
    {
        // Sum of the four 16-bit quarters of three words, 12 uniforms: variance 1 by construction (Irwin-Hall), exact in integers.
        ulong state = Mix((ulong)seed ^ Mix((ulong)stream + 0x632BE59BD9B4E019UL));
        for (int i = 0; i < destination.Length; i++)
        {
            int sum = 0;
            for (int word = 0; word < 3; word++)
            {
                ulong bits = Mix(state += 0x9E3779B97F4A7C15UL);
                sum += (int)(bits & 0xFFFF) + (int)((bits >> 16) & 0xFFFF) + (int)((bits >> 32) & 0xFFFF) + (int)(bits >> 48);
            }
            destination[i] = (sum - (6 * 65535)) * (std / 65536f);
        }
    }

    // SplitMix64's finaliser (Steele et al. 2014)
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
