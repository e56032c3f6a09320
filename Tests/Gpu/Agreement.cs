using System;
using System.Linq;
using VaeContent.Internal;

namespace VaeContent.Tests.Gpu;

/// <summary>
/// Two engines over the same seeds, lane by lane: drawn latents, and pixels of generated and of decoded sprites.
/// </summary>
internal static class Agreement
{
    /// <summary>
    /// Says how much differs. Throws where it is more than stated, or where what was painted is blank or not a number.
    /// </summary>
    public static string Of(VaeBundle bundle, DecoderEngine one, DecoderEngine other, int sprites, double mostDifferent,
        double latentTolerance)
    {
        int pixels = 0, different = 0;
        double furthest = 0;
        for (int done = 0; done < sprites;)
        {
            Lane a = one.LaneFor(sprites - done), b = other.LaneFor(sprites - done);
            Checks.That(a.Count == b.Count, $"lanes of {a.Count} and {b.Count}");
            for (int i = 0; i < a.Count; i++)
            {
                int label = bundle.Labels.Count > 0 ? (done + i) % bundle.Labels.Count : -1;
                a.Draw(i, done + i, label, 1f);
                b.Draw(i, done + i, label, 1f);
            }

            one.Run(a, Pass.Generate);
            other.Run(b, Pass.Generate);
            furthest = Math.Max(furthest, Distance(a.Latents, b.Latents));
            Count(a.Bytes, b.Bytes);
            b.Latents.CopyTo(a.Latents, 0);
            one.Run(a, Pass.Decode);
            other.Run(b, Pass.Decode);
            Count(a.Bytes, b.Bytes);
            Checks.That(b.Bytes.Distinct().Count() > 2, "the picture is blank");
            if (bundle.Prior.IsNetwork && a.Count == 1)
            {
                one.Run(a, Pass.Sample);
                other.Run(b, Pass.Sample);
                furthest = Math.Max(furthest, Distance(a.Sampled, b.Sampled));
            }

            done += a.Count;
        }

        double share = (double)different / pixels;
        Checks.That(share <= mostDifferent, FormattableString.Invariant($"{different} of {pixels} pixels differ from the CPU's"));
        Checks.That(furthest <= (bundle.Prior.IsNetwork ? latentTolerance : 0),
            FormattableString.Invariant($"latents differ by {furthest:G3}"));
        string latents = bundle.Prior.IsNetwork ? FormattableString.Invariant($"latents within {furthest:G2}") : "latents equal";
        return FormattableString.Invariant($"{different} of {pixels} pixels differ, {latents}");

        void Count(byte[] a, byte[] b)
        {
            int size = bundle.Palette is null ? 4 : 1;
            for (int at = 0; at < a.Length; at += size)
                if (!a.AsSpan(at, size).SequenceEqual(b.AsSpan(at, size))) different++;
            pixels += a.Length / size;
        }
    }

    private static double Distance(float[] a, float[] b)
    {
        double most = 0;
        for (int i = 0; i < a.Length; i++)
        {
            Checks.That(float.IsFinite(a[i]) && float.IsFinite(b[i]), "a latent is not a number");
            most = Math.Max(most, Math.Abs(a[i] - b[i]) / Math.Max(1, Math.Abs(b[i])));
        }

        return most;
    }
}
