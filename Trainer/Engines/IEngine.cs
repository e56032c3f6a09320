using System;
using System.Collections.Generic;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Engines;

/// <summary>Something that can run graphs. Engines differ in speed, not in what they compute.</summary>
public interface IEngine
{
    /// <summary>Name, version and device, for the first line of a log.</summary>
    string Description { get; }

    /// <summary>Whether it can train a model against a discriminator.</summary>
    bool HasAdversary => false;

    /// <summary>How many CPU threads it computes with.</summary>
    int Threads => 1;

    /// <summary>How many lanes a batch is best divided between: see <see cref="InLane"/>.</summary>
    int LanesFor(int batch) => 1;

    /// <summary>The same engine for one of several that train a model together.</summary>
    /// <exception cref="NotSupportedException">It trains alone: <see cref="LanesFor"/> says 1.</exception>
    IEngine InLane(IProcessGroup lane) => throw new NotSupportedException($"{Description} trains in one lane");

    /// <summary>Prepares a training graph for running, with all weights and moments at the given state.</summary>
    ITrainingSession Start(TrainingGraph graph, TrainingState state);

    /// <summary>Prepares what <paramref name="outputs"/> need of a graph, entered at <paramref name="inputs"/>, with the given weights.</summary>
    IInference Infer(Graph graph, float[] weights, IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs);
}
