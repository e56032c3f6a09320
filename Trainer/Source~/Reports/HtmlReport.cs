using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Reports;

/// <summary>
/// A run on one page that needs no other file and no network: a verdict, what the model makes beside what it was given, and
/// figures. Holds no clock time or path: the same run gives the same bytes.
/// </summary>
public static class HtmlReport
{
    private const int MaxBytes = 5_000_000;
    private const int Samples = 1000, Thinnest = 16, UsualPictures = 500;

    /// <summary>Writes the page; of large sprites it shows fewer, so that it stays within <paramref name="maxBytes"/>.</summary>
    /// <exception cref="UserError">The file cannot be written, or a preview cannot be read.</exception>
    public static void Write(string path, ReportSource run, int maxBytes = MaxBytes)
    {
        long seed = run.Config.Training.Seed;
        Evaluation evaluation = Evaluation.Evaluate(run.Decoder, run.Encoder, run.Data.HeldOut, run.Data.Train, Samples, seed,
            run.Device);
        SamplePool pool = SamplePool.Draw(run.Decoder, run.Data.Train, seed, Samples, run.Device);
        string page;
        int thinner = Thinner(run, pool, maxBytes);
        do
        {
            page = Compose(run, evaluation, pool, thinner);
            thinner *= 2;
        }
        while (Encoding.UTF8.GetByteCount(page) > maxBytes && thinner <= Thinnest);
        AtomicFile.WriteText(path, page);
    }

    // How many times fewer sprites than usual will probably fit, so that pages which do not fit need not be written to find out.
    private static int Thinner(ReportSource run, SamplePool pool, int maxBytes)
    {
        double bytes = pool.Sprites.Take(8)
            .Average(sprite => HtmlPage.Image(new Bitmap(run.Decoder.Width, run.Decoder.Height, sprite), "").Length);
        int thinner = 1;
        while (thinner < Thinnest && bytes * (ReportPictures.Samples + (UsualPictures / thinner)) > maxBytes) thinner *= 2;
        return thinner;
    }

    private static string Compose(ReportSource run, Evaluation evaluation, SamplePool pool, int thinner)
    {
        var page = new HtmlPage($"{run.Name}: VaeContent report", run.Decoder.Width, run.Decoder.Height);
        page.Add($"<header><h1>{HtmlPage.Text(run.Name)}</h1><p>{HtmlPage.Text(Summary(run))}</p></header>");
        var opinion = new ReportVerdict(page);
        VerdictFigures? figures = VerdictFigures.FromEvaluation(run, evaluation, pool);
        if (figures is not null) opinion.Add(Verdict.FromFigures(figures, run.Config, run.Name));
        page.Contents();
        if (figures is not null) opinion.AddSmallSetWarning(figures);
        using (var pictures = new ReportPictures(page, run, pool, thinner))
        {
            pictures.AddSamples();
            pictures.AddTrainingSprites();
            pictures.AddReconstructions();
            pictures.AddLabels();
            pictures.AddInterpolations();
            pictures.AddNearest();
        }
        new ReportHistory(page, run.Log, run.ShowTimes).Add(run.Previews, run.Data, thinner);
        ReportCurves.Add(page, run.Log);
        var facts = new ReportFacts(page, run);
        facts.AddEvaluation(evaluation);
        facts.AddSet();
        facts.AddProvenance();
        ReportFacts.AddSettings(page, run.Config);
        return page.Finish("Every generated sprite here comes from the exported model, as in a game. Point at one, or press it, "
            + "to see its seed. Pictures of more than 255 colours are reduced to those here, not in the game.");
    }

    private static string Summary(ReportSource run) =>
        $"{run.Data.Train.Sprites.Count:N0} sprites of {run.Data.All.Width}\u00d7{run.Data.All.Height} to learn from, "
        + $"{run.Data.HeldOut.Sprites.Count:N0} held out to judge by; "
        + (run.Log.Count > 0 ? $"{run.Log[^1].Step:N0} steps of training" : "no steps of training")
        + (run.ShowTimes && run.Log.Count > 0 ? $" in {Duration(run.Log[^1].Seconds)}" : "")
        + $"; seed {run.Config.Training.Seed}.";

    /// <summary>A duration as in <c>1:05:09</c> or <c>5:09 min</c>.</summary>
    internal static string Duration(double seconds)
    {
        TimeSpan time = TimeSpan.FromSeconds(double.Round(seconds));
        return time.TotalHours >= 1 ? $"{(int)time.TotalHours}:{time:mm\\:ss} h" : $"{time:m\\:ss} min";
    }
}

/// <summary>What a report is made from.</summary>
/// <param name="Config">The settings of the run.</param>
/// <param name="Data">Its sprites.</param>
/// <param name="Decoder">Its decoder, as it ships.</param>
/// <param name="Encoder">Its encoder.</param>
/// <param name="Log">Its figures while it was trained.</param>
public sealed record ReportSource(RunConfig Config, Dataset Data, VaeBundle Decoder, EncoderBundle Encoder,
    IReadOnlyList<LogEntry> Log)
{
    /// <summary>The previews of the run, earliest first.</summary>
    public IReadOnlyList<(long Step, string Path)> Previews { get; init; } = [];

    /// <summary>Names and SHA-256 (hexadecimal) of the files of the run.</summary>
    public IReadOnlyList<(string Name, string Sha256)> Files { get; init; } = [];

    /// <summary>
    /// Whether to say how long training took; without it, the same run gives the same bytes however long that was.
    /// </summary>
    public bool ShowTimes { get; init; } = true;

    /// <summary>What sprites are drawn on.</summary>
    public Device Device { get; init; } = Device.Auto;

    /// <summary>The name of the folder of sprites, without where it lies.</summary>
    public string Name => NameOf(Config);

    /// <summary>The name of the folder of sprites of a run.</summary>
    internal static string NameOf(RunConfig config) => Path.GetFileName(Path.TrimEndingDirectorySeparator(config.Data.Folder));
}
