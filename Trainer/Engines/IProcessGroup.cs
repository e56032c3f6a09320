using System;

namespace VaeContent.Trainer.Engines;

/// <summary>
/// Processes, or threads, that train one model together, each on its own part of every batch. All of them make the same calls in the same order; a call
/// returns once all have made it.
/// </summary>
public interface IProcessGroup : IDisposable
{
    /// <summary>Which of them this one is, from 0; the first one writes files and talks.</summary>
    int Rank { get; }

    /// <summary>How many there are.</summary>
    int Size { get; }

    /// <summary>How many CPU threads this one should use.</summary>
    int Threads { get; }

    /// <summary>How many sprites of a batch this one takes, where the settings say <paramref name="batch"/>.</summary>
    int PartOf(int batch);

    /// <summary>Replaces the numbers by their means over all processes, the same bits in each.</summary>
    void Average(Span<float> values);

    /// <summary>Replaces the numbers by those of the first process.</summary>
    void Share(Span<double> values);

    /// <summary>Ends all processes at once, without a farewell: for one that cannot go on.</summary>
    void Abort();
}
