using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Reports;

/// <summary>Whether a model is fit for a game, why, and what to try next, for people who do not know the field.</summary>
/// <param name="Level">As bad as the worst of the checks.</param>
/// <param name="Headline">One sentence or two.</param>
/// <param name="Checks">What was asked, worst first.</param>
/// <param name="Next">What to try, most promising first.</param>
internal sealed record Verdict(QualityLevel Level, string Headline, IReadOnlyList<VerdictCheck> Checks,
    IReadOnlyList<VerdictAdvice> Next)
{
    /// <summary>Judges a run.</summary>
    public static Verdict FromFigures(VerdictFigures figures, RunConfig config, string folder)
    {
        VerdictCheck[] checks = [.. VerdictChecks.FromFigures(figures).OrderBy(check => check.Level)];
        QualityLevel level = checks[0].Level;
        return new Verdict(level, Sentence(level, checks, figures), checks, VerdictAdvice.For(checks, figures, config, folder));
    }

    private static string Sentence(QualityLevel level, VerdictCheck[] checks, VerdictFigures figures)
    {
        if (figures.Steps == 0) return "This model has not been trained: what it draws is noise.";
        if (level == QualityLevel.Good) return "Ready to try in your game: new sprites look like your set, are as clean, differ "
            + "from each other, and are not copies.";
        string[] faults = [.. checks.Where(check => check.Level == level).Select(check => check.Fault)];
        string why = string.Join(", and ", faults.Take(2));
        return level == QualityLevel.Fair
            ? $"Usable with care: {why}."
            : $"Not ready for your game yet: {why}.";
    }
}
