using System.Collections.Generic;
using System.IO;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Reports;

/// <summary>
/// A run on one page that needs no other file: what the model makes, beside what it was given, and figures. Holds no clock time,
/// duration or path, so that the same run gives the same bytes.
/// </summary>
public static class HtmlReport
{
    private const int Samples = 1000;

    /// <summary>Writes the page. The bundles are those of the run.</summary>
    /// <exception cref="UserError">The file cannot be written.</exception>
    public static void Write(string path, RunConfig config, Dataset data, VaeBundle decoder, EncoderBundle encoder, IReadOnlyList<LogEntry> log)
    {
        string folder = Path.GetFileName(Path.TrimEndingDirectorySeparator(config.Data.Folder));
        var page = new HtmlPage($"VaeContent: {folder}", decoder.Width, decoder.Height);
        page.Add($"<h1>{HtmlPage.Text(folder)}</h1><p>{HtmlPage.Text(Summary(config, data, log))}</p>");
        using (var pictures = new ReportPictures(page, config, data, decoder, encoder))
        {
            pictures.AddSamplesBesideTraining();
            pictures.AddReconstructions();
            pictures.AddLabels();
            pictures.AddMorphs();
            pictures.AddNearest();
        }
        var figures = new ReportFigures(page);
        figures.AddEvaluation(Evaluation.Of(decoder, encoder, data.HeldOut, data.Train, Samples, config.Training.Seed));
        figures.AddCurves(log);
        figures.AddSet(data);
        figures.AddSettings(config, folder);
        AtomicFile.WriteText(path, page.Finish("Generated sprites come from the exported model, as in a game. Point at one to see its seed."));
    }

    private static string Summary(RunConfig config, Dataset data, IReadOnlyList<LogEntry> log) =>
        $"{data.Train.Sprites.Count} sprites of {data.All.Width}x{data.All.Height} to learn from, {data.HeldOut.Sprites.Count} held out to judge by; "
        + (log.Count > 0 ? $"{log[^1].Step} steps" : "no steps") + $" of training; seed {config.Training.Seed}.";
}
