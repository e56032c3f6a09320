using System;
using System.Collections.Generic;

namespace VaeContent.Trainer.Metrics;

public static partial class EvaluationTable
{
    private static void AddLikeness(List<FigureRow> rows, FeatureQuality space)
    {
        string group = $"Likeness by {space.Space}: generated, real";
        void Ratio(string name, DistanceRatio distance) => rows.Add(new FigureRow(group, name,
            distance.Ratio is { } ratio ? $"{Number(ratio, "F2")} ±{Number(distance.Error!.Value, "F2")}" : "-", "1.00", RatioVerdict(distance.Ratio)));
        Ratio("Fréchet distance (ratio)", space.Frechet);
        Ratio("kernel distance (ratio)", space.Kernel);
        void Share(string name, Func<Prdc, double> figure, string hint) =>
            rows.Add(new FigureRow(group, name, Percent(figure(space.Samples)), Percent(figure(space.Real)), hint));
        Share("precision", prdc => prdc.Precision, "samples that look real; as real is best");
        Share("recall", prdc => prdc.Recall, "real sprites that can be made; as real is best");
        Share("coverage", prdc => prdc.Coverage, CoverageVerdict(space.Samples.Coverage / Math.Max(space.Real.Coverage, 1e-9)));
        rows.Add(new FigureRow(group, "density", Number(space.Samples.Density, "F2"), Number(space.Real.Density, "F2"), "above real: near the typical too often"));
    }

    private static void AddLabels(List<FigureRow> rows, LabelFigures labels)
    {
        const string Group = "Labels by own classifier: generated, held out";
        if (labels.SampleAccuracy is { } asked)
            rows.Add(new FigureRow(Group, "looks like the label asked for", Percent(asked), Percent(labels.Accuracy), "as held out is best; below: labels get mixed up"));
        rows.Add(new FigureRow(Group, "inception score", Number(labels.Inception, "F2"), Number(labels.RealInception, "F2"),
            $"1 to {labels.Labels}; as held out is best, below: vague or one-sided"));
    }

    private static void AddEachLabel(List<FigureRow> rows, IReadOnlyList<LabelQuality> labels)
    {
        foreach (LabelQuality label in labels)
        {
            string share = Percent(label.Share) + " of samples" + (label.Target is { } target ? $" (asked {Percent(target)})" : "");
            rows.Add(new FigureRow("Each label, coverage: generated, real", label.Label, Of(label.Coverage), Of(label.RealCoverage), share
                + (label.Recognised is { } recognised ? $", {Percent(recognised)} look like it (real {Of(label.RealRecognised)})" : "")
                + (label.Learnt is { } learnt ? $", learnt from {learnt}" : "")));
        }
    }

    private static void AddPixels(List<FigureRow> rows, PixelComparison pixels)
    {
        const string Group = "Pixels: generated, held out";
        void Add(string name, Func<PixelStatistics, string> figure, double? ratio, string above, string below) =>
            rows.Add(new FigureRow(Group, name, figure(pixels.Samples), figure(pixels.Real), PixelVerdict(ratio, above, below)));
        Add("colours of a sprite", one => Number(one.Colours, "F1"), pixels.ColourRatio, "too many shades", "washed out");
        Add("orphan pixels", one => Percent(one.Orphans), pixels.OrphanRatio, "noisy", "smooth");
        Add("length of flat runs", one => Number(one.FlatRun, "F2"), pixels.FlatRunRatio, "smooth", "noisy");
        Add("sharpness of edges", one => Number(one.Edges, "F3"), pixels.EdgeRatio, "harsh", "blurred");
        Add("drawn area", one => Percent(one.DrawnArea), pixels.DrawnAreaRatio, "too large", "too small");
        Add("pieces of a sprite", one => Number(one.Pieces, "F2"), pixels.PieceRatio, "falls apart", "runs together");
    }

    private static void AddMorphs(List<FigureRow> rows, Interpolation morphs)
    {
        const string Group = "Morphs: generated, best";
        rows.Add(new FigureRow(Group, "largest step by mean step", Number(morphs.LargestStep, "F2"), "1.00",
            $"1 flows evenly, {Interpolation.Steps} jumps; good: below 4"));
        if (morphs.MidpointDistance is { } midpoint)
            rows.Add(new FigureRow(Group, "half-way, unlike known sprites", Number(midpoint, "F2"), "1.00", "by that of the ends; far above 1: broken in between"));
    }

    private static void AddLatents(List<FigureRow> rows, LatentHealth latents)
    {
        const string Group = "Latents: found, best";
        rows.Add(new FigureRow(Group, "active dimensions", $"{latents.ActiveUnits}", $"{latents.KlPerDimension.Count}", "far fewer: a smaller latent would do; 0: collapsed"));
        rows.Add(new FigureRow(Group, "held of a sprite (KL)", Number(latents.Kl, "F1") + " nats", "", "near 0: all sprites look alike"));
        if (latents.PriorGap is { } gap)
            rows.Add(new FigureRow(Group, "seeds to training latents (ratio)", Number(gap, "F2"), "1.00", "above: seeds fall where training never was; fit another prior"));
    }

    private static string RatioVerdict(double? ratio) => ratio switch
    {
        null => "no floor: real sprites do not differ",
        <= 1.25 => "as near as real sprites are",
        <= 2 => "near to the set",
        <= 4 => "visibly apart from the set",
        _ => "FAR from the set",
    };

    private static string CoverageVerdict(double share) => share switch
    {
        >= 0.95 => "covers the set",
        >= 0.8 => "covers most of the set",
        _ => "MISSES kinds of sprites",
    };

    private static string PixelVerdict(double? ratio, string above, string below) => ratio switch
    {
        null => "as in held out",
        > 1.25 => above,
        < 0.8 => below,
        _ => "as in held out",
    };
}
