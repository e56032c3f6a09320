using System;
using System.Linq;
using VaeContent.Internal;

namespace VaeContent.Tests.Gpu;

/// <summary>Two engines over the same seeds, batch by batch: drawn latents and pixels.</summary>
internal static class Agreement
{
    /// <summary>
    /// Says how much differs. Throws where it is more than stated, or where what was painted is blank or not a number.
    /// </summary>
    public static string Check(VaeBundle bundle, DecoderEngine one, DecoderEngine other, int sprites, double mostDifferent)
    {
        int pixels = 0, different = 0;
        for (int done = 0; done < sprites;)
        {
            Batch a = one.BatchFor(sprites - done), b = other.BatchFor(sprites - done);
            Checks.That(a.Count == b.Count, $"batches of {a.Count} and {b.Count}");
            for (int i = 0; i < a.Count; i++)
            {
                int label = bundle.Labels.Count > 0 ? (done + i) % bundle.Labels.Count : -1;
                a.Draw(i, done + i, label, 1f);
                b.Draw(i, done + i, label, 1f);
            }

            one.Generate(a);
            other.Generate(b);
            Checks.That(a.Latents.AsSpan().SequenceEqual(b.Latents), "latents differ");
            Count(a.Bytes, b.Bytes);
            Checks.That(b.Bytes.Distinct().Count() > 2, "the picture is blank");

            done += a.Count;
        }

        double share = (double)different / pixels;
        Checks.That(share <= mostDifferent, $"{different} of {pixels} pixels differ from the CPU's");
        return $"{different} of {pixels} pixels differ, latents equal";

        void Count(byte[] a, byte[] b)
        {
            int size = bundle.Palette is null ? 4 : 1;
            for (int at = 0; at < a.Length; at += size)
                if (!a.AsSpan(at, size).SequenceEqual(b.AsSpan(at, size))) different++;
            pixels += a.Length / size;
        }
    }
}
