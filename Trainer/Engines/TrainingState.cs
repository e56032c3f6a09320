using System;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Engines;

/// <summary>All that training changes: four flat vectors of P numbers each.</summary>
public sealed class TrainingState
{
    /// <summary>A state of P zeros each; the last of them may be a discriminator's, which joined after a step.</summary>
    public TrainingState(int parameters, int discriminator = 0, long joined = 0)
    {
        Weights = new float[parameters];
        FirstMoment = new float[parameters];
        SecondMoment = new float[parameters];
        Average = new float[parameters];
        Discriminator = discriminator;
        Joined = joined;
    }

    /// <summary>The weights, in the order of <see cref="Graph.Parameters"/>.</summary>
    public float[] Weights { get; }

    /// <summary>Adam's mean of gradients.</summary>
    public float[] FirstMoment { get; }

    /// <summary>Adam's mean of squared gradients.</summary>
    public float[] SecondMoment { get; }

    /// <summary>The moving average of the weights, which is what ships.</summary>
    public float[] Average { get; }

    /// <summary>How many of the weights, the last ones, are a discriminator's.</summary>
    public int Discriminator { get; }

    /// <summary>The step after which the discriminator joined.</summary>
    public long Joined { get; }

    /// <summary>The part of <see cref="Average"/> that ships.</summary>
    public float[] Shipped => Discriminator == 0 ? Average : Average[..^Discriminator];

    /// <summary>A state of zeros of the same kind.</summary>
    public TrainingState Blank() => new(Weights.Length, Discriminator, Joined);

    /// <summary>This state with a discriminator at its start, joined after a step: those weights of <paramref name="graph"/> that are not here yet.</summary>
    public TrainingState Join(Graph graph, long seed, long step)
    {
        TrainingState joined = Initial(graph, seed), state = new(joined.Weights.Length, joined.Weights.Length - Weights.Length, step);
        joined.Weights.CopyTo(state.Weights, 0);
        joined.Average.CopyTo(state.Average, 0);
        Weights.CopyTo(state.Weights, 0);
        FirstMoment.CopyTo(state.FirstMoment, 0);
        SecondMoment.CopyTo(state.SecondMoment, 0);
        Average.CopyTo(state.Average, 0);
        return state;
    }

    /// <summary>The start of training: seeded normals, the average equal to the weights.</summary>
    public static TrainingState Initial(Graph graph, long seed)
    {
        var state = new TrainingState(graph.ParameterCount);
        for (int i = 0; i < graph.Parameters.Count; i++)
        {
            Parameter parameter = graph.Parameters[i];
            Span<float> part = state.Weights.AsSpan(parameter.Offset, parameter.Value.Count);
            if (parameter.InitialStd == 0f) continue;
            var normals = new Sampler(seed, stream: i);
            for (int k = 0; k < part.Length; k++) part[k] = normals.Normal(k) * parameter.InitialStd;
        }
        state.Weights.CopyTo(state.Average, 0);
        return state;
    }
}
