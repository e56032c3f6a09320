namespace VaeContent.Trainer.Engines;

/// <summary>What a schedule decides for one step of Adam.</summary>
/// <param name="Step">t, counted from 1: for the correction of the young moments.</param>
/// <param name="LearningRate">The step size.</param>
/// <param name="AverageDecay">Decay of the moving average of the weights.</param>
public readonly record struct StepSettings(long Step, float LearningRate, float AverageDecay);
