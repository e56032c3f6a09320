using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Reports;

/// <summary>
/// A page in a run's folder that shows how training goes, rewritten whenever held-out sprites were judged. A browser that
/// shows the file reads it again by itself until training has ended; nothing is served.
/// </summary>
internal sealed class LiveReport(RunFolder folder, RunConfig config, Dataset data)
{
    private const int RefreshSeconds = 5;

    // Writing takes at most a share of 1 / RestPerWork of the time.
    private const int RestPerWork = 100;

    private TimeSpan _next;

    /// <summary>Writes the page if held-out sprites were just judged and the last writing is long enough past.</summary>
    /// <exception cref="UserError">The page or the log cannot be written or read.</exception>
    public void Show(LogEntry entry)
    {
        if (entry.HeldOutReconstruction is null || TimeSpan.FromSeconds(entry.Seconds) < _next) return;
        var clock = Stopwatch.StartNew();
        Write(Compose(TrainingLog.Read(folder.LogPath), "training", RefreshSeconds));
        _next = TimeSpan.FromSeconds(entry.Seconds) + (clock.Elapsed * RestPerWork);
    }

    /// <summary>Writes the page for the last time; it no longer reads itself again.</summary>
    /// <exception cref="UserError">The page or the log cannot be written or read.</exception>
    public void End(bool finished)
    {
        // A run that failed before its first step leaves nothing to show.
        if (folder.Exists) Write(Compose(TrainingLog.Read(folder.LogPath), finished ? "finished" : "stopped", refreshSeconds: 0));
    }

    private void Write(string page) => AtomicFile.WriteText(folder.ReportPath, page);

    private string Compose(IReadOnlyList<LogEntry> log, string state, int refreshSeconds)
    {
        string name = ReportSource.NameOf(config);
        var page = new HtmlPage($"{name}: {state}", data.All.Width, data.All.Height, refreshSeconds);
        page.Add($"<header><h1>{HtmlPage.Text(name)}</h1><p>{data.Train.Sprites.Count} sprites to learn from, "
            + $"{data.HeldOut.Sprites.Count} held out to judge by.</p></header>");
        page.Section("progress", char.ToUpperInvariant(state[0]) + state[1..], Advice(state), () => AddProgress(page, log));
        AddPreview(page);
        ReportCurves.Add(page, log);
        ReportFacts.AddSettings(page, config);
        return page.Finish(refreshSeconds > 0 ? "This page refreshes itself while training continues."
            : "Training has ended; this page no longer changes.");
    }

    private static string Advice(string state) => state switch
    {
        "training" => "",
        "finished" => "See all of it with 'vaecontent report RUN --out report.html'.",
        _ => "Continue with 'vaecontent train ... --resume'.",
    };

    private static void AddProgress(HtmlPage page, IReadOnlyList<LogEntry> log)
    {
        if (log.Count == 0) return;
        LogEntry last = log[^1];
        string percent = (last.Progress * 100).ToString("0", CultureInfo.InvariantCulture);
        double left = last.Progress <= 0 ? 0 : last.Seconds * (1 - last.Progress) / last.Progress;
        page.Add($"<progress max=\"100\" value=\"{percent}\" aria-label=\"Progress\">{percent}%</progress>");
        string judged = log.LastOrDefault(entry => entry.HeldOutReconstruction is not null) is { } entry
            ? $"; held-out loss {entry.HeldOutReconstruction + entry.HeldOutKl:N0} nats a sprite"
            : "";
        page.Add($"<p class=\"now\"><b>{percent}%</b> step {last.Step.ToString("N0", CultureInfo.InvariantCulture)}, "
            + $"{HtmlReport.Duration(last.Seconds)}"
            + (last.Progress < 1 ? $", about {HtmlReport.Duration(left)} left" : "") + $"{judged}</p>");
    }

    private void AddPreview(HtmlPage page)
    {
        if (folder.Previews is not [.., var (at, path)]) return;
        string step = at.ToString("N0", CultureInfo.InvariantCulture);
        page.Section("preview", $"What it draws at step {step}",
            "Pairs of rows: held-out sprites, and below each what the model redraws. Then new sprites.",
            () => page.Add($"<div class=\"preview\" tabindex=\"0\"><img src=\"{HtmlPage.Data(File.ReadAllBytes(path))}\" "
                + $"alt=\"Held-out sprites, redrawn ones and new ones at step {step}\"/></div>"));
    }
}
