using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Metrics;

/// <summary>How well one label is served, so that a rare one cannot hide behind the mean.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Learnt">Sprites of it that the model learnt from; null if that is not known.</param>
/// <param name="Target">
/// The share of samples it should have: that of the bundle's label counts, 0..1; null for bundles without labels.
/// </param>
/// <param name="Share">The share of samples that the set's own classifier takes for it.</param>
/// <param name="Recognised">
/// Of the samples asked for it, the share that the classifier takes for it; null for models without labels.
/// </param>
/// <param name="RealRecognised">The same of real sprites of it.</param>
/// <param name="Coverage">
/// The share of its real sprites that have a sample near, in the classifier's features: see <see cref="Prdc"/>.
/// </param>
/// <param name="RealCoverage">The same with other real sprites for samples: the most to be expected.</param>
public sealed record LabelQuality(string Label, int? Learnt, double? Target, double Share, double? Recognised,
    double? RealRecognised, double? Coverage, double? RealCoverage)
{
    /// <summary>
    /// Figures for every label. <paramref name="guessed"/> and <paramref name="asked"/> are label indices of samples;
    /// <paramref name="labels"/> and <paramref name="guessedReal"/> of the judged sprites, of which <paramref name="covered"/>
    /// have a sample near and
    /// <paramref name="coveredByReal"/> another real sprite.
    /// </summary>
    internal static LabelQuality[] Evaluate(IReadOnlyList<string> names, IReadOnlyList<int?> learnt,
        IReadOnlyList<double?> targets, int[] guessed, IReadOnlyList<int>? asked, int[] labels,
        int[] guessedReal, bool[] covered, bool[] coveredByReal) => [.. names.Select((name, label) =>
    {
        int[] mine = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] == label)];
        int[] wanted = asked is null ? [] : [.. Enumerable.Range(0, guessed.Length).Where(i => asked[i] == label)];
        return new LabelQuality(name, learnt[label], targets[label],
            (double)guessed.Count(guess => guess == label) / guessed.Length,
            Part(wanted, i => guessed[i] == label), Part(mine, i => guessedReal[i] == label), Part(mine, i => covered[i]),
            Part(mine, i => coveredByReal[i]));
    })];

    private static double? Part(int[] rows, Func<int, bool> holds) => rows.Length == 0 ? null
        : (double)rows.Count(holds) / rows.Length;
}
