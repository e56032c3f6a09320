using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Cli;

/// <summary>How long a batch takes, pixels in host memory when it ends.</summary>
/// <param name="Sprites">Sprites a batch.</param>
/// <param name="Ms">Median time of a batch, ms.</param>
/// <param name="FastestMs">Its fastest round, ms.</param>
/// <param name="SpritesPerSecond">Sprites a second at the median.</param>
/// <param name="CpuMs">The same batch on the CPU in the same rounds, ms; null where the device is the CPU.</param>
internal sealed record BatchSpeed(int Sprites, double Ms, double FastestMs, double SpritesPerSecond, double? CpuMs)
{
    private const int RoundCount = 9;

    /// <summary>Measures a generator and, where it runs on another device, one on the CPU in turns with it.</summary>
    public static IReadOnlyList<BatchSpeed> Of(VaeBundle bundle, SpriteGenerator sprites, int threads, IReadOnlyList<int> sizes)
    {
        using SpriteGenerator? cpu = sprites.Device == Device.Cpu ? null
            : new SpriteGenerator(bundle,
                new GeneratorOptions { Device = Device.Cpu, Threads = threads, BatchSize = sizes.Max() });
        var pixels = new Rgba32[sizes.Max() * sprites.PixelCount];
        var found = new List<BatchSpeed>();
        foreach (int size in sizes)
        {
            long seed = 0;
            var things = new List<Action> { () => sprites.GenerateBatch(seed += size, size, pixels) };
            if (cpu is not null) things.Add(() => cpu.GenerateBatch(seed += size, size, pixels));
            Rounds rounds = Rounds.Run(RoundCount, [.. things]);
            found.Add(new BatchSpeed(size, rounds.Median(0) * 1000, rounds.Fastest(0) * 1000, size / rounds.Median(0), cpu is null
                ? null : rounds.Median(1) * 1000));
        }
        return found;
    }

    /// <summary>Prints the figures.</summary>
    public void Print()
    {
        string cpu = CpuMs is { } ms ? $"; the CPU takes {ms:F3} ms, {ms / Ms:F2} times as long" : "";
        Console.WriteLine($"  {Sprites,4} at once: {Ms:F3} ms (fastest {FastestMs:F3} ms), {SpritesPerSecond:F0} sprites/s{cpu}");
    }
}
