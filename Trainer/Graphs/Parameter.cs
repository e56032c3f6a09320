namespace VaeContent.Trainer.Graphs;

/// <summary>
/// A trainable tensor and where it lies in the one flat vector that holds all weights of a graph.
/// </summary>
public sealed record Parameter(Value Value, int Offset, float InitialStd);
