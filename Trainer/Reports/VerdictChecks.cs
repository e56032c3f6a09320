using System;
using System.Collections.Generic;
using System.Globalization;

namespace VaeContent.Trainer.Reports;

/// <summary>The questions that a verdict asks. The limits were chosen by eye on reports of painted heroes and LPC characters.</summary>
internal static class VerdictChecks
{
    /// <summary>All questions, answered.</summary>
    public static IEnumerable<VerdictCheck> Of(VerdictFigures figures) =>
        [Fidelity(figures), Likeness(figures), Cleanliness(figures), Variety(figures), Novelty(figures), Generality(figures), Colours(figures)];

    private static VerdictCheck Fidelity(VerdictFigures f)
    {
        string outlines = $"outlines agree to {Percent(f.Silhouettes)}";
        if (f.ExactColours)
        {
            return new VerdictCheck(VerdictSubject.Fidelity, Least(High(f.HeldOutExact, 0.7, 0.45), High(f.Silhouettes, 0.9, 0.75)), Percent(f.HeldOutExact),
                $"Squeezed into a few numbers and drawn again, sprites it never saw keep {Percent(f.HeldOutExact)} of their pixels exactly; {outlines}.");
        }
        double psnr = f.HeldOutPsnr ?? double.PositiveInfinity;
        string decibels = f.HeldOutPsnr is { } known ? known.ToString("F1", CultureInfo.InvariantCulture) + " dB" : "exact";
        return new VerdictCheck(VerdictSubject.Fidelity, Least(High(psnr, 22, 17), High(f.Silhouettes, 0.9, 0.75)), decibels,
            $"Squeezed into a few numbers and drawn again, sprites it never saw come back with colours right to {decibels} (20 is rough, 30 hard to tell apart); {outlines}.");
    }

    private static VerdictCheck Likeness(VerdictFigures f)
    {
        // Below 5% of the pixels, both are hard to tell from their neighbour.
        double ratio = Math.Max(f.Distance, 0.05) / Math.Max(f.HeldOutDistance, 0.05);
        VerdictLevel level = Low(ratio, 1.25, 1.6);
        string text = $"A new sprite differs in {Percent(f.Distance)} of its pixels from the most similar one of your set. Your own held-out sprites do in {Percent(f.HeldOutDistance)}, so about 1\u00d7 is right.";
        if (f.SetRatio is not { } set) return new VerdictCheck(VerdictSubject.Likeness, level, Times(ratio), text);
        return new VerdictCheck(VerdictSubject.Likeness, Least(level, Low(set, 1.3, 3)), Times(Math.Max(ratio, set)),
            $"{text} Judged as a whole by networks that look at shapes and colours, new sprites lie {Times(set)} as far from held-out ones as other sprites of yours do.");
    }

    // A few specks more or less are not seen: 2% of the pixels.
    private static VerdictCheck Cleanliness(VerdictFigures f)
    {
        double colours = f.RealColours > 0 ? f.Colours / f.RealColours : 1, specks = (f.Orphans + 0.02) / (f.RealOrphans + 0.02);
        VerdictLevel level = Least(Low(colours, 1.25, 2), Low(specks, 1.25, 2));
        if (specks < 0.6) level = Least(level, VerdictLevel.Fair);
        return new VerdictCheck(VerdictSubject.Cleanliness, level, Percent(f.Orphans),
            $"{Percent(f.Orphans)} of the pixels of new sprites have a colour that none of their neighbours has, of your own {Percent(f.RealOrphans)}. "
            + FormattableString.Invariant($"A new sprite has {f.Colours:0.#} colours, one of yours {f.RealColours:0.#}."));
    }

    private static VerdictCheck Variety(VerdictFigures f)
    {
        double ratio = f.TrainingSpread > 0 ? f.Spread / f.TrainingSpread : 1;
        string repeated = f.Repeats > 0 ? $" {Percent(f.Repeats)} of them repeat another one exactly." : " None repeats another.";
        return new VerdictCheck(VerdictSubject.Variety, Least(High(ratio, 0.8, 0.6), Low(f.Repeats, 0.02, 0.1)), Percent(ratio),
            $"Two new sprites differ in {Percent(f.Spread)} of their pixels, two of your own in {Percent(f.TrainingSpread)}.{repeated}");
    }

    private static VerdictCheck Novelty(VerdictFigures f) => new(VerdictSubject.Novelty,
        Least(Low(f.NearCopies, 0.05, 0.2), Low(f.ExactCopies, 0.01, 0.1)), Percent(f.NearCopies),
        $"{Percent(f.NearCopies)} of {Count(f.Samples)} new sprites are suspiciously near to one it learnt from; 1% would be chance. {(f.ExactCopies > 0 ? Percent(f.ExactCopies) + " are exact copies." : "None is an exact copy.")}");

    private static VerdictCheck Generality(VerdictFigures f)
    {
        if (f.ExactColours)
        {
            double gap = f.TrainingExact - f.HeldOutExact;
            return new VerdictCheck(VerdictSubject.Generality, Low(gap, 0.1, 0.3), $"{Points(gap)} pts",
                $"It redraws {Percent(f.TrainingExact)} of the pixels of sprites it learnt from, {Percent(f.HeldOutExact)} of those it never saw. A wide gap means learnt by heart.");
        }
        double decibels = (f.TrainingPsnr ?? 99) - (f.HeldOutPsnr ?? 99);
        return new VerdictCheck(VerdictSubject.Generality, Low(decibels, 3, 8), Points(decibels / 100) + " dB",
            "The gap in colour error between sprites it learnt from and those it never saw. More than 3 dB means learnt by heart.");
    }

    private static VerdictCheck Colours(VerdictFigures f) => new(VerdictSubject.Colours,
        f.OffPalette <= f.HeldOutOffPalette + 0.02 ? VerdictLevel.Good : VerdictLevel.Fair, Percent(1 - f.OffPalette),
        $"{Percent(1 - f.OffPalette)} of the pixels of new sprites have a colour that is in your set; of your held-out sprites {Percent(1 - f.HeldOutOffPalette)}.");

    private static VerdictLevel High(double figure, double good, double fair) =>
        figure >= good ? VerdictLevel.Good : figure >= fair ? VerdictLevel.Fair : VerdictLevel.NotYet;

    private static VerdictLevel Low(double figure, double good, double fair) => High(-figure, -good, -fair);

    private static VerdictLevel Least(VerdictLevel a, VerdictLevel b) => a < b ? a : b;

    private static string Times(double ratio) => ratio.ToString("0.0", CultureInfo.InvariantCulture) + "\u00d7";

    private static string Points(double share) => (share * 100).ToString("+0;-0;0", CultureInfo.InvariantCulture);

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    // A share that is not all or none must not read as if it were.
    private static string Percent(double share) =>
        (share is > 0 and < 0.005 or > 0.995 and < 1 ? (share * 100).ToString("0.0", CultureInfo.InvariantCulture) : (share * 100).ToString("0", CultureInfo.InvariantCulture)) + "%";
}
