using System;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Engines;

/// <summary>Something that can run a training graph. Engines differ in speed, not in what they compute.</summary>
public interface IEngine
{
    /// <summary>Name, version and device, for the first line of a log.</summary>
    string Description { get; }

    /// <summary>Prepares a training graph for running, with all weights and moments at the given state.</summary>
    ITrainingSession Start(TrainingGraph graph, TrainingState state);
}

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

/// <summary>What a schedule decides for one step.</summary>
/// <param name="Step">t, counted from 1: for Adam's correction of its young moments.</param>
/// <param name="LearningRate">Adam's step size.</param>
/// <param name="Beta">The weight of the KL term.</param>
/// <param name="AverageDecay">Decay of the moving average of the weights.</param>
public readonly record struct StepSettings(long Step, float LearningRate, float Beta, float AverageDecay);

/// <summary>Means over a batch: nats per sprite, and the Euclidean norm of the gradient before clipping.</summary>
public readonly record struct Losses(float Reconstruction, float Kl, float GradientNorm);

/// <summary>All that training changes: four flat vectors of P numbers each.</summary>
public sealed class TrainingState
{
    /// <summary>A state of P zeros each.</summary>
    public TrainingState(int parameters)
    {
        Weights = new float[parameters];
        FirstMoment = new float[parameters];
        SecondMoment = new float[parameters];
        Average = new float[parameters];
    }

    /// <summary>The weights, in the order of <see cref="Graph.Parameters"/>.</summary>
    public float[] Weights { get; }

    /// <summary>Adam's mean of gradients.</summary>
    public float[] FirstMoment { get; }

    /// <summary>Adam's mean of squared gradients.</summary>
    public float[] SecondMoment { get; }

    /// <summary>The moving average of the weights, which is what ships.</summary>
    public float[] Average { get; }

    /// <summary>The start of training: seeded normals, the average equal to the weights.</summary>
    public static TrainingState Initial(Graph graph, long seed)
    {
        int count = 0;
        foreach (Parameter parameter in graph.Parameters) count += parameter.Value.Count;
        var state = new TrainingState(count);
        for (int i = 0; i < graph.Parameters.Count; i++)
        {
            Parameter parameter = graph.Parameters[i];
            Span<float> part = state.Weights.AsSpan(parameter.Offset, parameter.Value.Count);
            if (parameter.InitialStd > 0f) NormalNoise.Fill(part, seed, stream: i, parameter.InitialStd);
        }
        state.Weights.CopyTo(state.Average, 0);
        return state;
    }
}
