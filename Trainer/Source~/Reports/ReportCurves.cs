using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Reports;

/// <summary>The section of a report that shows how training went.</summary>
internal static class ReportCurves
{
    private const int Small = 116;

    /// <summary>Adds the curves, if there is anything to show.</summary>
    public static void Add(HtmlPage page, IReadOnlyList<LogEntry> log)
    {
        if (log.Count == 0) return;
        page.Section("curves", "Training",
            "Losses are in nats a sprite; lower is better. Stop when the held-out line no longer falls.", () =>
        {
            LogEntry[] judged = [.. log.Where(entry => entry.HeldOutReconstruction is not null)];
            LogEntry? best = judged.MinBy(entry => entry.HeldOutReconstruction);
            page.Add("<div class=\"charts\">");
            Chart(page, "Reconstruction loss", "How wrong redrawn sprites are." + (best is null ? "" : " Best held out: "
                + $"{Number(best.HeldOutReconstruction!.Value)} at step {Number(best.Step)}."),
                best is null ? null : (best.Step, best.HeldOutReconstruction!.Value),
                Line("training", "train", log, entry => entry.Reconstruction),
                Line("held out", "held", log, entry => entry.HeldOutReconstruction));
            Chart(page, "KL divergence", "How much the latents hold about a sprite. Near zero, they hold nothing and all sprites "
                + "look the same.", null,
                Line("training", "train", log, entry => entry.Kl),
                Line("held out", "held", log, entry => entry.HeldOutKl));
            page.Add("<div>");
            SmallChart(page, "Learning rate", Line("learning rate", "train", log, entry => entry.LearningRate));
            SmallChart(page, "Beta, the weight of KL", Line("beta", "train", log, entry => entry.Beta));
            if (log.Any(entry => entry.Discriminator is not null))
                SmallChart(page, "Discriminator's loss: 2 knows nothing, 0 is sure",
                    Line("discriminator", "train", log, entry => entry.Discriminator));
            page.Add("</div></div>");
        });
    }

    private static void Chart(HtmlPage page, string title, string text, (double, double)? mark, params ChartSeries[] lines)
    {
        IEnumerable<string> keys = from line in lines
                                   where line.Points.Count > 0
                                   select $"<b class=\"{line.Style}-key\">{line.Name}</b>";
        string chart = SvgChart.Draw($"{title} over the steps of training. {text}", lines, mark: mark);
        page.Add($"<figure><h3>{title}</h3><p class=\"legend\">{string.Concat(keys)}</p>{chart}"
            + $"<figcaption>{HtmlPage.Text(text)}</figcaption></figure>");
    }

    private static void SmallChart(HtmlPage page, string title, ChartSeries line) =>
        page.Add($"<figure><h3>{title}</h3>{SvgChart.Draw($"{title} over the steps of training", [line], Small)}</figure>");

    private static ChartSeries Line(string name, string style, IReadOnlyList<LogEntry> log, Func<LogEntry, double?> figure) =>
        new(name, style, [.. log.Where(entry => figure(entry) is not null)
            .Select(entry => ((double)entry.Step, figure(entry)!.Value))]);

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
