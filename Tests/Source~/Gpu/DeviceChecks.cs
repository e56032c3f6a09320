using System;
using System.Diagnostics;
using System.Linq;
using VaeContent.Internal;

namespace VaeContent.Tests.Gpu;

/// <summary>What a device has to hold: the CPU's sprites, every node its own, and no memory kept.</summary>
internal static class DeviceChecks
{
    private const int Sprites = 13, BatchSize = 8, Rounds = 50; // batches of 8, 4 and 1
    private const double MostDifferent = 0.001;
    private const double MostMegabytesKept = 64;

    public static void Run(Checks checks, OnnxRuntimeDevice device, BundleFolder folder)
    {
        VaeBundle small = folder.Smallest;
        foreach (VaeBundle bundle in folder.Decoders) checks.Run(bundle.Name, () => Compare(bundle, device));
        foreach (VaeBundle bundle in folder.Decoders.Where(bundle => bundle.Poses.Count > 0))
            checks.Run($"{bundle.Name}: sheets", () => Sheets(bundle, device));
        checks.Run("the device that Auto chooses", () => Auto(small, device));
        checks.Run("a device lost in the middle of a run", () => Lost(small, device));
        checks.Run($"made and disposed {Rounds} times", () => MakeAndDispose(small, device));
    }

    private static string Compare(VaeBundle bundle, OnnxRuntimeDevice device)
    {
        using var profile = new NodeProfile();
        var asked = new GeneratorOptions { Device = device.Kind, BatchSize = BatchSize };
        var onDevice = new DecoderEngine(bundle, asked, null, [profile.Profiled(device)]);
        string agreement;
        using (var onCpu = new DecoderEngine(bundle, new GeneratorOptions { Device = Device.Cpu, BatchSize = BatchSize }))
        {
            try
            {
                Checks.That(onDevice.Decoder.Device.Kind == device.Kind, "it runs on " + onDevice.Report);
                agreement = Agreement.Check(bundle, onDevice, onCpu, Sprites, MostDifferent);
            }
            finally
            {
                onDevice.Dispose();
            }
        }

        return $"{agreement}, {profile.Nodes(device)} nodes all on {device.Name}";
    }

    // All frames of a character at once, and one by one.
    private static string Sheets(VaeBundle bundle, OnnxRuntimeDevice device)
    {
        using var onDevice = new SpriteGenerator(bundle, new GeneratorOptions { Device = device.Kind, BatchSize = BatchSize });
        using var onCpu = new SpriteGenerator(bundle, new GeneratorOptions { Device = Device.Cpu, BatchSize = 1 });
        var sheet = new Rgba32[bundle.SheetWidth * bundle.SheetHeight];
        int pixels = 0, different = 0;
        for (int seed = 0; seed < Sprites; seed++)
        {
            onDevice.GenerateSheet(seed, sheet);
            foreach (SpritePose pose in bundle.Poses)
            {
                for (int frame = 0; frame < pose.Frames; frame++)
                {
                    ReadOnlySpan<Rgba32> expected = onCpu.Generate(seed, pose.Name, frame);
                    for (int i = 0; i < expected.Length; i++)
                    {
                        int x = (frame * bundle.Width) + (i % bundle.Width), y = (pose.Row * bundle.Height) + (i / bundle.Width);
                        if (sheet[(y * bundle.SheetWidth) + x] != expected[i]) different++;
                    }
                    pixels += expected.Length;
                }
            }
        }

        Checks.That((double)different / pixels <= MostDifferent, $"{different} of {pixels} pixels differ from the CPU's");
        return $"{different} of {pixels} pixels differ from frames of the CPU";
    }

    private static string Auto(VaeBundle bundle, OnnxRuntimeDevice device)
    {
        using var sprites = new SpriteGenerator(bundle, new GeneratorOptions { BatchSize = 1 });
        Checks.That(sprites.DeviceReport.StartsWith(device.Name, StringComparison.Ordinal), sprites.DeviceReport);
        return sprites.DeviceReport;
    }

    // The next run on the device fails, as when a driver goes away.
    private static string Lost(VaeBundle bundle, OnnxRuntimeDevice device)
    {
        using var sound = new SpriteGenerator(bundle, new GeneratorOptions { Device = Device.Cpu });
        using var engine = new DecoderEngine(bundle, new GeneratorOptions { BatchSize = 1 }, null, [device]);
        engine.Single.Draw(0, 77, -1, 1f);
        engine.Decoder.Stop();
        engine.Generate(engine.Single);
        sound.Generate(77);
        Checks.That(engine.Single.Bytes.AsSpan().SequenceEqual(sound.Indices), "the CPU painted another sprite");
        Checks.That(engine.Report.StartsWith("CPU", StringComparison.Ordinal)
            && engine.Report.Contains($"as {device.Name} failed while running: ", StringComparison.Ordinal), engine.Report);
        return engine.Report;
    }

    private static string MakeAndDispose(VaeBundle bundle, OnnxRuntimeDevice device)
    {
        Rgba32[] first = Once();
        double before = 0;
        for (int i = 0; i < Rounds; i++)
        {
            if (i == Rounds / 5) before = Megabytes(); // caches are filled by then
            Checks.That(Once().SequenceEqual(first), $"round {i} painted another sprite");
        }

        double kept = Megabytes() - before;
        Checks.That(kept < MostMegabytesKept, $"{kept:F0} MiB more after {Rounds} rounds than after {Rounds / 5}");
        return $"{kept:F0} MiB kept by the last {Rounds - (Rounds / 5)}";

        Rgba32[] Once()
        {
            using var sprites = new SpriteGenerator(bundle, new GeneratorOptions { Device = device.Kind, BatchSize = 1 });
            return sprites.Generate(5).ToArray();
        }
    }

    private static double Megabytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / (1024.0 * 1024.0);
    }
}
