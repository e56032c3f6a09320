using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using TorchSharp;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Training;
using VaeContent.Trainer.Training.Select;

namespace VaeContent.Trainer.Cli;

/// <summary><c>train DIR --out runs/heroes</c>: learns a model from a folder of sprites.</summary>
internal sealed class TrainCommand
{
    private readonly Argument<string> _folder = CommonOptions.Sprites();
    private readonly OutputOption _output =
        new("--out", "the run folder") { Required = true, Outputs = (_, path) => [new OutputRun(path)] };
    private readonly DataOptions _data = new();
    private readonly Option<string> _preset =
        new("--preset") { Description = string.Join(", ", Presets.Names), DefaultValueFactory = _ => "auto" };
    private readonly Option<double?> _minutes = Numbers.Optional("--minutes",
        "how long to train (10 if neither this nor --steps is given)", 1e-6, 100_000.0);
    private readonly Option<int?> _epochs = Numbers.Optional("--epochs",
        "how many passes over the sprites to train, with a line of losses for each", 1, 100_000);
    private readonly Option<long?> _steps = Numbers.Optional("--steps",
        "how many steps to train: the same result on every run with as many threads", 1, long.MaxValue);
    private readonly Option<string?> _config =
        new("--config") { Description = "settings to start from, as in a run's config.json" };
    private readonly Option<string[]> _set =
        new("--set") { Description = "one setting, as in training.batch=32; may be repeated" };
    private readonly Option<string> _device =
        new("--device")
        {
            Description = "what to train on: auto, cpu, cuda (NVIDIA) or mps (Apple)",
            DefaultValueFactory = _ => "auto"
        };
    private readonly Option<long?> _seed = Numbers.Optional("--seed",
        "the seed of all random numbers (1 if not given)", long.MinValue, long.MaxValue);
    private readonly Option<string?> _from =
        new("--from")
        {
            Description = "a run, or a file that 'base' wrote, whose weights to start with; pixel-art: those that come with this "
                + "program, as for mixed sets and fewer than 1500 sprites if not given; none: random ones"
        };
    private readonly Option<bool> _resume = Flag.Create("--resume",
        "continue the run in --out where it stopped; a longer --steps, --minutes or --epochs extends it");
    private readonly Option<bool> _overwrite = Flag.Create("--overwrite", "replace an earlier run in --out");
    private readonly Option<bool> _watch =
        Flag.Create("--watch", "keep report.html in --out up to date: open it in a browser and watch");

    public static Command Create()
    {
        var verb = new TrainCommand();
        var command = new Command("train", "learn a model from a folder of sprites")
        {
            verb._folder, verb._output, verb._preset, verb._minutes, verb._steps, verb._epochs, verb._config, verb._set,
            verb._seed, verb._from, verb._resume, verb._overwrite, verb._watch, verb._device,
        };
        verb._data.AddTo(command);
        command.SetAction(parsed =>
        {
            verb.CheckDuration(parsed);
            int code = 0;
            Together.Run(group => code = verb.Start(parsed, group));
            return code;
        });
        return command;
    }

    private void CheckDuration(ParseResult parsed)
    {
        if (new[] { parsed.GetValue(_minutes) is not null, parsed.GetValue(_steps) is not null,
            parsed.GetValue(_epochs) is not null }.Count(given => given) > 1)
            throw new UserError("--minutes, --steps and --epochs exclude each other: give one.");
    }

    private int Start(ParseResult parsed, IProcessGroup? group)
    {
        var run = new RunFolder(parsed.GetValue(_output)!);
        torch.Device device = LaneTraining.DeviceNamed(parsed.GetValue(_device)!);
        bool watch = parsed.GetValue(_watch);
        using IDisposable? busy = group.IsFirst() ? run.Lock() : null;
        if (parsed.GetValue(_resume)) return Resume(parsed, run, device, group);
        if (group.IsFirst() && run.Exists && !parsed.GetValue(_overwrite))
            throw new UserError(
                $"'{run.Path}' already holds a run: continue it with --resume, replace it with --overwrite, or choose another "
                + "--out.");

        Overrides wanted = Overrides.Read(parsed.GetValue(_config), parsed.GetValue(_set) ?? []).CheckGroups();
        DataSettings reading = _data.Read(parsed, parsed.GetValue(_folder)!, wanted.Apply("data", new DataSettings()));
        Console.WriteLine($"reading    {reading.Folder}");
        Dataset dataset = Dataset.Load(reading);
        InspectCommand.Describe(dataset);
        bool isAuto = parsed.GetValue(_preset) == "auto";
        if (isAuto) InspectCommand.Advise(dataset);

        RunConfig Wanted(RunConfig start)
        {
            string? from = Base(parsed, start);
            return (start with
            {
                From = from,
                Data = reading,
                Model = wanted.Apply("model",
                    from is null ? start.Model : BaseModel.Widths(BaseModel.SpecOf(from), start.Model)),
                Training = Duration(parsed, wanted.Apply("training", start.Training)).Counted(dataset.Train.Sprites.Count),
                Gan = wanted.Apply("gan", start.Gan),
                Prior = wanted.Apply("prior", start.Prior),
            }).WithAugmentation();
        }
        RunConfig settings = Wanted(Presets.ForDataset(parsed.GetValue(_preset)!, dataset));
        settings.Training.Validate();
        if (isAuto) settings = Decide(dataset, settings, Wanted, device, group);
        return Finish(new TrainingSession(settings, dataset, run, device, group).Run(resume: false, watch), run);
    }

