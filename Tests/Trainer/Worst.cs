using System.Collections.Concurrent;
using System.Globalization;
using System.Linq;
using NUnit.Framework;

namespace VaeContent.Tests.Trainer;

/// <summary>The largest error seen per kind of comparison, shown when all tests have run: how near to its limit each one is.</summary>
[SetUpFixture]
internal static class Worst
{
    private static readonly ConcurrentDictionary<string, double> Errors = new();

    public static void Note(string kind, double error) => Errors.AddOrUpdate(kind, error, (_, before) => double.Max(before, error));

    [OneTimeTearDown]
    public static void Show()
    {
        foreach (var (kind, error) in Errors.OrderBy(pair => pair.Key, System.StringComparer.Ordinal))
            TestContext.Progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"worst relative error, {kind}: {error:0.0e+0}"));
    }
}
