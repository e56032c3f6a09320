using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Runtime.InteropServices;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Commands;

/// <summary><c>engines [DIR]</c>: what can train here, on what, and how fast on a given set.</summary>
internal static class EnginesCommand
{
    private const int Turns = 5;

    // Less is noise.
    private const double WorthIt = 1.1;

    public static Command Create()
    {
        var folder = new Argument<string?>("sprites") { Description = "a folder of sprites to measure with", Arity = ArgumentArity.ZeroOrOne };
        var preset = new Option<string>("--preset") { Description = "auto, palette or sigma", DefaultValueFactory = _ => "auto" };
        var set = new Option<string[]>("--set") { Description = "one setting, as in training.batch=32; may be repeated" };
        var seconds = new Option<double>("--seconds") { Description = "how long each is measured", DefaultValueFactory = _ => 10 };
        var json = CommonOptions.Json();
        var data = new DataOptions();
        var command = new Command("engines", "list what can train on this machine, and compare speeds on a set") { folder, preset, set, seconds, json };
        data.AddTo(command);
        command.SetAction(parsed =>
        {
            double time = parsed.GetValue(seconds);
            if (time is not (> 0 and <= 600)) throw new UserError($"--seconds {time}: expected above 0, up to 600.");
            Console.WriteLine($"machine    {Environment.ProcessorCount} cores, {RuntimeInformation.OSArchitecture}, {RuntimeInformation.OSDescription}");
            foreach (IEngineKind kind in EngineRegistry.All) Describe(kind);
            if (parsed.GetValue(folder) is not { } sprites)
            {
                Console.WriteLine("speed      'vaecontent engines DIR' measures each on your sprites");
                return 0;
            }
            Overrides wanted = Overrides.Read(null, parsed.GetValue(set) ?? []).CheckGroups();
            DataSettings reading = data.Read(parsed, sprites, wanted.Apply("data", new DataSettings()));
            Dataset dataset = Dataset.Load(reading);
            RunConfig config = Presets.Of(parsed.GetValue(preset)!, dataset);
            config = config with { Model = wanted.Apply("model", config.Model), Training = wanted.Apply("training", config.Training) };
            config.Training.Validate();
            IReadOnlyList<EngineSpeed> speeds = Measure(config, dataset, time);
            if (parsed.GetValue(json) is { } path) JsonFile.Write(path, speeds);
            return 0;
        });
        return command;
    }

    private static void Describe(IEngineKind kind)
    {
        Console.WriteLine($"engine     {kind.Name}: {kind.Library}; {(kind.Devices.Count > 0 ? "devices: " + string.Join(", ", kind.Devices) : "cannot be used here")}");
        if (kind.Note is { } note) Console.WriteLine($"           {note}");
    }

    private static List<EngineSpeed> Measure(RunConfig config, Dataset dataset, double seconds)
    {
        Console.WriteLine($"sprites    {dataset.Train.Sprites.Count} of {dataset.All.Width}x{dataset.All.Height}");
        Console.WriteLine($"model      {config.Model.Describe()}");
        List<EngineContestant> contestants = [];
        try
        {
            foreach (IEngineKind kind in EngineRegistry.All)
                foreach (string device in kind.Devices) contestants.Add(new EngineContestant(kind, device, config, dataset));
            for (int turn = 0; turn < Turns; turn++)
                foreach (EngineContestant one in contestants) one.TakeTurn(seconds / Turns);
            List<EngineSpeed> speeds = [.. contestants.Select(one => one.Speed)];
            foreach (EngineSpeed speed in speeds) speed.Print();
            if (speeds.Count > 0) Recommend(speeds);
            return speeds;
        }
        finally
        {
            foreach (EngineContestant one in contestants) one.Dispose();
        }
    }

    private static void Recommend(List<EngineSpeed> speeds)
    {
        // The first is what a command without --engine and --device takes.
        EngineSpeed usual = speeds[0], fastest = speeds.MaxBy(speed => speed.SpritesPerSecond)!;
        double ratio = fastest.SpritesPerSecond / usual.SpritesPerSecond;
        Console.WriteLine(ratio > WorthIt
            ? FormattableString.Invariant($"take       --engine {fastest.Engine} --device {fastest.Device}: {ratio:F1} times as fast as what is taken otherwise")
            : $"take       the default, --engine {usual.Engine} --device {usual.Device}: {(speeds.Count == 1 ? "there is no other here" : "none is more than a tenth faster")}");
    }
}
