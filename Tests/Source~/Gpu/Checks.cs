using System;
using System.Diagnostics;

namespace VaeContent.Tests.Gpu;

/// <summary>
/// Runs checks one after another, says how each went and counts them: all, or those with a text in their names. A test framework
/// would not start under Wine.
/// </summary>
internal sealed class Checks(string device, string named = "")
{
    private int _passed, _failed;

    /// <summary>A check passes where it returns; what it returns is shown.</summary>
    public void Run(string name, Func<string> check)
    {
        if (!name.Contains(named, StringComparison.Ordinal)) return;
        long start = Stopwatch.GetTimestamp();
        try
        {
            string figures = check();
            _passed++;
            Console.WriteLine($"  passed  {name}: {figures} ({Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s)");
        }
        catch (Exception e)
        {
            _failed++;
            Console.WriteLine($"  FAILED  {name}: {(e is CheckFailed ? e.Message : e.ToString())}");
        }
    }

    /// <summary>Says how many passed: the line that Tests/Source~/Gpu/run adds up.</summary>
    public int Finish()
    {
        Console.WriteLine($"{device}: {_passed} passed, {_failed} failed");
        return _failed == 0 && _passed > 0 ? 0 : 1;
    }

    /// <summary>Throws where a condition does not hold.</summary>
    public static void That(bool holds, string otherwise)
    {
        if (!holds) throw new CheckFailed(otherwise);
    }

    private sealed class CheckFailed(string message) : Exception(message);
}
