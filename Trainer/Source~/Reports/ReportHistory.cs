using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Reports;

/// <summary>How the model came to draw as it does: the same sprites and seeds at each preview.</summary>
internal sealed class ReportHistory(HtmlPage page, IReadOnlyList<LogEntry> log, bool showTimes)
{
    private const int WidthOfHalf = 500;

    /// <summary>A row of redrawn sprites and of samples for each preview that was saved.</summary>
    public void Add(IReadOnlyList<(long Step, string Path)> previews, Dataset data, int thinner)
    {
        (long Step, Preview Preview)[] rows =
        [
            .. from saved in previews
               let preview = Preview.Load(saved.Path, data.All.Width, data.All.Height)
               where preview is not null
               select (saved.Step, preview),
        ];
        if (rows.Length == 0) return;
        int shown = Math.Clamp(WidthOfHalf / (page.SpriteWidth + 4) / thinner, 1, Preview.Columns);
        Sprite[] originals = [.. data.HeldOut.Sprites.Take(shown)];
        page.Section("history", "How it learnt",
            "The same sprites over time: first held-out ones, redrawn, then new ones. During training, seeds use a "
                + "simpler prior than above, so they give other sprites.", () =>
            {
                page.Add($"<div class=\"moment heads\"><p></p><h3>Redrawn</h3><h3>New, seeds 0 to {shown - 1}</h3></div>");
                AddRow("<b>the originals</b>",
                    originals.Select(sprite => (new Bitmap(data.All.Width, data.All.Height, sprite.Pixels), sprite.Path)), []);
                foreach (var (step, preview) in rows)
                {
                    string at = step.ToString("N0", CultureInfo.InvariantCulture);
                    AddRow(Caption(step), preview.Redrawn.Take(originals.Length)
                        .Select((sprite, i) => (sprite, $"{originals[i].Path}, redrawn at step {at}")),
                        preview.Samples.Take(shown).Select((sprite, i) => (sprite, $"seed {i} at step {at}")));
                }
            });
    }

    private void AddRow(string caption, IEnumerable<(Bitmap, string)> left, IEnumerable<(Bitmap, string)> right)
    {
        page.Add($"<div class=\"moment\"><p>{caption}</p>");
        page.Sprites(left, "line");
        page.Sprites(right, "line");
        page.Add("</div>");
    }

    private string Caption(long step)
    {
        string steps = $"step {step.ToString("N0", CultureInfo.InvariantCulture)}";
        if (log.LastOrDefault(entry => entry.Step <= step) is not { } entry) return $"<b>{steps}</b>";
        return $"<b>{(entry.Progress * 100).ToString("0", CultureInfo.InvariantCulture)}%</b> "
            + $"<span>{steps}</span>{(showTimes ? $" <span>{HtmlReport.Duration(entry.Seconds)}</span>" : "")}";
    }
}
