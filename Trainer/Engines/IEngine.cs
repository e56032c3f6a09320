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
