using System;
using System.Threading;
using TorchSharp;
using VaeContent.Trainer.Model;

namespace VaeContent.Trainer.Training;

/// <summary>
/// A training loop in as many lanes as suit the machine and the batch: the same training as in one, to rounding.
/// </summary>
internal static class LaneTraining
{
    /// <summary>
    /// Where a run trains: <c>auto</c> takes an NVIDIA card or Apple's GPU where libtorch has one, otherwise the CPU.
    /// </summary>
    /// <exception cref="UserError">The device is not available.</exception>
    public static torch.Device DeviceNamed(string name)
    {
        LibTorch.Require();
        bool cuda = torch.cuda.is_available(), mps = torch.mps_is_available();
        return name switch
        {
            "auto" => torch.device(cuda ? "cuda" : mps ? "mps" : "cpu"),
            "cpu" => torch.CPU,
            "cuda" when cuda => torch.device(name),
            "cuda" => throw new UserError("--device cuda: libtorch finds no NVIDIA card here. It needs one, its driver, and a "
                + "build with -p:TorchCuda=true."),
            "mps" when mps => torch.device(name),
            "mps" => throw new UserError("--device mps: libtorch finds no GPU of Apple's here."),
            _ => throw new UserError($"--device {name}: expected auto, cpu, cuda or mps."),
        };
    }

    /// <summary>The program that trains, for the first line of a log.</summary>
    public static string Describe(RunConfig config, torch.Device device, IProcessGroup? group)
    {
        string library = $"TorchSharp {typeof(torch).Assembly.GetName().Version!.ToString(3)}, libtorch "
            + $"{Version.Parse(torch.__version__).ToString(3)}";
        if (device.type != DeviceType.CPU) return $"{library}, {device.type.ToString().ToLowerInvariant()}";
        int lanes = LanesFor(config, device, group);
        return $"{library}, CPU, " + (lanes > 1 ? $"{lanes} lanes of {config.Training.ThreadCount / lanes} threads each"
            : (group?.Threads ?? config.Training.ThreadCount) is var threads and > 1 ? $"{threads} threads" : "1 thread");
    }

    /// <inheritdoc cref="TrainingLoop.Run"/>
    public static (TrainingLog Log, bool Finished) Run(RunConfig config, Dataset data, RunFolder folder, Action<LogEntry> report,
        bool resume, CancellationToken cancel, IProcessGroup? group = null, torch.Device? device = null)
    {
        LibTorch.Require(); // before torch is touched
        int lanes = LanesFor(config, device ?? torch.CPU, group);
        return lanes == 1 ? Alone(group) : LaneGroup.Run(lanes, config.Training.ThreadCount, Alone)[0];

        (TrainingLog, bool) Alone(IProcessGroup? lane)
        {
            using var loop = new TrainingLoop(config, data, folder, report, lane, device);
            return loop.Run(resume, cancel);
        }
    }

    private static int LanesFor(RunConfig config, torch.Device device, IProcessGroup? group) =>
        device.type != DeviceType.CPU || group is not null ? 1
            : LaneGroup.Fitting(config.Training.Batch, config.Training.ThreadCount);
}
