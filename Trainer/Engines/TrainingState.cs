using System;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Engines;

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
