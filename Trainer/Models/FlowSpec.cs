namespace VaeContent.Trainer.Models;

/// <summary>A learned prior as data: a network that carries noise to latents along a flow.</summary>
/// <param name="Latent">Z.</param>
/// <param name="Labels">L, how many labels steer it; 0 for none.</param>
/// <param name="Width">Units of a layer.</param>
/// <param name="Depth">Residual layers.</param>
/// <param name="Steps">Steps from noise to latent when sampling: each costs one pass through the network.</param>
public sealed record FlowSpec(int Latent, int Labels, int Width, int Depth, int Steps);
