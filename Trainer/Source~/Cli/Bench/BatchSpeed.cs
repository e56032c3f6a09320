using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Cli;

/// <summary>How long a batch takes, pixels in host memory when it ends.</summary>
/// <param name="Sprites">Sprites a batch.</param>
/// <param name="Ms">Median time of a batch, ms.</param>
/// <param name="FastestMs">Its fastest round, ms.</param>
/// <param name="SpritesPerSecond">Sprites a second at the median.</param>
/// <param name="CpuMs">The same batch on ONNX Runtime's CPU in the same rounds, ms; null where that is the device.</param>
/// <param name="ManagedMs">The same in C# alone, on one thread, ms; null where that is the device.</param>
internal sealed record BatchSpeed(int Sprites, double Ms, double FastestMs, double SpritesPerSecond, double? CpuMs,
    double? ManagedMs)
{
    private const int RoundCount = 9;

    /// <summary>Measures a generator and, in turns with it, those on ONNX Runtime's CPU and in C# alone.</summary>
    public static IReadOnlyList<BatchSpeed> Measure(VaeBundle bundle, SpriteGenerator sprites, int threads,
        IReadOnlyList<int> sizes)
    {
        SpriteGenerator? Beside(Device device) => sprites.Device == device ? null
            : new SpriteGenerator(bundle, new GeneratorOptions { Device = device, Threads = threads, BatchSize = sizes.Max() });
        using SpriteGenerator? cpu = Beside(Device.Cpu), managed = Beside(Device.Managed);
        var pixels = new Rgba32[sizes.Max() * sprites.PixelCount];
        var found = new List<BatchSpeed>();
        foreach (int size in sizes)
        {
            long seed = 0;
            SpriteGenerator[] all = [.. new[] { sprites, cpu, managed }.OfType<SpriteGenerator>()];
            Rounds rounds = Rounds.Run(RoundCount, [.. all.Select(one => (Action)(() =>
                one.GenerateBatch(seed += size, size, pixels)))]);
            double? Median(SpriteGenerator? one) => one is null ? null : rounds.Median(Array.IndexOf(all, one)) * 1000;
            found.Add(new BatchSpeed(size, rounds.Median(0) * 1000, rounds.Fastest(0) * 1000, size / rounds.Median(0),
                Median(cpu), Median(managed)));
        }
        return found;
    }

    /// <summary>Prints the figures.</summary>
    public void Print()
    {
        string Beside(string who, double? taken) => taken is { } ms ? $"; {who} {ms:F3} ms, {ms / Ms:F2} times that" : "";
        Console.WriteLine($"  {Sprites,4} at once: {Ms:F3} ms (fastest {FastestMs:F3} ms), {SpritesPerSecond:F0} sprites/s"
            + Beside("ONNX Runtime's CPU", CpuMs) + Beside("C# alone", ManagedMs));
    }
}
