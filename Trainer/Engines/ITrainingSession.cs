using System;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Engines;

/// <summary>
/// A training graph that is ready to run. The caller fills the inputs (they stay at the same place for the session's life), then calls
/// <see cref="Step"/>. One thread at a time.
/// </summary>
public interface ITrainingSession : IDisposable
{
    /// <summary>The memory of one of <see cref="TrainingGraph.Data"/>, row-major; <typeparamref name="T"/> is float or byte as its type says.</summary>
    Span<T> Input<T>(Value input) where T : unmanaged;

    /// <summary>
    /// Runs one step on what the inputs hold, changing weights and moments. On ONNX Runtime no managed memory is allocated.
    /// </summary>
    /// <returns>
    /// (T + 1) the means of the graph's terms before the step, then the gradient's norm, with an adversary also what its gradient was multiplied
    /// by; valid until the next call.
    /// </returns>
    ReadOnlySpan<float> Step(in StepSettings settings);

    /// <summary>(T) the means of the graph's terms under the averaged weights; nothing changes. Valid until the next call.</summary>
    ReadOnlySpan<float> Evaluate();

    /// <summary>Time spent inside the engine's library by all steps so far.</summary>
    TimeSpan TimeInRuntime { get; }

    /// <summary>Copies weights, moments and average into <paramref name="state"/>.</summary>
    void Read(TrainingState state);
}
