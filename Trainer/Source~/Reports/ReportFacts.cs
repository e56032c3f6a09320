using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Reports;

/// <summary>The sections of a report that show figures and facts.</summary>
internal sealed class ReportFacts(HtmlPage page, ReportSource run)
{
    private const int MostSizes = 5;

    /// <summary>How good the model is.</summary>
    public void AddEvaluation(Evaluation evaluation) => page.Section("figures", "All figures",
        $"{evaluation.HeldOut?.Sprites} held-out sprites, {evaluation.Samples} new ones. Compare the first column with "
            + "the second.", () =>
        {
            page.Add("<table class=\"hints\">");
            foreach (var group in EvaluationTable.Rows(evaluation).GroupBy(row => row.Group))
            {
                page.Add($"<tbody>{Heading(group.Key)}");
                foreach (FigureRow row in group)
                {
                    string level = row.Level is { } found ? $"{QualityLimits.Word(found)}: " : "";
                    page.Add($"<tr><th scope=\"row\">{HtmlPage.Text(row.Name)}</th>"
                        + $"<td class=\"n\">{HtmlPage.Text(row.Value)}</td>"
                        + $"<td class=\"n\">{HtmlPage.Text(row.Beside)}</td>"
                        + $"<td class=\"hint\">{level}{HtmlPage.Text(row.Hint)}</td></tr>");
                }
                page.Add("</tbody>");
            }
            page.Add("</table>");
        });

    /// <summary>What the set is like.</summary>
    public void AddSet()
    {
        Dataset data = run.Data;
        SpriteStatistics statistics = data.Statistics;
        PaletteFitReport palette = data.Palette.Report;
        DataReport read = data.All.Report;
        var rows = new List<(string, string)>
        {
            ("sprites", $"{data.All.Sprites.Count} on a canvas of {data.All.Width}\u00d7{data.All.Height}"),
            ("split", $"{data.Train.Sprites.Count} to learn from, {data.HeldOut.Sprites.Count} held out "
                + $"({Percent(run.Config.Data.HeldOut)} asked for)"),
            ("colours", $"{statistics.DistinctColours} in all, {statistics.MedianColours} in a typical sprite; "
                + $"{Percent(statistics.SoftAlphaShare)} of visible pixels half transparent"),
            ("palette", $"{palette.PaletteColours} colours keep {Percent(palette.ExactShare)} of the pixels exact"),
            ("drawn area", $"{Percent(statistics.Coverage)} of the canvas"),
            ("labels", statistics.LabelTable.Count == 0 ? "none"
                : string.Join(", ", statistics.LabelTable.Select(label => $"{label.Label} ({label.Count})"))),
        };
        if (read.Sizes.Count > 0)
            rows.Insert(1, ("sizes", string.Join(", ", read.Sizes.Take(MostSizes))
                + (read.Sizes.Count > MostSizes ? $" and {read.Sizes.Count - MostSizes} more" : "")));
        if (read.Duplicates.Count > 0) rows.Insert(2, ("dropped", $"{read.Duplicates.Count} exact duplicates"));
        page.Section("set", "The set", "What was read from the folder.", () =>
        {
            page.Facts(rows);
            page.Add($"<div class=\"swatches\" role=\"img\" aria-label=\"The {palette.PaletteColours} colours of the palette\">"
                + string.Concat(data.PaletteText.Skip(1).Select(colour =>
                    $"<i style=\"background:#{colour}\" title=\"#{colour[..6]}\"></i>")) + "</div>");
        });
    }

    /// <summary>Where the model comes from.</summary>
    public void AddProvenance()
    {
        int threads = run.Config.Training.Threads;
        List<(string, string)> rows = [.. run.Decoder.Provenance.Select(row => (row.Key, row.Value))];
        if (run.ShowTimes && run.Log.Count > 0) rows.Add(("training took", HtmlReport.Duration(run.Log[^1].Seconds)));
        rows.Add(("threads", threads > 0 ? $"{threads}" : "all cores of the machine it was trained on"
            + (run.ShowTimes ? $" (this one has {Environment.ProcessorCount})" : "")));
        rows.AddRange(run.Files.Select(file => (file.Name, $"SHA-256 {file.Sha256}")));
        page.Section("provenance", "Provenance", "What produced this model. The same settings and sprites reproduce it.",
            () => page.Facts(rows));
    }

    /// <summary>Every setting, folded away.</summary>
    public static void AddSettings(HtmlPage page, RunConfig config)
    {
        config = config with { Data = config.Data with { Folder = ReportSource.NameOf(config) } };
        page.Section("settings", "Settings", $"{config.Model.Describe()}; batches of {config.Training.Batch}.", () =>
        {
            page.Add("<details><summary>All settings, as --set takes them</summary>");
            page.Facts(Flatten("", JsonSerializer.SerializeToElement(config, RunFolder.Json)));
            page.Add("</details>");
        });
    }

    private static string Heading(FigureGroup group) =>
        $"<tr class=\"head\"><th scope=\"rowgroup\">{HtmlPage.Text(group.Title)}</th>"
        + $"<td class=\"n\">{HtmlPage.Text(group.Found)}</td><td class=\"n\">{HtmlPage.Text(group.Beside)}</td><td></td></tr>";

    private static IEnumerable<(string, string)> Flatten(string name, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject()
            .SelectMany(property => Flatten(name.Length == 0 ? property.Name : $"{name}.{property.Name}", property.Value)),
        JsonValueKind.Null => [(name, "-")],
        JsonValueKind.Array => [(name, string.Join(", ", element.EnumerateArray()))],
        _ => [(name, element.ToString())],
    };

    private static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + "%";
}
