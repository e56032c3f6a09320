using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace VaeContent.Trainer.Cli;

/// <summary>
/// What a game pays for a bundle. Times are medians over rounds, except for the first three, which happen once.
/// </summary>
/// <param name="Device">What it computed on.</param>
/// <param name="LoadMs">Reading and checking the file, in a process that had done nothing else, ms.</param>
/// <param name="ConstructMs">Constructing the generator, which starts the engine and runs every batch size once, ms.</param>
/// <param name="FirstCallMs">The first Generate, ms.</param>
/// <param name="GenerateMs">A call of Generate, ms.</param>
/// <param name="GenerateMinMs">The fastest round of it, a call, ms.</param>
/// <param name="BareRunMs">The bare runs of the engine over the same bound buffers, ms.</param>
/// <param name="Ratio">Generate in units of the bare run, round by round.</param>
/// <param name="BytesPerThousandCalls">Managed memory that 1,000 calls of Generate allocate, bytes.</param>
/// <param name="SpritesPerSecond">Sprites a second one by one.</param>
/// <param name="BatchSpritesPerSecond">Sprites a second by GenerateBatch, <paramref name="Batch"/> at a time.</param>
/// <param name="Batch">Sprites a batch.</param>
/// <param name="Batches">GenerateBatch at several sizes, sprites read back, beside ONNX Runtime's CPU and C# alone.</param>
/// <param name="MemoryBefore">Working set of the process before loading, MiB.</param>
/// <param name="MemoryAfter">Working set after all calls, MiB.</param>
internal sealed record GeneratorBench(string Device, double LoadMs, double ConstructMs, double FirstCallMs, double GenerateMs,
    double GenerateMinMs, double BareRunMs, double Ratio, long BytesPerThousandCalls, double SpritesPerSecond,
    double BatchSpritesPerSecond, int Batch, IReadOnlyList<BatchSpeed> Batches, double MemoryBefore, double MemoryAfter)
{
    private const int RoundCount = 21, BatchSize = 64;
    private static readonly int[] Sizes = [1, 16, 256];

    /// <summary>Loads a bundle and measures it.</summary>
    public static GeneratorBench Run(string path, int threads, Device device)
    {
        double before = WorkingSet();
        VaeBundle bundle = null!;
        SpriteGenerator sprites = null!;
        double load = Milliseconds(() => bundle = VaeBundle.Load(path));
        double construct = Milliseconds(() => sprites =
            new SpriteGenerator(bundle, new GeneratorOptions { Device = device, Threads = threads, BatchSize = Sizes[^1] }));
        using SpriteGenerator owned = sprites;
        long seed = 0;
        void Generate() => sprites.Generate(seed++);
        double first = Milliseconds(Generate);

        var batch = new Rgba32[BatchSize * sprites.PixelCount];
        Rounds rounds = Rounds.Run(RoundCount, Generate, sprites.RunBound,
            () => sprites.GenerateBatch(seed += BatchSize, BatchSize, batch));
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) sprites.Generate(i);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        IReadOnlyList<BatchSpeed> batches = BatchSpeed.Measure(bundle, sprites, threads, Sizes);
        return new GeneratorBench(sprites.DeviceReport, load, construct, first, rounds.Median(0) * 1000, rounds.Fastest(0) * 1000,
            rounds.Median(1) * 1000, rounds.Ratio(0, 1),
            allocated, 1 / rounds.Median(0), BatchSize / rounds.Median(2), BatchSize, batches, before, WorkingSet());
    }

    /// <summary>Prints the figures.</summary>
    public void Print()
    {
        Console.WriteLine($"device     {Device}");
        Console.WriteLine($"start      load {LoadMs:F1} ms, generator {ConstructMs:F1} ms, first call {FirstCallMs:F2} ms");
        Console.WriteLine(
            $"one        {GenerateMs:F3} ms a sprite (fastest round {GenerateMinMs:F3} ms), {SpritesPerSecond:F0} sprites/s");
        Console.WriteLine($"bare run   {BareRunMs:F3} ms: Generate takes {Ratio:F3} times as long as the engine alone");
        Console.WriteLine($"batch {Batch}   {BatchSpritesPerSecond:F0} sprites/s");
        foreach (BatchSpeed batch in Batches) batch.Print();
        Console.WriteLine($"garbage    {BytesPerThousandCalls} bytes in 1,000 calls");
        Console.WriteLine($"memory     {MemoryBefore:F0} MiB before, {MemoryAfter:F0} MiB with everything in place");
    }

    private static double Milliseconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double WorkingSet()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / (1024.0 * 1024.0);
    }
}
