using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Cli;

/// <summary><c>inspect DIR</c>: what a folder of sprites holds, and what would be made of it.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var folder = CommonOptions.Sprites();
        var data = new DataOptions();
        var json = CommonOptions.Json();
        var command = new Command("inspect", "look at a folder of sprites before training on it") { folder, json };
        data.AddTo(command);
        command.SetAction(parsed =>
        {
            DataSettings reading = data.Read(parsed, parsed.GetValue(folder)!);
            Dataset dataset = Dataset.Load(reading);
            Describe(dataset);
            Advise(dataset);
            string name = Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Path.GetFullPath(reading.Folder)));
            Console.WriteLine($"next       vaecontent train {reading.Arguments} --out "
                + ShellWord.Quote($"runs/{(name.Length > 0 ? name.ToLowerInvariant() : "mine")}"));
            if (parsed.GetValue(json) is { } path) JsonFile.Write(path, dataset.Statistics);
            return 0;
        });
        return command;
    }

    /// <summary>Prints what there is to know about a set.</summary>
    public static void Describe(Dataset dataset)
    {
        SpriteSet set = dataset.All;
        DataReport report = set.Report;
        SpriteStatistics statistics = dataset.Statistics;
        PaletteFitReport palette = dataset.Palette.Report;
        Console.WriteLine($"sprites    {set.Sprites.Count} of {set.Width}x{set.Height}: {dataset.Train.Sprites.Count} to learn "
            + $"from, {dataset.HeldOut.Sprites.Count} held out to judge by");
        if (report.BytesOnDisk > 0) Console.WriteLine($"on disk    {report.BytesOnDisk >> 20} MiB of pixels, more than "
            + "data.memory allows to lie in memory: read step by step");
        if (report.Duplicates.Count > 0) Console.WriteLine($"dropped    {report.Duplicates} exact duplicates");
        if (report.Blank.Count > 0) Console.WriteLine($"dropped    {report.Blank} without a visible pixel");
        if (report.Skipped.Count > 0) Console.WriteLine($"left out   {report.Skipped} of other sizes");
        if (report.Padded > 0) Console.WriteLine($"padded     {report.Padded} smaller ones, centred, on the bottom row");
        if (set.Poses.Count > 0) DescribeCharacters(set);
        if (report.Groups > 0 && report.Groups < set.Sprites.Count)
            Console.WriteLine($"groups     {report.Groups}: sprites of one drawing or animation stay on one side of the split");
        string labels = string.Join(", ", set.Labels.Take(8).Select((name, i) => $"{name} ({set.LabelCounts[i]})"));
        if (set.Poses.Count == 0) Console.WriteLine(set.Labels.Count == 0 ? "labels     none"
            : $"labels     {set.Labels.Count} from {report.LabelOrigin}: {labels}{(set.Labels.Count > 8 ? ", ..." : "")}");
        Console.WriteLine($"colours    {statistics.DistinctColours} in all, {statistics.MedianColours} in a typical sprite; "
            + $"{statistics.SoftAlphaShare:P1} of visible pixels half transparent");
        Console.WriteLine($"palette    {palette.PaletteColours} colours keep {palette.ExactShare:P1} of the pixels exact"
            + (palette.IsCoherent ? ": one coherent palette"
                : $": too few for this set (error {palette.P95Error:F3}; 0.02 is hard to see)"));
        foreach (string warning in report.Warnings) Console.WriteLine($"note       {warning}");
    }

    private static void DescribeCharacters(SpriteSet set)
    {
        var characters = set.Sprites.GroupBy(sprite => sprite.Group).ToList();
        int complete = characters.Count(one => one.Select(sprite => sprite.Label).Distinct().Count() == set.Labels.Count);
        Console.WriteLine($"characters {characters.Count}, distinguished by {set.Report.LabelOrigin}; {complete} of them in "
            + "every frame of every pose");
        foreach (Pose pose in set.Poses)
        {
            int lacking = characters.Count - characters.Count(one => Enumerable.Range(pose.FirstLabel, pose.Frames)
                .All(label => one.Any(sprite => sprite.Label == label)));
            Console.WriteLine($"pose       {pose.Name}: {(pose.Frames == 1 ? "1 frame" : $"{pose.Frames} frames")} of "
                + $"{pose.Milliseconds} ms{(lacking > 0 ? $"; {lacking} characters lack some" : "")}");
        }
    }

    /// <summary>Prints what <c>--preset auto</c> would do with it, and why.</summary>
    public static void Advise(Dataset dataset) => Console.WriteLine($"preset     {Presets.Explain(dataset)}");
}
