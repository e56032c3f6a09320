using System;
using VaeContent.Internal;

namespace VaeContent
{
    /// <summary>
    /// Random numbers as a pure function of (seed, stream, index), by integer arithmetic alone: the same bits on every machine,
    /// compiler and thread, in any order. Streams of one seed are independent of each other; VaeContent itself uses streams 0 to
    /// 15. Allocates nothing; safe from any thread.
    /// </summary>
    public readonly struct Sampler
    {
        private const ulong Golden = 0x9E3779B97F4A7C15; // 2^64 / golden ratio, the Weyl step of SplitMix64

        private readonly ulong _key;

        /// <summary>
        /// The numbers of stream <paramref name="stream"/> of <paramref name="seed"/>. Every value of both is fine.
        /// </summary>
        public Sampler(long seed, int stream = 0)
        {
            ulong key = Mix(unchecked((ulong)seed + Golden));
            _key = Mix(unchecked(key ^ ((uint)stream + 1) * 0xD1342543DE82EF95));
        }

        /// <summary>64 random bits.</summary>
        public ulong Bits(long index) => Mix(unchecked(_key + (ulong)index * Golden));

        /// <summary>
        /// A standard normal draw in units of 2^-16, within 1e-4 of the exact quantile; at most 7.2 standard deviations.
        /// </summary>
        public int NormalQ16(long index)
        {
            // The top bit is the sign; the other 63, as a fraction of 2^63, are twice the tail's share.
            ulong bits = Bits(index);
            int sign = (int)(bits >> 63);
            ulong tail = bits << 1;
            int octave = 0;
            while (octave < NormalTable.Octaves && (long)tail >= 0)
            {
                tail <<= 1;
                octave++;
            }

            int z;
            if (octave == NormalTable.Octaves)
            {
                z = NormalTable.Q16[NormalTable.Q16.Length - 1];
            }
            else
            {
                int part = (int)(tail >> 58) & 31;
                int fraction = (int)(tail >> 42) & 0xFFFF;
                int entry = 32 * (octave + 1) - part;
                int outer = NormalTable.Q16[entry];
                int inner = NormalTable.Q16[entry - 1];
                z = outer - (int)(((long)(outer - inner) * fraction + 0x8000) >> 16);
            }

            return sign == 0 ? z : -z;
        }

        /// <summary>A standard normal draw: <see cref="NormalQ16"/> divided by 65,536, which is exact.</summary>
        public float Normal(long index) => Q16.ToSingle(NormalQ16(index));

        /// <summary>A draw from 0 (included) to 1 (excluded), a multiple of 2^-24.</summary>
        public float Uniform(long index) => (Bits(index) >> 40) * (1f / (1 << 24));

        /// <summary>
        /// A whole number from 0 to <paramref name="bound"/> - 1. Throws when <paramref name="bound"/> is below 1.
        /// </summary>
        public long Below(long bound, long index)
        {
            if (bound < 1) throw new ArgumentOutOfRangeException(nameof(bound), bound, "The bound must be at least 1.");
            return (long)(Bits(index) % (ulong)bound); // the bias, bound / 2^64, is beyond measuring
        }

        // Stafford's variant 13 of the MurmurHash3 finaliser, as in SplitMix64.
        private static ulong Mix(ulong x)
        {
            unchecked
            {
                x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
                x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
                return x ^ (x >> 31);
            }
        }
    }
}