    private string? Base(ParseResult parsed, RunConfig start) => parsed.GetValue(_from) switch
    {
        null => start.From,
        "none" => null,
        BaseModel.PixelArt => BaseModel.PixelArt,
        string path => Path.GetFullPath(path),
    };

    private int Resume(ParseResult parsed, RunFolder run, torch.Device device, IProcessGroup? group)
    {
        string[] given = [.. new Option[] { _preset, _config, _set, _seed, _from, _overwrite }.Concat(_data.All)
            .Where(option => parsed.GetResult(option) is { Implicit: false }).Select(option => option.Name)];
        if (given.Length > 0)
            throw new UserError($"--resume continues with the run's own settings, so {string.Join(", ", given)} cannot be given "
                + "with it. Leave out what is not --steps, --minutes or --epochs, or train a new run into another --out.");
        RunConfig stored = run.LoadConfig();
        Dataset dataset = Dataset.LoadKnown(stored.Data with { Folder = parsed.GetValue(_folder)! },
            $"resume with the folder it was trained on, '{stored.Data.Folder}'");
        stored = stored with
        {
            Data = stored.Data with { Folder = parsed.GetValue(_folder)! },
            Training = Duration(parsed, stored.Training).Counted(dataset.Train.Sprites.Count),
        };
        double progress = run.ProgressOf(stored);
        if (progress >= 1)
        {
            if (parsed.GetValue(_steps) is not null || parsed.GetValue(_minutes) is not null
                || parsed.GetValue(_epochs) is not null)
                throw new UserError(
                    $"'{run.Path}' has trained as long as that already ({run.Trained}): give more, or leave it out.");
            Console.WriteLine($"note       the run is at its end ({run.Trained}); a longer --steps, --minutes or --epochs "
                + "extends it");
        }
        return Finish(new TrainingSession(stored, dataset, run, device, group).Run(resume: true, parsed.GetValue(_watch)), run);
    }

    private TrainingSettings Duration(ParseResult parsed, TrainingSettings training) => training with
    {
        Seed = parsed.GetValue(_seed) ?? training.Seed,
        Minutes = parsed.GetValue(_minutes) ?? training.Minutes,
        Steps = parsed.GetValue(_minutes) is not null ? 0 : parsed.GetValue(_steps) ?? training.Steps,
        Epochs = parsed.GetValue(_epochs)
            ?? (parsed.GetValue(_minutes) is null && parsed.GetValue(_steps) is null ? training.Epochs : 0),
    };

    private static int Finish((TrainingLog Log, int Code) outcome, RunFolder run)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(run.Path));
        string path = ShellWord.Quote(run.Path), page = ShellWord.Quote(name + ".html"), file = ShellWord.Quote(name + ".vae");
        Console.WriteLine($"next       vaecontent report {path} --out {page}    shows the result in a browser");
        Console.WriteLine($"           vaecontent export {path} --out {file}    makes the file for the game");
        return outcome.Code;
    }

    // A pilot where the set alone does not decide; its time is part of the run's.
    private static RunConfig Decide(Dataset dataset, RunConfig settings, Func<RunConfig, RunConfig> wanted, torch.Device device,
        IProcessGroup? group)
    {
        RunConfig[] candidates = [.. Presets.Candidates(dataset).Select(name => wanted(Presets.ForDataset(name, dataset)))];
        if (candidates.Length == 0 || dataset.HeldOut.Sprites.Count < SampleJudge.Fewest) return settings;
        // The first process of a group chooses for all.
        Pilot? pilot = group.IsFirst() ? Pilot.Choose(dataset, candidates, settings.Training, device) : null;
        Span<double> choice = [Array.IndexOf(candidates, pilot?.Chosen)];
        group?.Broadcast(choice);
        if (pilot is not null) Console.WriteLine($"chosen     {pilot.Explanation}");
        RunConfig chosen = candidates[(int)choice[0]];
        TrainingSettings training = chosen.Training;
        return chosen with
        {
            Preset = "auto",
            Training = training with { Minutes = training.Minutes * (1 - (candidates.Length * Pilot.TimeShare)) }
        };
    }
}
