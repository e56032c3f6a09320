using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using VaeContent.Internal;

namespace VaeContent.Tests.Gpu;

/// <summary>How long a device takes for sprites at several batch sizes, pixels read back, in turns with the CPU.</summary>
internal static class Measurement
{
    private const double Seconds = 0.3; // a batch size and device
    private static readonly int[] Batches = [1, 64, 256, 1024];

    public static void Print(VaeBundle bundle, OnnxRuntimeDevice device, int largest)
    {
        Console.WriteLine(
            $"bundle     {bundle.Name} {bundle.Width}x{bundle.Height}, prior {(bundle.Prior.IsNetwork ? "network" : "fitted")}");
        var engines = new List<DecoderEngine>();
        foreach (var (kind, threads) in new[] { (device.Kind, 1), (Device.Cpu, 1), (Device.Cpu, Environment.ProcessorCount) })
        {
            long start = Stopwatch.GetTimestamp();
            engines.Add(new DecoderEngine(bundle, new GeneratorOptions
            {
                Device = kind,
                Threads = threads,
                BatchSize = largest
            }));
            double took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            Console.WriteLine($"started    {engines[^1].Report} in {took:F0} ms, all batch sizes run once");
        }

        foreach (int batch in Batches.Where(size => size <= largest))
        {
            Batch[] taken = [.. engines.Select(engine => engine.BatchFor(batch))];
            foreach (Batch one in taken)
                for (int i = 0; i < one.Count; i++) one.Draw(i, i, bundle.Labels.Count > 0 ? i % bundle.Labels.Count : -1, 1f);
            foreach (string run in bundle.Prior.IsNetwork ? new[] { "Generate", "Decode" } : ["Decode"])
            {
                for (int e = 0; e < engines.Count; e++)
                {
                    DecoderEngine engine = engines[e];
                    double[] times = Time(() => (run == "Decode" ? (Action<Batch>)engine.Decode : engine.Generate)(taken[e]));
                    double median = times[times.Length / 2];
                    string equal = e == 0 ? "" : ($", {Different(taken[0].Bytes, taken[e].Bytes, bundle)} of "
                        + $"{taken[0].Bytes.Length / (bundle.Palette is null ? 4 : 1)} pixels differ from the first's");
                    Console.WriteLine($"  batch {taken[e].Count,4} {run,-8} {engines[e].Report.Split(' ')[0],-6} "
                            + $"{(e == 2 ? Environment.ProcessorCount : 1)} threads: median {median:F3} ms, fastest "
                            + $"{times[0]:F3} ms of {times.Length}, {taken[e].Count / median * 1000:F0} sprites/s{equal}");
                }
            }
        }

        foreach (DecoderEngine engine in engines) engine.Dispose();
    }

    private static int Different(byte[] a, byte[] b, VaeBundle bundle)
    {
        int size = bundle.Palette is null ? 4 : 1, different = 0;
        for (int at = 0; at < a.Length; at += size)
            if (!a.AsSpan(at, size).SequenceEqual(b.AsSpan(at, size))) different++;
        return different;
    }

    // Sorted milliseconds; the outputs are host memory, so a run ends with the pixels read back.
    private static double[] Time(Action run)
    {
        for (int i = 0; i < 3; i++) run();
        var times = new List<double>();
        long begun = Stopwatch.GetTimestamp();
        while (times.Count < 5 || (Stopwatch.GetElapsedTime(begun).TotalSeconds < Seconds && times.Count < 2000))
        {
            long start = Stopwatch.GetTimestamp();
            run();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return [.. times.Order()];
    }
}
