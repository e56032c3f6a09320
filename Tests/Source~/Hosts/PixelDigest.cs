using System;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace VaeContent.Tests.Hosts
{
    /// <summary>What the Runtime computes from a bundle, as text to compare between runtimes. C# 9, for Mono too.</summary>
    public static class PixelDigest
    {
        private const int Seeds = 48, Steps = 9;

        /// <summary>A line of hashes for each seed, its latent and its pixels; then one for each step of a morph.</summary>
        public static string Compute(string path, Device device)
        {
            var bundle = VaeBundle.Load(path);
            var text = new StringBuilder();
            var latent = new float[bundle.LatentSize];
            using (var generator = new SpriteGenerator(bundle, new GeneratorOptions { Device = device }))
            {
                for (long seed = -2; seed < Seeds; seed++)
                {
                    generator.SampleLatent(seed, latent);
                    text.Append("seed ").Append(seed.ToString(CultureInfo.InvariantCulture)).Append(" latent ")
                        .Append(Hash(MemoryMarshal.AsBytes<float>(latent)))
                        .Append(" pixels ").Append(Hash(MemoryMarshal.AsBytes(generator.Generate(seed)))).Append('\n');
                }

                for (int step = 0; step < Steps; step++)
                {
                    var pixels = generator.Interpolate(1, 2, step / (Steps - 1f));
                    text.Append("morph ").Append(step.ToString(CultureInfo.InvariantCulture)).Append(" pixels ")
                        .Append(Hash(MemoryMarshal.AsBytes(pixels))).Append('\n');
                }
            }

            return text.ToString();
        }

        // FNV-1a, 64 bits.
        private static string Hash(ReadOnlySpan<byte> bytes)
        {
            ulong hash = 14695981039346656037;
            foreach (byte b in bytes) hash = unchecked((hash ^ b) * 1099511628211);
            return hash.ToString("x16", CultureInfo.InvariantCulture);
        }
    }
}
