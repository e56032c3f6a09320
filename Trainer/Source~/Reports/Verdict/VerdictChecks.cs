using System;
using System.Collections.Generic;
using System.Globalization;
using VaeContent.Trainer.Metrics;

namespace VaeContent.Trainer.Reports;

/// <summary>The questions that a verdict asks, answered by <see cref="QualityLimits"/>.</summary>
internal static class VerdictChecks
{
    /// <summary>All questions, answered.</summary>
    public static IEnumerable<VerdictCheck> FromFigures(VerdictFigures figures) =>
        [Fidelity(figures), Likeness(figures), Cleanliness(figures), Variety(figures), Novelty(figures), Generality(figures),
            Colours(figures)];

    private static VerdictCheck Fidelity(VerdictFigures f)
    {
        string outlines = $"outlines agree to {Percent(f.Silhouettes)}";
        QualityLevel outline = QualityLimits.Silhouettes.Level(f.Silhouettes);
        const string Drawn = "Encoded into a few numbers and redrawn, sprites it has not seen";
        if (f.ExactColours)
        {
            return new VerdictCheck(VerdictSubject.Fidelity,
                QualityLimits.Worse(QualityLimits.ForegroundExact.Level(f.HeldOutExact / f.PaletteExact), outline),
                Percent(f.HeldOutExact), $"{Drawn} keep {Percent(f.HeldOutExact)} of their pixels exactly; {outlines}.");
        }
        QualityLevel level = QualityLimits.Psnr.Level(f.HeldOutPsnr ?? double.PositiveInfinity);
        string decibels = f.HeldOutPsnr is { } known ? known.ToString("F1", CultureInfo.InvariantCulture) + " dB" : "exact";
        return new VerdictCheck(VerdictSubject.Fidelity, QualityLimits.Worse(level, outline), decibels,
            $"{Drawn} have colours right to {decibels} (20 is rough, 30 hard to distinguish); {outlines}.");
    }

    private static VerdictCheck Likeness(VerdictFigures f)
    {
        double ratio = QualityLimits.NearestRatio(f.Distance, f.HeldOutDistance);
        QualityLevel level = QualityLimits.NearestRatios.Level(ratio);
        string text = $"A new sprite differs in {Percent(f.Distance)} of its pixels from the most similar one of your set. "
            + $"Your own held-out sprites do in {Percent(f.HeldOutDistance)}, so about 1\u00d7 is right.";
        double figure = ratio;
        if (f.SetRatio is { } set)
        {
            level = QualityLimits.Worse(level, QualityLimits.SetRatio.Level(set));
            figure = Math.Max(ratio, set);
            text += $" Judged as a whole by networks that look at shapes and colours, new sprites lie {Times(set)} as far from "
                + "held-out ones as your other sprites do.";
        }
        if (f.TwoSampleAuc is { } auc)
        {
            level = QualityLimits.Worse(level, QualityLimits.TwoSampleAuc.Level(auc));
            text += $" A network that learnt to distinguish new sprites from yours ranks {Percent(auc)} of pairs right; 50% is "
                + "guessing.";
        }
        return new VerdictCheck(VerdictSubject.Likeness, level, Times(figure), text);
    }

    private static VerdictCheck Cleanliness(VerdictFigures f)
    {
        double colours = f.RealColours > 0 ? f.Colours / f.RealColours : 1;
        QualityLevel specks = QualityLimits.Worse(QualityLimits.Specks.Level(QualityLimits.SpeckRatio(f.Orphans, f.RealOrphans)),
            QualityLimits.Specks.Level(QualityLimits.SpeckRatio(f.LoudSpecks, f.RealLoudSpecks)));
        return new VerdictCheck(VerdictSubject.Cleanliness,
            QualityLimits.Worse(QualityLimits.PixelRatio.Level(colours), specks), Percent(f.Orphans),
            $"{Percent(f.Orphans)} of the pixels of new sprites have a colour that none of their neighbours has, of your own "
            + $"{Percent(f.RealOrphans)}; {Percent(f.LoudSpecks)} stand out from all of them, of your own "
            + $"{Percent(f.RealLoudSpecks)}. A new sprite has {f.Colours:0.#} colours, yours have {f.RealColours:0.#}.");
    }

