using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Reports;

/// <summary>Something to try.</summary>
/// <param name="Text">Why and what.</param>
/// <param name="Command">The command for it; empty where there is none.</param>
internal sealed record VerdictAdvice(string Text, string Command = "")
{
    private const int Most = 3;
    private const double Falls = 0.01, Rises = 0.02;

    /// <summary>What to try after a verdict's checks, most promising first; export where all is well.</summary>
    public static IReadOnlyList<VerdictAdvice> For(IReadOnlyList<VerdictCheck> checks, VerdictFigures figures, RunConfig config,
        string folder)
    {
        string train = $"vaecontent train {(config.Data with { Folder = folder }).Arguments} --out runs/next";
        if (checks.All(check => check.Level == QualityLevel.Good))
            return [new("Export it, and load the file in your game.", "vaecontent export RUN --out sprites.vae")];
        if (figures.Steps == 0) return [new("Train it.", train)];
        return [.. checks.Where(check => check.Level < QualityLevel.Good)
            .SelectMany(check => ForSubject(check.Subject, figures, config, train)).DistinctBy(advice => advice.Text).Take(Most)];
    }

    private static IEnumerable<VerdictAdvice> ForSubject(VerdictSubject subject, VerdictFigures figures, RunConfig config,
        string train)
    {
        // Unseen sprites cost more nats long before new ones copy, and those improve meanwhile: Documentation~/recipes.md.
        bool isEnough = figures.RiseSinceBest > Rises && !figures.IsNew;
        VerdictAdvice longer = isEnough ? Enough(figures) : Longer(figures, config, train);
        return subject switch
        {
            VerdictSubject.Fidelity when IsOverfit(figures) => ByHeart(figures, config, train),
            VerdictSubject.Fidelity when figures.StillFalling > Falls || config.Model.Latent >= 64 => [longer],
            VerdictSubject.Fidelity =>
                [longer, new("Use more numbers to describe a sprite.",
                    $"{train} --set model.latent={config.Model.Latent * 2}")],
            VerdictSubject.Likeness or VerdictSubject.Cleanliness or VerdictSubject.Variety => config.Prior.IsFlow ? [longer]
                : [longer, new("Draw latents from where your sprites lie.", $"{train} --set prior.kind=flow")],
            VerdictSubject.Novelty or VerdictSubject.Generality => ByHeart(figures, config, train),
            // Palette colours are in the set; only shades of them are not.
            VerdictSubject.Colours when config.Model.IsPalette =>
                [new("If your art uses a fixed palette, export without shades of its colours.",
                    "vaecontent export RUN --shades off --out sprites.vae")],
            _ => [new("If your art uses a fixed palette, let the model choose one of its colours for every pixel.",
                $"{train} --preset palette")],
        };
    }

    private static bool IsOverfit(VerdictFigures figures) => figures.ExactColours
        && QualityLimits.Gap.Level(figures.TrainingExact - figures.HeldOutExact) < QualityLevel.Good;

    private static IEnumerable<VerdictAdvice> ByHeart(VerdictFigures figures, RunConfig config, string train)
    {
        yield return new($"Add more sprites: nothing helps more against memorising these {figures.TrainingSprites}. "
            + "Recoloured and recombined ones count too.");
        if (!config.Training.Flip)
            yield return new("If mirrored sprites fit your set, train on them too.",
                $"{train} --set training.flip=true");
        if (config.Training.MaxShift == 0)
            yield return new("Train on sprites moved by a pixel, if their exact place does not matter.",
                $"{train} --set training.maxShift=1");
    }

    private static VerdictAdvice Enough(VerdictFigures figures) => new(
        $"Do not train longer: held-out sprites were best at step {figures.BestStep}, and worse afterwards. "
        + "More sprites, or more similar sprites, help.");

    private static VerdictAdvice Longer(VerdictFigures figures, RunConfig config, string train) => new(
        figures.StillFalling > Falls ? "Train about three times as long: it was still getting better when it stopped."
            : "Train about three times as long.",
        config.Training.Steps > 0 ? $"{train} --steps {config.Training.Steps * 3}"
            : $"{train} --minutes {Number(config.Training.Minutes * 3)}");

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
