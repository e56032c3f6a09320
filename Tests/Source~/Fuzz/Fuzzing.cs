using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using NUnit.Framework;

namespace VaeContent.Tests.Fuzz;

/// <summary>
/// Gives a reader damaged files for a while: a second, or as many as <c>VAECONTENT_FUZZ_SECONDS</c> says. What is drawn follows
/// from <c>VAECONTENT_FUZZ_SEED</c>, which is printed; the file that broke a reader is kept and named.
/// </summary>
internal static class Fuzzing
{
    private const double SlowSeconds = 2;

    /// <summary>Runs a reader on changed seeds. <paramref name="isRefusal"/>: the exceptions that it may throw.</summary>
    public static void Run(IReadOnlyList<byte[]> seeds, Func<Mutator, byte[], IReadOnlyList<byte[]>, byte[]> change,
        Action<byte[]> read, Func<Exception, bool> isRefusal)
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("VAECONTENT_FUZZ_SEED"), out int given) ? given
            : Environment.TickCount;
        double seconds = double.TryParse(Environment.GetEnvironmentVariable("VAECONTENT_FUZZ_SECONDS"),
            CultureInfo.InvariantCulture, out double asked) ? asked : 1;
        var random = new Random(seed);
        var mutator = new Mutator(random);
        var clock = Stopwatch.StartNew();
        int runs = 0, refused = 0, slow = 0;
        double slowest = 0;
        while (runs < 20 || clock.Elapsed.TotalSeconds < seconds)
        {
            byte[] file = change(mutator, seeds[random.Next(seeds.Count)], seeds);
            TimeSpan before = Environment.CpuUsage.TotalTime; // other programs do not count
            try
            {
                read(file);
            }
            catch (Exception e) when (isRefusal(e))
            {
                refused++;
                Assert.That(e.Message, Does.Not.Contain("\n").And.Not.Contain("\u001b"), "a refusal is one line");
            }
            catch (Exception e) when (e is not AssertionException)
            {
                string kept = Path.Combine(Path.GetTempPath(), $"vaecontent-fuzz-{seed}-{runs}");
                File.WriteAllBytes(kept, file);
                Assert.Fail($"run {runs} of seed {seed}, kept as {kept}: {e}");
            }

            runs++;
            double took = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
            slowest = Math.Max(slowest, took);
            if (took > SlowSeconds) slow++;
        }

        TestContext.Out.WriteLine($"seed {seed}: {runs} files, {refused} refused, {slow} took more than {SlowSeconds} s, "
            + $"the slowest {slowest:0.00} s, peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
        Assert.That(refused, Is.GreaterThan(0), "nothing was refused: the changes do not reach the reader");
    }
}
