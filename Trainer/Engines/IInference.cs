using System;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Engines;

/// <summary>A part of a graph with fixed weights, ready to run for the batch it was built for. One thread at a time.</summary>
public interface IInference : IDisposable
{
    /// <summary>The memory of an input, row-major; <typeparamref name="T"/> is float or byte as its type says.</summary>
    Span<T> Input<T>(Value input) where T : unmanaged;

    /// <summary>Computes the outputs from what the inputs hold.</summary>
    void Run();

    /// <summary>An output of the last run, row-major; valid until the next.</summary>
    ReadOnlySpan<T> Output<T>(Value output) where T : unmanaged;
}
