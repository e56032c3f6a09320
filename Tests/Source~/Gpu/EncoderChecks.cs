using System;
using System.Linq;
using VaeContent.Internal;

namespace VaeContent.Tests.Gpu;

/// <summary>Encoders on a device against the CPU: the same posteriors, every node the device's.</summary>
internal static class EncoderChecks
{
    private const int Batch = 8;
    private const double Tolerance = 1e-4;

    public static void Run(Checks checks, OnnxRuntimeDevice device, BundleFolder folder)
    {
        using var painter = new SpriteGenerator(folder.Smallest, new GeneratorOptions { Device = Device.Cpu });
        var sprites = new Rgba32[(Batch + 1) * painter.PixelCount];
        painter.GenerateBatch(firstSeed: 0, Batch + 1, sprites);
        foreach (EncoderBundle bundle in folder.Encoders) checks.Run(bundle.Name, () => Compare(bundle, sprites, device));
    }

    private static string Compare(EncoderBundle bundle, Rgba32[] sprites, OnnxRuntimeDevice device)
    {
        int[] labels = bundle.IsConditional ? [.. Enumerable.Range(0, Batch + 1).Select(i => i % bundle.Labels.Count)] : [];
        using var profile = new NodeProfile();
        float[] found = Encode(new SpriteEncoder(bundle, new GeneratorOptions { Device = device.Kind, BatchSize = Batch },
            [profile.Profiled(device)]));
        float[] expected = Encode(new SpriteEncoder(bundle, new GeneratorOptions { Device = Device.Cpu, BatchSize = Batch }));
        double furthest = found.Zip(expected, (a, b) => Math.Abs(a - b) / Math.Max(1, Math.Abs(b))).Max();
        Checks.That(found.All(float.IsFinite) && furthest <= Tolerance, $"mu and logVar differ by {furthest:G3}");
        Checks.That(expected.Distinct().Count() > expected.Length / 2, "the posteriors are all alike");
        return $"mu and logVar within {furthest:G2}, {profile.Nodes(device)} nodes all on {device.Name}";

        float[] Encode(SpriteEncoder encoder)
        {
            using (encoder)
            {
                var (mu, logVar) = (new float[(Batch + 1) * bundle.LatentSize], new float[(Batch + 1) * bundle.LatentSize]);
                encoder.Encode(sprites, (Batch + 1), mu, logVar, labels);
                return [.. mu, .. logVar];
            }
        }
    }
}
