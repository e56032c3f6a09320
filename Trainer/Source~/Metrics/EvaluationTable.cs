using System;
using System.Collections.Generic;
using System.Globalization;

namespace VaeContent.Trainer.Metrics;

/// <summary>An <see cref="Evaluation"/> in words, for the console and the report.</summary>
public static class EvaluationTable
{
    /// <summary>Its figures, most telling first.</summary>
    public static IReadOnlyList<FigureRow> Rows(Evaluation evaluation)
    {
        var rows = new List<FigureRow>();
        foreach (FeatureQuality space in evaluation.Quality?.Spaces ?? []) rows.AddRange(Likeness(space));
        if (evaluation.TwoSample is { } test) AddTwoSample(rows, test);
        if (evaluation.Labels is { } labels) AddLabels(rows, labels);
        AddEachLabel(rows, evaluation.EachLabel);
        if (evaluation.HeldOut is { } judged) AddReconstruction(rows, judged, evaluation.Training, evaluation.ExactColours);
        if (evaluation.Characters is { } characters) AddCharacters(rows, characters);
        AddSamples(rows, evaluation);
        AddPixels(rows, evaluation.Pixels);
        AddMorphs(rows, evaluation.Morphs);
        if (evaluation.Latents is { } latents) AddLatents(rows, latents);
        return rows;
    }

    /// <summary>The rows of one feature space.</summary>
    internal static List<FigureRow> Likeness(FeatureQuality space)
    {
        var rows = new List<FigureRow>();
        var group = new FigureGroup($"Likeness by {space.Space}", "generated", "real");
        void Ratio(string name, DistanceRatio distance)
        {
            QualityLevel? level = QualityLimits.BeyondChance(distance) is { } beyond
                ? QualityLimits.SetRatio.Level(beyond) : null;
            string found = distance.Ratio is { } ratio ? $"{Number(ratio, "F2")} ±{Number(distance.Error!.Value, "F2")}" : "-";
            string hint = level switch
            {
                null => "no floor: real sprites do not differ",
                QualityLevel.Good => "as near as real sprites are, except for chance",
                QualityLevel.Fair => "near to the set",
                _ => "FAR from the set",
            };
            rows.Add(new FigureRow(group, name, found, "1.00", hint, level));
        }
        Ratio("Fréchet distance (ratio)", space.Frechet);
        Ratio("kernel distance (ratio)", space.Kernel);
        void Share(string name, Func<Prdc, double> figure, string hint, QualityLevel? level = null) =>
            rows.Add(new FigureRow(group, name, Percent(figure(space.Samples)), Percent(figure(space.Real)), hint, level));
        Share("precision", prdc => prdc.Precision, "samples that look real; as real is best");
        Share("recall", prdc => prdc.Recall, "real sprites that can be made; as real is best");
        QualityLevel covers = QualityLimits.Coverage.Level(space.Samples.Coverage / Math.Max(space.Real.Coverage, 1e-9));
        Share("coverage", prdc => prdc.Coverage, covers switch
        {
            QualityLevel.Good => "covers the set",
            QualityLevel.Fair => "covers most of the set",
            _ => "MISSES kinds of sprites",
        }, covers);
        rows.Add(new FigureRow(group, "density", Number(space.Samples.Density, "F2"), Number(space.Real.Density, "F2"),
            "above real: too often near the typical"));
        return rows;
    }

    private static void AddTwoSample(List<FigureRow> rows, TwoSampleTest test)
    {
        QualityLevel level = QualityLimits.TwoSampleAuc.Level(test.Auc);
        rows.Add(new FigureRow(new FigureGroup("Distinguished from real ones by a network", "generated", "real"),
            "AUC of a two-sample classifier", Number(test.Auc, "F2"), Number(test.RealAuc, "F2"), level switch
            {
                QualityLevel.Good => "0.50 cannot be distinguished from real ones",
                QualityLevel.Fair => "many are recognised as generated",
                _ => "RECOGNISED: 1.00 is always",
            }, level));
    }

    private static void AddLabels(List<FigureRow> rows, LabelFigures labels)
    {
        var group = new FigureGroup("Labels by own classifier", "generated", "held out");
        if (labels.SampleAccuracy is { } asked)
            rows.Add(new FigureRow(group, "looks like the label asked for", Percent(asked), Percent(labels.Accuracy),
                "as held out is best; below: labels get mixed up"));
        rows.Add(new FigureRow(group, "inception score", Number(labels.Inception, "F2"), Number(labels.RealInception, "F2"),
            $"1 to {labels.Labels}; as held out is best, below: vague or one-sided"));
    }

