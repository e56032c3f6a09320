using System;
using System.Collections.Generic;
using System.Globalization;

namespace VaeContent.Trainer.Metrics;

/// <summary>An <see cref="Evaluation"/> in words, for the console and the report.</summary>
public static partial class EvaluationTable
{
    /// <summary>Its figures, most telling first. Groups say in their name what the two columns are.</summary>
    public static IReadOnlyList<FigureRow> Rows(Evaluation evaluation)
    {
        var rows = new List<FigureRow>();
        foreach (FeatureQuality space in evaluation.Quality?.Spaces ?? []) AddLikeness(rows, space);
        if (evaluation.Labels is { } labels) AddLabels(rows, labels);
        AddEachLabel(rows, evaluation.EachLabel);
        if (evaluation.HeldOut is { } judged) AddReconstruction(rows, judged, evaluation.Training);
        AddSamples(rows, evaluation);
        AddPixels(rows, evaluation.Pixels);
        AddMorphs(rows, evaluation.Morphs);
        if (evaluation.Latents is { } latents) AddLatents(rows, latents);
        return rows;
    }

    private static void AddReconstruction(List<FigureRow> rows, Reconstruction judged, Reconstruction? training)
    {
        string group = training is null ? "Reconstruction" : "Reconstruction: held out, training";
        void Add(string name, Func<Reconstruction, string> figure, string hint) =>
            rows.Add(new FigureRow(group, name, figure(judged), training is null ? "" : figure(training), hint));
        Add("foreground pixels exact", figures => Percent(figures.ForegroundExact), "higher is better; training far above held out: learnt by heart");
        Add("all pixels exact", figures => Percent(figures.Exact), "higher is better");
        Add("silhouettes agree (IoU)", figures => Percent(figures.SilhouetteIou), "higher is better");
        Add("PSNR", figures => figures.Psnr is { } psnr ? Number(psnr, "F2") + " dB" : "no error", "higher is better");
    }

    private static void AddSamples(List<FigureRow> rows, Evaluation evaluation)
    {
        string group = evaluation.HeldOutColours is null ? "Samples" : "Samples: generated, held out";
        PaletteAdherence colours = evaluation.SampleColours;
        rows.Add(new FigureRow(group, "pixels off the set's colours", Percent(colours.OffPalette), Of(evaluation.HeldOutColours?.OffPalette), "as low as held out"));
        rows.Add(new FigureRow(group, "pixels half transparent", Percent(colours.SoftAlpha), Of(evaluation.HeldOutColours?.SoftAlpha), "as in held out"));
        rows.Add(new FigureRow(group, "repeats of another sample", Percent(evaluation.Repeats), "", "lower is better: more variety"));
        if (evaluation.Novelty is not { } novelty) return;
        rows.Add(new FigureRow(group, "exact copies of training", Percent(novelty.ExactCopies), "", "lower is better: new sprites"));
        rows.Add(new FigureRow(group, "near copies of training", Percent(novelty.NearCopies), "1.0%",
            novelty.NearCopies > 0.05 ? "COPIES TRAINING: well above 1%" : "no copying; well above 1% would be"));
        rows.Add(new FigureRow(group, "differs from nearest training", Percent(novelty.MedianDistance), Percent(novelty.HeldOutMedianDistance),
            "median share of foreground; as held out is best, above: unlike the set"));
    }

    private static string Of(double? share) => share is { } known ? Percent(known) : "";

    private static string Percent(double share) => Number(share * 100, "F1") + "%";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
