using System;
using System.CommandLine;
using System.Diagnostics;
using System.IO;
using VaeContent.Trainer.Reports;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Cli;

/// <summary>
/// <c>demo</c>: everything, from painted sprites to a game's three lines of C#. The same seed gives the same files.
/// </summary>
internal static class DemoCommand
{
    // About five minutes on two cores; counted in steps, so that every machine comes to the same result.
    private const long Steps = 3600;
    private const int Heroes = 6000;

    public static Command Create()
    {
        var output = new OutputOption("--out", "the folder to write everything to")
        {
            DefaultValueFactory = _ => "demo",
            Outputs = (_, path) => [new OutputNewFolder(path)],
        };
        var steps = Numbers.Create("--steps", "how many steps to train", Steps, 1, long.MaxValue);
        var seed = CommonOptions.Seed();
        var command = new Command("demo", "paint sprites, train on them, export, generate, morph, report: everything "
            + "in minutes") { output, steps, seed };
        command.SetAction(parsed => Run(parsed.GetValue(output)!, parsed.GetValue(steps), parsed.GetValue(seed)));
        return command;
    }

    private static int Run(string folder, long steps, long seed)
    {
        var clock = Stopwatch.StartNew();
        string At(string name) => Path.Combine(folder, name);
        var run = new RunFolder(At("run"));
        PaintCommand.Run(Heroes, seed, At("sprites"));

        DataSettings data = new() { Folder = At("sprites") };
        Dataset dataset = Dataset.Load(data);
        InspectCommand.Describe(dataset);
        InspectCommand.Advise(dataset);
        RunConfig config = Presets.ForDataset("auto", dataset) with { Data = data };
        config = config with { Training = config.Training with { Steps = steps, Seed = seed } };
        var (log, code) = new TrainingSession(config, dataset, run, LaneTraining.DeviceNamed("cpu")).Run(resume: false);
        if (code != 0) return code;

        ExportCommand.Run(TrainedModel.Load(run, config, dataset), At("heroes.vae"), At("heroes.encoder.vae"));
        VaeBundle bundle = VaeBundle.Load(At("heroes.vae"));
        SampleCommand.SaveSheet(SampleCommand.Generate(bundle, firstSeed: 0, count: 64), At("sheet.png"), scale: 3);
        MorphCommand.Run(bundle, from: 1, to: 2, label: null, count: 24, scale: 6, At("morph.gif"));
        HtmlReport.Write(At("report.html"),
            new ReportSource(config, dataset, bundle, EncoderBundle.Load(At("heroes.encoder.vae")), log.Entries)
            {
                Previews = run.Previews,
                ShowTimes = false,
            });

        Console.WriteLine($"""
            done       in {clock.Elapsed:m\:ss}: {At("sheet.png")}, {At("morph.gif")}, {At("report.html")}

            In your game:

                var bundle = VaeBundle.Load("heroes.vae");
                using var sprites = new SpriteGenerator(bundle);
                ReadOnlySpan<Rgba32> pixels = sprites.Generate(seed: 42, label: "knight");

            With your own sprites: vaecontent train YOUR_FOLDER --out runs/mine
            """);
        return 0;
    }
}