    private static void AddEachLabel(List<FigureRow> rows, IReadOnlyList<LabelQuality> labels)
    {
        var group = new FigureGroup("Each label, coverage", "generated", "real");
        foreach (LabelQuality label in labels)
        {
            string share = Percent(label.Share) + " of samples"
                + (label.Target is { } target ? $" (asked {Percent(target)})" : "");
            rows.Add(new FigureRow(group, label.Label, PercentOf(label.Coverage), PercentOf(label.RealCoverage), share
                + (label.Recognised is { } recognised
                    ? $", {Percent(recognised)} look like it (real {PercentOf(label.RealRecognised)})" : "")
                + (label.Learnt is { } learnt ? $", learnt from {learnt}" : "")));
        }
    }

    private static void AddReconstruction(List<FigureRow> rows, Reconstruction judged, Reconstruction? training,
        bool exactColours)
    {
        var group = new FigureGroup("Reconstruction", training is null ? "" : "held out", training is null ? "" : "training");
        void Add(string name, Func<Reconstruction, string> figure, string hint, QualityLevel? level = null) =>
            rows.Add(new FigureRow(group, name, figure(judged), training is null ? "" : figure(training), hint, level));
        bool byHeart = training is not null
            && QualityLimits.Gap.Level(training.ForegroundExact - judged.ForegroundExact) < QualityLevel.Good;
        Add("foreground pixels exact", figures => Percent(figures.ForegroundExact),
            byHeart ? "MEMORISED: training is far above held out" : "higher is better",
            exactColours ? QualityLimits.ForegroundExact.Level(judged.ForegroundExact) : null);
        Add("all pixels exact", figures => Percent(figures.Exact), "higher is better");
        Add("silhouettes agree (IoU)", figures => Percent(figures.SilhouetteIou), "higher is better",
            QualityLimits.Silhouettes.Level(judged.SilhouetteIou));
        Add("PSNR", figures => figures.Psnr is { } psnr ? Number(psnr, "F2") + " dB" : "no error", "higher is better",
            exactColours ? null : QualityLimits.Psnr.Level(judged.Psnr ?? double.PositiveInfinity));
    }

    private static void AddCharacters(List<FigureRow> rows, CharacterFigures characters)
    {
        var group = new FigureGroup("Characters", "generated", "real");
        if (characters.PoseAccuracy is { } pose)
            rows.Add(new FigureRow(group, "in the pose asked for", Percent(pose), PercentOf(characters.RealPoseAccuracy),
                "by the set's own classifier; as real is best"));
        if (characters.Identity is { } identity)
            rows.Add(new FigureRow(group, "one person in all poses", Percent(identity.Generated), Percent(identity.Real),
                $"found again in another pose among {CharacterIdentity.Among}; as real is best"));
        if (characters.Copies is { } copies)
            rows.Add(new FigureRow(group, "near copies of whole characters", Percent(copies.NearCopies), "1.0%",
                $"{Percent(copies.ExactCopies)} exact copies"));
        if (characters.Reposed is not { } reposed) return;
        var again = new FigureGroup($"Unseen characters, reposed", "one frame in", "all in");
        rows.Add(new FigureRow(again, "foreground pixels exact", Percent(reposed.OtherPoses.ForegroundExact),
            Percent(reposed.FromAll.ForegroundExact), "of other poses than the one seen; of all"));
        rows.Add(new FigureRow(again, "silhouettes agree (IoU)", Percent(reposed.OtherPoses.SilhouetteIou),
            Percent(reposed.FromAll.SilhouetteIou), "higher is better"));
        rows.Add(new FigureRow(again, "flicker", "", Percent(reposed.Flicker),
            "pixels that change from frame to frame where the artist's stay"));
    }

    private static void AddSamples(List<FigureRow> rows, Evaluation evaluation)
    {
        PaletteAdherence colours = evaluation.SampleColours;
        PaletteAdherence? heldOut = evaluation.HeldOutColours;
        var group = new FigureGroup("Samples", heldOut is null ? "" : "generated", heldOut is null ? "" : "held out");
        rows.Add(new FigureRow(group, "pixels off the set's colours", Percent(colours.OffPalette), PercentOf(heldOut?.OffPalette),
            "as low as held out", QualityLimits.OffPalette.Level(colours.OffPalette - (heldOut?.OffPalette ?? 0))));
        rows.Add(new FigureRow(group, "pixels half transparent", Percent(colours.SoftAlpha), PercentOf(heldOut?.SoftAlpha),
            "as in held out"));
        rows.Add(new FigureRow(group, "repeats of another sample", Percent(evaluation.Repeats), "",
            "lower is better: more variety", QualityLimits.Repeats.Level(evaluation.Repeats)));
        if (evaluation.Novelty is not { } novelty) return;
        rows.Add(new FigureRow(group, "exact copies of training", Percent(novelty.ExactCopies), "",
            "lower is better: new sprites", QualityLimits.ExactCopies.Level(novelty.ExactCopies)));
        QualityLevel near = QualityLimits.NearCopies.Level(novelty.NearCopies);
        rows.Add(new FigureRow(group, "near copies of training", Percent(novelty.NearCopies), "1.0%",
            near < QualityLevel.Good ? "COPIES TRAINING: well above 1%" : "no copying; well above 1% would be", near));
        rows.Add(new FigureRow(group, "differs from nearest training", Percent(novelty.MedianDistance),
            Percent(novelty.HeldOutMedianDistance),
            "median share of foreground; as held out is best, above: unlike the set",
            QualityLimits.NearestRatios.Level(QualityLimits.NearestRatio(novelty.MedianDistance,
                novelty.HeldOutMedianDistance))));
    }

