using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using TorchSharp;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Reports;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Commands;

/// <summary><c>train DIR --out runs/heroes</c>: learns a model from a folder of sprites.</summary>
internal static class TrainCommand
{
    private const int FewSprites = 500;

    public static Command Create()
    {
        var folder = CommonOptions.Sprites();
        var output = CommonOptions.Out("the run folder");
        var data = new DataOptions();
        var preset = new Option<string>("--preset") { Description = string.Join(", ", Presets.Names), DefaultValueFactory = _ => "auto" };
        var minutes = new Option<double?>("--minutes") { Description = "how long to train (10 if neither this nor --steps is given)" };
        var epochs = new Option<int?>("--epochs") { Description = "how many passes over the sprites to train, with a line of losses for each" };
        var steps = new Option<long?>("--steps") { Description = "how many steps to train: the same outcome on every run" };
        var config = new Option<string?>("--config") { Description = "settings to start from, as in a run's config.json" };
        var set = new Option<string[]>("--set") { Description = "one setting, as in training.batch=32; may be repeated" };
        var device = new Option<string>("--device") { Description = "what to train on: auto, cpu, cuda (NVIDIA) or mps (Apple)", DefaultValueFactory = _ => "auto" };
        var seed = new Option<long?>("--seed") { Description = "what is drawn at random follows from this number (1 if not given)" };
        var resume = new Option<bool>("--resume") { Description = "continue the run in --out where it stopped" };
        var overwrite = new Option<bool>("--overwrite") { Description = "replace an earlier run in --out" };
        var watch = new Option<bool>("--watch") { Description = "keep report.html in --out up to date: open it in a browser and watch" };
        var command = new Command("train", "learn a model from a folder of sprites") { folder, output, preset, minutes, steps, epochs, config, set, seed, resume, overwrite, watch, device };
        data.AddTo(command);
        command.SetAction(parsed =>
        {
            torch.Device chosen = LaneTraining.DeviceNamed(parsed.GetValue(device)!);
            if (new[] { parsed.GetValue(minutes) is not null, parsed.GetValue(steps) is not null, parsed.GetValue(epochs) is not null }.Count(given => given) > 1)
                throw new UserError("--minutes, --steps and --epochs exclude each other: give one.");
            Together.Run(group => Start(parsed, chosen, group));
            return 0;
        });
        return command;

        void Start(ParseResult parsed, torch.Device chosen, IProcessGroup? group)
        {
            var run = new RunFolder(parsed.GetValue(output)!);
            if (parsed.GetValue(resume))
            {
                RunConfig stored = run.LoadConfig();
                Run(stored, Dataset.Load(stored.Data), run, resume: true, parsed.GetValue(watch), chosen, group);
                PrintNext(run);
                return;
            }

            if (group is null or { Rank: 0 } && run.Exists && !parsed.GetValue(overwrite))
                throw new UserError($"'{run.Path}' already holds a run. Continue it with --resume, replace it with --overwrite, or choose another --out.");

            Overrides wanted = Overrides.Read(parsed.GetValue(config), parsed.GetValue(set) ?? []).CheckGroups();
            DataSettings reading = wanted.Apply("data", new DataSettings());
            reading = data.Read(parsed, parsed.GetValue(folder)!, reading);
            Console.WriteLine($"reading    {reading.Folder}");
            Dataset dataset = Dataset.Load(reading);
            RunConfig With(RunConfig start)
            {
                TrainingSettings training = wanted.Apply("training", start.Training);
                training = training with
                {
                    Seed = parsed.GetValue(seed) ?? training.Seed,
                    Minutes = parsed.GetValue(minutes) ?? training.Minutes,
                    Steps = parsed.GetValue(minutes) is not null ? 0 : parsed.GetValue(steps) ?? training.Steps,
                    Epochs = parsed.GetValue(epochs) ?? (parsed.GetValue(minutes) is null && parsed.GetValue(steps) is null ? training.Epochs : 0),
                };
                training = training.Counted(dataset.Train.Sprites.Count);
                return start with { Data = reading, Model = wanted.Apply("model", start.Model), Training = training, Gan = wanted.Apply("gan", start.Gan), Prior = wanted.Apply("prior", start.Prior) };
            }

            InspectCommand.Describe(dataset);
            if (parsed.GetValue(preset) == "auto") InspectCommand.Advise(dataset);
            RunConfig settings = With(Presets.Of(parsed.GetValue(preset)!, dataset));
            settings.Training.Validate();
            if (parsed.GetValue(preset) == "auto") settings = Decide(dataset, settings, With, chosen, group);
            Run(settings, dataset, run, resume: false, parsed.GetValue(watch), chosen, group);
            PrintNext(run);
        }
    }

