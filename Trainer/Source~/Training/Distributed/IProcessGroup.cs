using System;
using System.Runtime.InteropServices;
using TorchSharp;
using Tensor = TorchSharp.torch.Tensor;

namespace VaeContent.Trainer.Training;

/// <summary>
/// Processes, or threads of one, that train one model together, each on its own part of every batch. All of them make the same
/// calls in the same order; a call returns once all have made it.
/// </summary>
public interface IProcessGroup : IDisposable
{
    /// <summary>Which of them this one is, from 0; the first one writes files and talks.</summary>
    int Rank { get; }

    /// <summary>The world size: how many there are.</summary>
    int Size { get; }

    /// <summary>How many CPU threads this one should use.</summary>
    int Threads { get; }

    /// <summary>How many sprites of a batch this one takes, where the settings say <paramref name="batch"/>.</summary>
    int PartOf(int batch);

    /// <summary>Replaces the numbers by their means over all processes, the same bits in each.</summary>
    void Average(Span<float> values);

    /// <summary>Replaces the numbers by those of the first process.</summary>
    void Broadcast(Span<double> values);

    /// <summary>
    /// Until the result is disposed, which all do after the same calls, only one of those in this process works at a time: the
    /// others wait, between two calls of the group, for their turns. Null where each is a process of its own.
    /// </summary>
    IDisposable? TakeTurns();

    /// <summary>Ends all processes at once: for one that cannot continue.</summary>
    void Abort();
}

/// <summary>What holds with a group and without one, where each process is by itself: who is first, parts and means.</summary>
internal static class ProcessGroups
{
    /// <summary>Whether this process writes files and talks: the first of a group, or one alone.</summary>
    public static bool IsFirst(this IProcessGroup? group) => group is null or { Rank: 0 };

    /// <summary>The settings with this process's part of a batch.</summary>
    public static RunConfig PartOf(this IProcessGroup? group, RunConfig config) => group is null ? config
        : config with { Training = config.Training with { Batch = group.PartOf(config.Training.Batch) } };

    /// <summary>The mean over all processes of numbers that lead no gradient.</summary>
    public static Tensor Mean(this IProcessGroup? group, Tensor values)
    {
        if (group is null) return values;
        Tensor own = values.cpu().contiguous().clone();
        group.Average(MemoryMarshal.Cast<byte, float>(own.bytes));
        return own.to(values.device);
    }

    /// <summary>
    /// The rows of all processes, (Size B, ...), rank by rank; a gradient flows back to this one's own rows (B, ...).
    /// </summary>
    public static Tensor Gather(this IProcessGroup? group, Tensor own)
    {
        if (group is null) return own;
        long rows = own.shape[0], first = group.Rank * rows;
        Tensor all = torch.zeros([group.Size * rows, .. own.shape[1..]], device: own.device);
        all.narrow(0, first, rows).copy_(own.detach());
        all = group.Mean(all).mul(group.Size);
        return torch.cat([all.narrow(0, 0, first), own, all.narrow(0, first + rows, all.shape[0] - first - rows)], 0);
    }
}
