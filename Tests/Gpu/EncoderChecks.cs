using System;
using System.Linq;
using VaeContent.Internal;
using VaeContent.Trainer.Data;

namespace VaeContent.Tests.Gpu;

/// <summary>Encoders on a device against the CPU: the same posteriors, every node the device's.</summary>
internal static class EncoderChecks
{
    private const int Batch = 8;
    private const double Tolerance = 1e-4;

    public static void Run(Checks checks, ComputeDevice device, string folder)
    {
        foreach (EncoderBundle bundle in Bundles.EncodersIn(folder)) checks.Run(bundle.Name, () => Compare(bundle, device));
    }

    private static string Compare(EncoderBundle bundle, ComputeDevice device)
    {
        Sprite[] heroes = [.. Bundles.Heroes(bundle.IsConditional).All.Sprites.Take(Batch + 1)];
        Rgba32[] sprites = [.. heroes.SelectMany(hero => hero.Pixels)];
        int[] labels = bundle.IsConditional ? [.. heroes.Select(hero => hero.Label)] : [];
        using var profile = new NodeProfile();
        float[] found = Encode(new SpriteEncoder(bundle, new GeneratorOptions { Device = device.Kind, BatchSize = Batch }, [profile.Of(device)]));
        float[] expected = Encode(new SpriteEncoder(bundle, new GeneratorOptions { Device = Device.Cpu, BatchSize = Batch }));
        double furthest = found.Zip(expected, (a, b) => Math.Abs(a - b) / Math.Max(1, Math.Abs(b))).Max();
        Checks.That(found.All(float.IsFinite) && furthest <= Tolerance, FormattableString.Invariant($"mu and logVar differ by {furthest:G3}"));
        Checks.That(expected.Distinct().Count() > expected.Length / 2, "the posteriors are all alike");
        return FormattableString.Invariant($"mu and logVar within {furthest:G2}, {profile.Nodes(device)} nodes all on {device.Name}");

        float[] Encode(SpriteEncoder encoder)
        {
            using (encoder)
            {
                var (mu, logVar) = (new float[heroes.Length * bundle.LatentSize], new float[heroes.Length * bundle.LatentSize]);
                encoder.Encode(sprites, heroes.Length, mu, logVar, labels);
                return [.. mu, .. logVar];
            }
        }
    }
}
