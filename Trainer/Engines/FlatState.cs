using System;

namespace VaeContent.Trainer.Engines;

/// <summary>The vectors of a <see cref="TrainingState"/>, (P) each, wherever they lie.</summary>
internal readonly ref struct FlatState
{
    /// <inheritdoc cref="TrainingState.Weights"/>
    public required Span<float> Weights { get; init; }

    /// <inheritdoc cref="TrainingState.FirstMoment"/>
    public required Span<float> FirstMoment { get; init; }

    /// <inheritdoc cref="TrainingState.SecondMoment"/>
    public required Span<float> SecondMoment { get; init; }

    /// <inheritdoc cref="TrainingState.Average"/>
    public required Span<float> Average { get; init; }

    /// <summary>The same of some weights.</summary>
    public FlatState this[Range part] => new()
    {
        Weights = Weights[part],
        FirstMoment = FirstMoment[part],
        SecondMoment = SecondMoment[part],
        Average = Average[part],
    };
}