    private static VerdictCheck Variety(VerdictFigures f)
    {
        double ratio = f.TrainingSpread > 0 ? f.Spread / f.TrainingSpread : 1;
        string repeated = f.Repeats > 0 ? $" {Percent(f.Repeats)} of them repeat another one exactly." : " None repeats another.";
        return new VerdictCheck(VerdictSubject.Variety,
            QualityLimits.Worse(QualityLimits.Spread.Level(ratio), QualityLimits.Repeats.Level(f.Repeats)), Percent(ratio),
            $"Two new sprites differ in {Percent(f.Spread)} of their pixels, two of your own in "
                + $"{Percent(f.TrainingSpread)}.{repeated}");
    }

    private static VerdictCheck Novelty(VerdictFigures f) => new(VerdictSubject.Novelty,
        QualityLimits.Worse(QualityLimits.NearCopies.Level(f.NearCopies), QualityLimits.ExactCopies.Level(f.ExactCopies)),
        Percent(Math.Max(f.NearCopies, f.ExactCopies)),
        $"{Percent(f.NearCopies)} of {Count(f.Samples)} new sprites are suspiciously near to one it learnt from; 1% would be "
        + "chance. " + (f.ExactCopies > 0 ? Percent(f.ExactCopies) + " are exact copies." : "None is an exact copy."));

    private static VerdictCheck Generality(VerdictFigures f)
    {
        if (f.ExactColours)
        {
            double gap = f.TrainingExact - f.HeldOutExact;
            return Memory(f, QualityLimits.Gap.Level(gap), $"{Points(gap)} pts",
                $"It redraws {Percent(f.TrainingExact)} of the pixels of sprites it learnt from, {Percent(f.HeldOutExact)} of "
                + "those it has not seen. A wide gap means memorisation");
        }
        if (f is { TrainingNats: > 0 and var learnt, HeldOutNats: { } unseen })
        {
            return Memory(f, QualityLimits.NatsRatio.Level(unseen / learnt), Times(unseen / learnt),
                $"Describing a sprite of the training takes {learnt:0} nats, one it has not seen {unseen:0}. "
                + "Far apart means memorisation");
        }
        double decibels = (f.TrainingPsnr ?? 99) - (f.HeldOutPsnr ?? 99);
        return Memory(f, QualityLimits.DecibelGap.Level(decibels), Points(decibels / 100) + " dB",
            "The gap in colour error between sprites it learnt from and those it has not seen. "
            + $"More than {QualityLimits.DecibelGap.Good:0} dB means memorisation");
    }

    // Who remembers parts of sprites, and puts them together anew, draws new ones.
    private static VerdictCheck Memory(VerdictFigures f, QualityLevel level, string figure, string text)
    {
        bool isOfParts = level == QualityLevel.NotYet && f.IsNew;
        return new VerdictCheck(VerdictSubject.Generality, isOfParts ? QualityLevel.Fair : level, figure,
            text + (isOfParts ? ", here of parts: hardly any new sprite is a copy." : "."));
    }

    private static VerdictCheck Colours(VerdictFigures f) => new(VerdictSubject.Colours,
        QualityLimits.OffPalette.Level(f.OffPalette - f.HeldOutOffPalette), Percent(1 - f.OffPalette),
        $"{Percent(1 - f.OffPalette)} of the pixels of new sprites have a colour that is in your set; "
        + $"of your held-out sprites {Percent(1 - f.HeldOutOffPalette)}.");

    private static string Times(double ratio) => ratio.ToString("0.0", CultureInfo.InvariantCulture) + "\u00d7";

    private static string Points(double share) => (share * 100).ToString("+0;-0;0", CultureInfo.InvariantCulture);

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    // A share that is not all or none must not read as if it were.
    private static string Percent(double share) =>
        (share * 100).ToString(share is > 0 and < 0.005 or > 0.995 and < 1 ? "0.0" : "0", CultureInfo.InvariantCulture) + "%";
}
