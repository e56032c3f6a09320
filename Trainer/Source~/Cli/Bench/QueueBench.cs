using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;

namespace VaeContent.Trainer.Cli;

/// <summary>What a game at 60 frames a second pays for sprites by <see cref="SpriteQueue"/>.</summary>
/// <param name="Device">What it computed on.</param>
/// <param name="Frames">Frames measured.</param>
/// <param name="SpritesPerFrame">Sprites asked for in each.</param>
/// <param name="FrameP50Ms">Time of the calling thread for taking and asking in a frame, median, ms.</param>
/// <param name="FrameP99Ms">The same, 99th percentile, ms.</param>
/// <param name="FrameMaxMs">The same, the slowest frame, ms.</param>
/// <param name="BytesPerFrame">Managed memory that the calling thread allocates in a frame, bytes.</param>
/// <param name="BytesPerFrameOfAllThreads">The same of all threads of the process.</param>
/// <param name="Served">Tickets whose pixels were taken.</param>
/// <param name="Refused">Requests refused as the queue was full.</param>
/// <param name="Failed">Tickets without pixels.</param>
/// <param name="LatencyP50">Frames from asking to taking, median.</param>
/// <param name="LatencyMax">The same, the longest.</param>
internal sealed record QueueBench(string Device, int Frames, int SpritesPerFrame, double FrameP50Ms, double FrameP99Ms,
    double FrameMaxMs, double BytesPerFrame, double BytesPerFrameOfAllThreads, int Served, int Refused, int Failed,
    int LatencyP50, int LatencyMax)
{
    private const int FrameCount = 600, WarmUpFrames = 60, Sprites = 8, FramesPerSecond = 60;

    /// <summary>Runs the loop, after a second of it to warm up.</summary>
    public static QueueBench Run(string path, int threads, Device device)
    {
        using var queue = new SpriteQueue(new SpriteGenerator(VaeBundle.Load(path),
            new GeneratorOptions { Device = device, Threads = threads }));
        var loop = new Loop(queue, WarmUpFrames + FrameCount);
        loop.Run(WarmUpFrames);
        loop.Drain();
        loop.Forget();

        long own = GC.GetAllocatedBytesForCurrentThread(), all = GC.GetTotalAllocatedBytes(precise: true);
        loop.Run(FrameCount);
        own = GC.GetAllocatedBytesForCurrentThread() - own;
        all = GC.GetTotalAllocatedBytes(precise: true) - all;
        loop.Drain();
        double[] frames = [.. loop.FrameMs.Order()];
        int[] latencies = [.. loop.Latencies.Order()];
        return new QueueBench(queue.DeviceReport, FrameCount, Sprites, Percentile(frames, 0.5), Percentile(frames, 0.99),
            frames[^1], (double)own / FrameCount, (double)all / FrameCount, loop.Served, loop.Refused, loop.Failed,
            Percentile(latencies, 0.5), latencies.LastOrDefault());
    }

    /// <summary>Prints the figures.</summary>
    public void Print()
    {
        Console.WriteLine($"device     {Device}");
        Console.WriteLine($"frames     {Frames} at {FramesPerSecond} a second, {SpritesPerFrame} sprites asked for in each");
        Console.WriteLine($"a frame    {FrameP50Ms:F4} ms median, {FrameP99Ms:F4} ms at the 99th percentile, {FrameMaxMs:F4} "
            + "ms at most");
        Console.WriteLine($"garbage    {BytesPerFrame:F1} bytes a frame, {BytesPerFrameOfAllThreads:F1} with all threads of "
            + "the process");
        Console.WriteLine($"tickets    {Served} served, {Failed} failed, {Refused} refused, "
            + $"{(Frames * SpritesPerFrame) - Served - Failed - Refused} lost");
        Console.WriteLine($"latency    {LatencyP50} frames median, {LatencyMax} at most");
    }

    private static T Percentile<T>(T[] sorted, double share) => sorted.Length == 0 ? default!
        : sorted[(int)Math.Ceiling(share * sorted.Length) - 1];

    /// <summary>A game loop that takes what is ready and asks for more.</summary>
    private sealed class Loop(SpriteQueue queue, int frames)
    {
        private readonly (SpriteTicket Ticket, int Frame)[] _open = new (SpriteTicket, int)[queue.Capacity];
        private readonly Rgba32[] _texture = new Rgba32[queue.PixelCount];
        private int _openCount;
        private int _frame;
        private long _seed;

        public List<double> FrameMs { get; } = new(frames);
        public List<int> Latencies { get; } = new(frames * Sprites);
        public int Served { get; private set; }
        public int Refused { get; private set; }
        public int Failed { get; private set; }

        public void Run(int count)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < count; i++)
            {
                long before = Stopwatch.GetTimestamp();
                Take();
                Ask();
                FrameMs.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
                _frame++;
                double rest = ((i + 1) * 1000.0 / FramesPerSecond) - Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                if (rest > 0) Thread.Sleep((int)Math.Ceiling(rest));
            }
        }

        /// <summary>Waits for what is still out.</summary>
        public void Drain()
        {
            for (; _openCount > 0; Thread.Sleep(1)) Take();
        }

        public void Forget()
        {
            FrameMs.Clear();
            Latencies.Clear();
            Served = Refused = Failed = 0;
        }

        // Served in the order asked for, so the first that waits ends the search.
        private void Take()
        {
            int taken = 0;
            for (; taken < _openCount; taken++)
            {
                SpriteStatus status = queue.Take(_open[taken].Ticket, _texture);
                if (status == SpriteStatus.Waiting) break;
                if (status == SpriteStatus.Ready) Served++;
                else if (status == SpriteStatus.Failed) Failed++;
                Latencies.Add(_frame - _open[taken].Frame);
            }
            _openCount -= taken;
            Array.Copy(_open, taken, _open, 0, _openCount);
        }

        private void Ask()
        {
            for (int i = 0; i < Sprites; i++)
            {
                if (queue.TryGenerate(_seed++, out SpriteTicket ticket)) _open[_openCount++] = (ticket, _frame);
                else Refused++;
            }
        }
    }
}
