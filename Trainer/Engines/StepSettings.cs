namespace VaeContent.Trainer.Engines;

/// <summary>What a schedule decides for one step.</summary>
/// <param name="Step">t, counted from 1: for Adam's correction of its young moments.</param>
/// <param name="LearningRate">Adam's step size.</param>
/// <param name="Beta">The weight of the KL term.</param>
/// <param name="AverageDecay">Decay of the moving average of the weights.</param>
public readonly record struct StepSettings(long Step, float LearningRate, float Beta, float AverageDecay);
