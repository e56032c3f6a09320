using System;

namespace VaeContent.Trainer.Engines;

/// <summary>
/// A training graph that is ready to run. The caller fills the input spans (they stay at the same place for the session's life),
/// then calls <see cref="Step"/>. One thread at a time.
/// </summary>
public interface ITrainingSession : IDisposable
{
    /// <summary>The next batch's sprites: B x H x W x 4 bytes of straight-alpha RGBA.</summary>
    Span<byte> Sprites { get; }

    /// <summary>Palette indices, B x H x W; empty without a palette likelihood.</summary>
    Span<byte> Indices { get; }

    /// <summary>Label weights, B x L; empty in unconditional models.</summary>
    Span<float> Label { get; }

    /// <summary>Standard normals, B x Z.</summary>
    Span<float> Noise { get; }

    /// <summary>Runs one step on what the spans hold, changing weights and moments. No managed memory is allocated.</summary>
    Losses Step(in StepSettings settings);

    /// <summary>The losses of what the spans hold under the averaged weights; nothing changes.</summary>
    Losses Evaluate();

    /// <summary>Copies weights, moments and average into <paramref name="state"/>.</summary>
    void Read(TrainingState state);
}
