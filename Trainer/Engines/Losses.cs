namespace VaeContent.Trainer.Engines;

/// <summary>Means over a batch: nats per sprite, and the Euclidean norm of the gradient before clipping.</summary>
public readonly record struct Losses(float Reconstruction, float Kl, float GradientNorm);
