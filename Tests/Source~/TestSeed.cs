using System;
using NUnit.Framework;

namespace VaeContent.Tests;

/// <summary>
/// Fresh random numbers in each run; what they follow from is printed, and <c>VAECONTENT_TEST_SEED</c> repeats it.
/// </summary>
internal static class TestSeed
{
    /// <summary>Numbers for the test under way.</summary>
    public static Random NewRandom()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("VAECONTENT_TEST_SEED"), out int given) ? given
            : Environment.TickCount;
        TestContext.Out.WriteLine($"VAECONTENT_TEST_SEED={seed}");
        return new Random(seed);
    }
}