    private static void PrintNext(RunFolder run)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(run.Path));
        Console.WriteLine($"next       vaecontent report {run.Path} --out {name}.html    shows what came of it, in a browser");
        Console.WriteLine($"           vaecontent export {run.Path} --out {name}.vae    makes the file for the game");
    }

    /// <summary>
    /// Trains with a progress line, and a page if <paramref name="watch"/>; Ctrl-C saves and stops. A group trains the model together; then the
    /// first process goes on alone.
    /// </summary>
    public static TrainingLog Run(RunConfig config, Dataset dataset, RunFolder folder, bool resume, bool watch = false, torch.Device? device = null, IProcessGroup? group = null)
    {
        config.Training.Validate();
        config.Prior.Validate();
        config.Gan.Validate(config.Training);
        bool isFirst = group is null or { Rank: 0 };
        watch &= isFirst;
        device ??= LaneTraining.DeviceNamed("auto");
        if (group is not null) Console.WriteLine($"processes  {group.Size}, each with {config.Training.Batch} sprites of every batch of {group.Size * config.Training.Batch}");
        Console.WriteLine($"trains on  {LaneTraining.Describe(config, device, group)}, seed {config.Training.Seed}");
        Console.WriteLine($"model      {config.Model.Describe()}");
        if (config.Gan.Weight > 0f) Console.WriteLine(FormattableString.Invariant($"adversary  a discriminator joins after {config.Gan.Start:P0} of training; its loss: 2 where it knows nothing, 0 where it is sure"));
        Console.WriteLine("figures    loss: how unlike its copies of your sprites are, falling; held out: the same of sprites kept aside. Ctrl-C saves and stops");
        using var cancel = new CancellationTokenSource();
        ConsoleCancelEventHandler stop = (_, pressed) =>
        {
            pressed.Cancel = true;
            cancel.Cancel();
        };
        Console.CancelKeyPress += stop;
        EpochLines? lines = config.Training.Epochs > 0 ? new EpochLines(config.Training.Epochs) : null;
        var bar = new ProgressLine();
        LiveReport? page = watch ? new LiveReport(folder, config, dataset) : null;
        bool ended = false;
        string? warned = null;
        if (!resume && isFirst) folder.Clear();
        if (watch) Console.WriteLine($"watch      {folder.ReportPath}: open it in a browser once training has begun");
        try
        {
            void Show(LogEntry entry)
            {
                if (lines is null) bar.Show(entry);
                else lines.Show(entry);
                if (entry.Warning is { } warning && warning != warned) Console.WriteLine($"warning    at {entry.Progress:P0}: {warned = warning}");
                page?.Show(entry);
            }
            var (log, finished) = LaneTraining.Run(config, dataset, folder, Show, resume, cancel.Token, group, device);
            ended = finished;
            if (lines is null) bar.End();
            group?.Dispose();
            if (!isFirst) return log;
            if (finished) TrainPrior(config, dataset, folder);
            WarnIfFew(dataset, log);
            if (finished && CoverageCheck.Warn(TrainedModel.Load(folder, config, dataset)) is { } missing) Console.WriteLine($"warning    {missing}");
            Console.WriteLine(finished ? $"trained    {log.Entries[^1].Step} steps into {folder.Path}" : $"stopped    at step {log.Entries[^1].Step}; 'vaecontent train {config.Data.Folder} --out {folder.Path} --resume' continues");
            return log;
        }
        finally
        {
            Console.CancelKeyPress -= stop;
            page?.End(ended);
        }
    }

    // A pilot where the set alone does not decide; its time is part of the run's.
    private static RunConfig Decide(Dataset dataset, RunConfig settings, Func<RunConfig, RunConfig> with, torch.Device device, IProcessGroup? group)
    {
        RunConfig[] candidates = [.. Presets.Candidates(dataset).Select(name => with(Presets.Of(name, dataset)))];
        if (candidates.Length == 0 || dataset.HeldOut.Sprites.Count < SampleJudge.Fewest) return settings;
        // The first process of a group chooses for all.
        Pilot? pilot = group is null or { Rank: 0 } ? Pilot.Choose(dataset, candidates, settings.Training, device) : null;
        Span<double> choice = [Array.IndexOf(candidates, pilot?.Chosen)];
        group?.Broadcast(choice);
        if (pilot is not null) Console.WriteLine($"chosen     {pilot.Explanation}");
        RunConfig chosen = candidates[(int)choice[0]];
        TrainingSettings training = chosen.Training;
        return chosen with { Preset = "auto", Training = training with { Minutes = training.Minutes * (1 - (candidates.Length * Pilot.TimeShare)) } };
    }

    // An honest word on small sets, with the figures behind it.
    private static void WarnIfFew(Dataset dataset, TrainingLog log)
    {
        if (dataset.Train.Sprites.Count >= FewSprites || log.Entries.LastOrDefault(entry => entry.HeldOutReconstruction is not null) is not { } last) return;
        double learnt = last.Reconstruction + last.Kl, unseen = last.HeldOutReconstruction!.Value + last.HeldOutKl!.Value;
        Console.WriteLine(FormattableString.Invariant(
            $"note       {dataset.Train.Sprites.Count} sprites are few ({FewSprites} or more is a good start): a training sprite costs {learnt:F0} nats, an unseen one {unseen:F0}. The further apart, the more the model knows by heart and the less it can invent; 'vaecontent evaluate' counts copies. More sprites help most, then --set training.flip=true where left and right may be swapped."));
    }

    private static void TrainPrior(RunConfig config, Dataset dataset, RunFolder folder)
    {
        if (!config.Prior.IsFlow) return;
        Console.WriteLine(config.Training.Steps > 0 ? "prior      learning where the sprites lie among the latents"
            : FormattableString.Invariant($"prior      learning where the sprites lie among the latents: {config.PriorSeconds:F0} s"));
        TrainedModel.Load(folder, config, dataset).TrainPrior();
    }
}
