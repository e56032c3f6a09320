using System;
using System.Linq;
using System.Threading;
using TorchSharp;
using VaeContent.Trainer.Reports;
using VaeContent.Trainer.Training;
using VaeContent.Trainer.Training.Select;

namespace VaeContent.Trainer.Cli;

/// <summary>
/// A training as a person sees it: what is trained on, a progress line, a page to watch, warnings. Ctrl-C and SIGTERM finish the
/// step, save and stop. A group trains the model together; then the first process continues alone.
/// </summary>
internal sealed class TrainingSession(RunConfig settings, Dataset dataset, RunFolder folder, torch.Device device,
    IProcessGroup? group = null)
{
    private const int FewSprites = 500;
    private const double WorthSaying = 0.05;

    private readonly RunConfig _config = settings with { Data = settings.Data.Remember(dataset) };
    private string? _warned;

    private bool IsFirst => group.IsFirst();

    /// <summary>Trains model and prior.</summary>
    /// <returns>The log, and the process's exit code: 0 at the end, otherwise what the signal that stopped it asks for.</returns>
    public (TrainingLog Log, int Code) Run(bool resume, bool watch = false)
    {
        _config.Training.Validate();
        _config.Prior.Validate();
        _config.Gan.Validate(_config.Training);
        Announce();
        if (!resume && IsFirst) folder.Clear();
        using var stop = new StopSignals();
        LiveReport? page = watch && IsFirst ? new LiveReport(folder, _config, dataset) : null;
        if (page is not null) Console.WriteLine($"watch      {folder.ReportPath}: open it in a browser once training starts");
        bool ended = false;
        try
        {
            (TrainingLog log, ended) = Train(resume, page, stop.Token);
            group?.Dispose();
            if (!IsFirst) return (log, stop.Code);
            TrainedModel? model = ended ? TrainedModel.Load(folder, _config, dataset) : null;
            ended = model is not null && TrainPrior(model, stop.Token);
            Close(log, ended ? model : null);
            return (log, stop.Code);
        }
        finally
        {
            page?.End(ended);
        }
    }

    private void Announce()
    {
        if (group is not null)
            Console.WriteLine(
                $"processes  {group.Size}, each with {_config.Training.Batch} sprites of every batch of "
                + $"{group.Size * _config.Training.Batch}");
        Console.WriteLine($"trains on  {LaneTraining.Describe(_config, device, group)}, seed {_config.Training.Seed}");
        Console.WriteLine($"model      {_config.Model.Describe()}");
        if (_config.Gan.Weight > 0f)
        {
            Console.WriteLine(
                $"adversary  a discriminator joins after {_config.Gan.Start:P0} of training; its loss: 2 if it knows "
                    + "nothing, 0 if it is sure");
        }
        Console.WriteLine(
            "figures    loss: how wrong its copies of your sprites are; held out: the same for sprites kept aside. "
            + "Ctrl-C saves and stops");
    }

    private (TrainingLog Log, bool Finished) Train(bool resume, LiveReport? page, CancellationToken cancel)
    {
        EpochLines? lines = _config.Training.Epochs > 0 ? new EpochLines(_config.Training.Epochs) : null;
        var bar = new ProgressLine();
        void Show(LogEntry entry)
        {
            if (lines is null) bar.Show(entry);
            else lines.Show(entry);
            if (entry.Warning is { } warning && warning != _warned)
                Console.WriteLine($"warning    at {entry.Progress:P0}: {_warned = warning}");
            page?.Show(entry);
        }
        var outcome = LaneTraining.Run(_config, dataset, folder, Show, resume, cancel, group, device);
        if (lines is null) bar.End();
        return outcome;
    }

    private bool TrainPrior(TrainedModel model, CancellationToken cancel)
    {
        if (!_config.Prior.IsFlow) return true;
        Console.WriteLine(_config.Training.Steps > 0 ? "prior      learning where the sprites lie among the latents"
            : $"prior      learning where the sprites lie among the latents: {_config.PriorSeconds:F0} s");
        try
        {
            model.TrainPrior(cancel);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // The model where training came to its end.
    private void Close(TrainingLog log, TrainedModel? model)
    {
        long steps = log.Entries.Count > 0 ? log.Entries[^1].Step : 0;
        SayWhereItWasBest(log);
        WarnIfFew(log);
        if (model is not null && CoverageCheck.Warn(model) is { } missing) Console.WriteLine($"warning    {missing}");
        Console.WriteLine(model is not null ? $"trained    {steps} steps into {folder.Path}"
            : $"stopped    at step {steps}; this continues:\n           vaecontent train "
                + $"{ShellWord.Quote(_config.Data.Folder)} --out {ShellWord.Quote(folder.Path)} --resume");
    }

    // Nats say when a model grows too sure of what it knows. Its sprites may still get better: the last weights ship, whose
    // samples were nearer to real ones wherever both were judged (Documentation~/recipes.md).
    private void SayWhereItWasBest(TrainingLog log)
    {
        var (_, best, rise) = VerdictFigures.Trend([.. log.Entries.Where(entry => entry.HeldOutReconstruction is not null)]);
        if (_config.Gan.Weight > 0f || rise <= WorthSaying) return; // a discriminator makes the loss worse and sprites better
        Console.WriteLine($"note       held-out sprites were best at step {best}, and {rise:P0} worse at the end: "
            + "it memorises parts of its sprites. More sprites help; longer training does as long as 'report' finds no copies");
    }

    // An honest word on small sets, with the figures behind it.
    private void WarnIfFew(TrainingLog log)
    {
        if (dataset.Train.Sprites.Count >= FewSprites
            || log.Entries.LastOrDefault(entry => entry.HeldOutReconstruction is not null) is not { } last) return;
        double learnt = last.Reconstruction + last.Kl, unseen = last.HeldOutReconstruction!.Value + last.HeldOutKl!.Value;
        Console.WriteLine(
            $"note       {dataset.Train.Sprites.Count} sprites are few ({FewSprites} or more is a good start): a training "
            + $"sprite costs {learnt:F0} nats, an unseen one {unseen:F0}. The further apart, the more the model memorises "
            + "and the less it can invent; 'vaecontent evaluate' counts copies. More sprites help most"
            + (_config.From is null or BaseModel.PixelArt ? ", then --from a run on many sprites of a similar kind." : "."));
    }
}
