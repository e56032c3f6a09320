namespace VaeContent.Trainer.Engines;

/// <summary>What a schedule decides about a discriminator for one step.</summary>
/// <param name="Step">The discriminator's own t, counted from 1.</param>
/// <param name="LearningRate">The discriminator's step size.</param>
/// <param name="Weight">How much it moves the decoder.</param>
/// <param name="IsRelative">Whether the weight is in units of the other gradient's length, or of nats a sprite.</param>
public readonly record struct AdversaryStep(long Step, float LearningRate, float Weight, bool IsRelative);
