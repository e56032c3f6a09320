using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Reports;

/// <summary>The sections of a report that show figures.</summary>
internal sealed class ReportFigures(HtmlPage page)
{
    /// <summary>How good the model is.</summary>
    public void AddEvaluation(Evaluation evaluation) => page.Section("Figures",
        $"{evaluation.HeldOut?.Sprites} held-out sprites, {evaluation.Samples} generated ones. "
        + "Held-out figures far below those of the training sprites mean that it learnt them by heart.", () =>
        {
            page.Add("<table class=\"hints\">");
            string group = "";
            foreach (FigureRow row in EvaluationTable.Rows(evaluation))
            {
                if (row.Group != group) page.Add(Heading(group = row.Group));
                page.Add($"<tr><td>{HtmlPage.Text(row.Name)}</td><td class=\"n\">{HtmlPage.Text(row.Value)}</td>"
                    + $"<td class=\"n\">{HtmlPage.Text(row.Beside)}</td><td class=\"hint\">{HtmlPage.Text(row.Hint)}</td></tr>");
            }
            page.Add("</table>");
        });

    /// <summary>How training went.</summary>
    public void AddCurves(IReadOnlyList<LogEntry> log)
    {
        if (log.Count == 0) return;
        page.Add("<div class=\"pair\">");
        Curve("Reconstruction error", "Nats a sprite over training steps. Lower is better; it is time to stop where held out no longer falls.",
            Line("training", "train", log, entry => entry.Reconstruction), Line("held out", "held", log, entry => entry.HeldOutReconstruction));
        Curve("What the latents hold (KL)", "Nats a sprite. Near zero, the latents say nothing and all sprites look alike.",
            Line("training", "train", log, entry => entry.Kl), Line("held out", "held", log, entry => entry.HeldOutKl));
        page.Add("</div>");
    }

    /// <summary>What the set is like.</summary>
    public void AddSet(Dataset data)
    {
        SpriteStatistics statistics = SpriteStatistics.Of(data.All);
        PaletteFitReport palette = data.Palette.Report;
        var rows = new List<(string, string)>
        {
            ("sprites", $"{data.All.Sprites.Count} of {data.All.Width}x{data.All.Height}; {data.Train.Sprites.Count} learnt from, {data.HeldOut.Sprites.Count} held out"),
            ("colours", $"{statistics.DistinctColours} in all, {statistics.MedianColours} in a typical sprite; {Percent(statistics.SoftAlphaShare)} of visible pixels half transparent"),
            ("palette", $"{palette.PaletteColours} colours keep {Percent(palette.ExactShare)} of the pixels exact"),
            ("drawn area", $"{Percent(statistics.Coverage)} of the canvas"),
            ("labels", statistics.LabelTable.Count == 0 ? "none" : string.Join(", ", statistics.LabelTable.Select(label => $"{label.Label} ({label.Count})"))),
            ("fingerprint", data.All.Fingerprint),
        };
        if (data.All.Report.Duplicates.Count > 0) rows.Insert(1, ("dropped", $"{data.All.Report.Duplicates.Count} exact duplicates"));
        page.Section("The set", "What was read from the folder.", () =>
        {
            page.Facts(rows);
            page.Add("<div class=\"swatches\">"
                + string.Concat(data.PaletteText.Skip(1).Select(colour => $"<i style=\"background:#{colour}\" title=\"#{colour[..6]}\"></i>")) + "</div>");
        });
    }

    /// <summary>Every setting, folded away.</summary>
    public void AddSettings(RunConfig config, string folder)
    {
        page.Add("<details><summary>Settings <span>as --set takes them</span></summary>");
        page.Facts(Flatten("", JsonSerializer.SerializeToElement(config with { Data = config.Data with { Folder = folder } }, RunFolder.Json)));
        page.Add("</details>");
    }

    private void Curve(string title, string lead, params ChartSeries[] lines) => page.Section(title, lead, () => page.Add(SvgChart.Draw(title, lines)
        + $"<p class=\"legend\">{string.Concat(lines.Where(line => line.Points.Count > 0).Select(line => $"<b class=\"{line.Style}-key\">{line.Name}</b>"))}</p>"));

    private static ChartSeries Line(string name, string style, IReadOnlyList<LogEntry> log, Func<LogEntry, double?> figure) =>
        new(name, style, [.. log.Where(entry => figure(entry) is not null).Select(entry => ((double)entry.Step, figure(entry)!.Value))]);

    // "Samples: generated, held out" names its two columns.
    private static string Heading(string group)
    {
        string[] parts = [.. group.Split([':', ','], StringSplitOptions.TrimEntries), "", ""];
        return $"<tr><th>{HtmlPage.Text(parts[0])}</th><th class=\"n\">{HtmlPage.Text(parts[1])}</th><th class=\"n\">{HtmlPage.Text(parts[2])}</th><th></th></tr>";
    }

    private static IEnumerable<(string, string)> Flatten(string name, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Flatten(name.Length == 0 ? property.Name : $"{name}.{property.Name}", property.Value)),
        JsonValueKind.Null => [(name, "-")],
        JsonValueKind.Array => [(name, string.Join(", ", element.EnumerateArray()))],
        _ => [(name, element.ToString())],
    };

    private static string Percent(double share) => (share * 100).ToString("F1", CultureInfo.InvariantCulture) + "%";
}
