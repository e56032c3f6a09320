using System;
using System.Diagnostics;
using System.Linq;

namespace VaeContent.Trainer.Cli;

/// <summary>
/// Times several things in turns, A B C A B C ..., so that whatever else the machine does falls on all of them alike.
/// </summary>
internal sealed class Rounds
{
    private const double SecondsPerTurn = 0.04;

    private readonly double[][] _seconds; // [thing][round], per call

    private Rounds(double[][] seconds) => _seconds = seconds;

    /// <summary>Runs <paramref name="count"/> rounds after one to warm up; a turn is as many calls as take about 40 ms.</summary>
    public static Rounds Run(int count, params Action[] things)
    {
        int[] calls = [.. things.Select(Calibrate)];
        double[][] seconds = [.. things.Select(_ => new double[count])];
        for (int round = 0; round < count; round++)
        {
            for (int i = 0; i < things.Length; i++) seconds[i][round] = Time(things[i], calls[i]);
        }
        return new Rounds(seconds);
    }

    /// <summary>Median seconds a call of thing <paramref name="i"/>.</summary>
    public double Median(int i) => Middle(_seconds[i]);

    /// <summary>Seconds a call of thing <paramref name="i"/> in its fastest turn.</summary>
    public double Fastest(int i) => _seconds[i].Min();

    /// <summary>
    /// Median, over rounds, of the time of <paramref name="i"/> in units of that of <paramref name="baseline"/>.
    /// </summary>
    public double Ratio(int i, int baseline) => Middle([.. _seconds[i].Zip(_seconds[baseline], (time, other) => time / other)]);

    private static int Calibrate(Action thing)
    {
        thing();
        double once = Time(thing, 10);
        return Math.Clamp((int)(SecondsPerTurn / Math.Max(once, 1e-7)), 1, 100_000);
    }

    private static double Time(Action thing, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++) thing();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / calls;
    }

    private static double Middle(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
