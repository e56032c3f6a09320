using System;

namespace VaeContent.Tests;

/// <summary>What an action allocates on the managed heap.</summary>
internal static class Allocation
{
    /// <summary>
    /// Bytes allocated by the best of three runs, after one that warms up: a collection on another thread may end this thread's
    /// allocation context early, and what was left of it is then counted as allocated.
    /// </summary>
    public static long Least(Action action)
    {
        action();
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 3; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }

    /// <summary>
    /// Bytes allocated by all threads during the best of ten runs, after one that warms up: the test host allocates now and then
    /// too.
    /// </summary>
    public static long LeastOfAllThreads(Action action)
    {
        action();
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 10 && least > 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            action();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }
        return least;
    }
}