    private static void AddPixels(List<FigureRow> rows, PixelComparison pixels)
    {
        var group = new FigureGroup("Pixels", "generated", "held out");
        void Add(string name, Func<PixelStatistics, string> figure, double? ratio, string above, string below,
            QualityLimit? limit = null)
        {
            limit ??= QualityLimits.PixelRatio;
            string found = ratio > limit.Good ? above : ratio < limit.Least ? below : "as in held out";
            rows.Add(new FigureRow(group, name, figure(pixels.Samples), figure(pixels.Real), found, limit.Level(ratio ?? 1)));
        }
        Add("colours of a sprite", one => Number(one.Colours, "F1"), pixels.ColourRatio, "too many shades", "washed out");
        Add("orphan pixels", one => Percent(one.Orphans), QualityLimits.SpeckRatio(pixels.Samples.Orphans, pixels.Real.Orphans),
            "noisy", "smooth", QualityLimits.Specks);
        Add("loud specks", one => Percent(one.LoudSpecks),
            QualityLimits.SpeckRatio(pixels.Samples.LoudSpecks, pixels.Real.LoudSpecks), "noisy", "smooth", QualityLimits.Specks);
        Add("length of flat runs", one => Number(one.FlatRun, "F2"), pixels.FlatRunRatio, "smooth", "noisy");
        Add("sharpness of edges", one => Number(one.Edges, "F3"), pixels.EdgeRatio, "harsh", "blurred");
        Add("drawn area", one => Percent(one.DrawnArea), pixels.DrawnAreaRatio, "too large", "too small");
        Add("pieces of a sprite", one => Number(one.Pieces, "F2"), pixels.PieceRatio, "falls apart", "runs together");
        Add("gaps in a sprite", one => Number(one.Gaps, "F2"),
            QualityLimits.GapRatio(pixels.Samples.Gaps, pixels.Real.Gaps), "holes", "filled", QualityLimits.Specks);
    }

    private static void AddMorphs(List<FigureRow> rows, Interpolation morphs)
    {
        var group = new FigureGroup("Morphs", "generated", "best");
        rows.Add(new FigureRow(group, "largest step by mean step", Number(morphs.LargestStep, "F2"), "1.00",
            $"1 is even, {Interpolation.Steps} is a jump", QualityLimits.LargestStep.Level(morphs.LargestStep)));
        if (morphs.MidpointDistance is { } midpoint)
            rows.Add(new FigureRow(group, "halfway, unlike known sprites", Number(midpoint, "F2"), "1.00",
                "by that of the ends; far above 1: broken in between"));
    }

    private static void AddLatents(List<FigureRow> rows, LatentHealth latents)
    {
        var group = new FigureGroup("Latents", "found", "best");
        rows.Add(new FigureRow(group, "active dimensions", $"{latents.ActiveUnits}", $"{latents.KlPerDimension.Count}",
            "far fewer: a smaller latent would do; 0: collapsed"));
        rows.Add(new FigureRow(group, "held of a sprite (KL)", Number(latents.Kl, "F1") + " nats", "",
            "near 0: all sprites look alike"));
        if (latents.PriorGap is { } gap)
            rows.Add(new FigureRow(group, "seeds to training latents (ratio)", Number(gap, "F2"), "1.00",
                "above: seeds fall where training never was; fit another prior"));
    }

    private static string PercentOf(double? share) => share is { } known ? Percent(known) : "";

    private static string Percent(double share) => Number(share * 100, "F1") + "%";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

/// <summary>Figures that belong together.</summary>
/// <param name="Title">What they are about.</param>
/// <param name="Found">What the first column holds; empty where there is but one.</param>
/// <param name="Beside">What the second column holds, to read the first against.</param>
public sealed record FigureGroup(string Title, string Found, string Beside)
{
    /// <summary>For the console: <c>Samples: generated, held out</c>.</summary>
    public override string ToString() => Found.Length == 0 ? Title : $"{Title}: {Found}, {Beside}";
}

/// <summary>One figure for people, beside the figure to read it against.</summary>
/// <param name="Group">What it belongs to: rows of a group follow each other.</param>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure with its unit.</param>
/// <param name="Beside">The one to compare with; empty where there is none.</param>
/// <param name="Hint">What it means, or which direction is good.</param>
/// <param name="Level">How good it is, by <see cref="QualityLimits"/>; null where there is no limit.</param>
public sealed record FigureRow(FigureGroup Group, string Name, string Value, string Beside, string Hint,
    QualityLevel? Level = null);
