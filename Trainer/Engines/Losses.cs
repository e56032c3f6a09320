namespace VaeContent.Trainer.Engines;

/// <summary>
/// Means over a batch: nats per sprite, and the Euclidean norm of the gradient before clipping. With a discriminator also its hinge loss (2: it
/// knows nothing, 0: it is sure), what it holds against the decoder, and what that was multiplied by.
/// </summary>
public readonly record struct Losses(float Reconstruction, float Kl, float GradientNorm, float Discriminator = 0f, float Generator = 0f, float AdversaryFactor = 0f);
