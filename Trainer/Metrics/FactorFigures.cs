namespace VaeContent.Trainer.Metrics;

/// <summary>Where one factor lies among the latents.</summary>
/// <param name="Name">Its column in labels.csv.</param>
/// <param name="Values">How many values it takes.</param>
/// <param name="Dimension">The dimension that tells most of it.</param>
/// <param name="Told">How much that is: mutual information by the factor's entropy, 0..1.</param>
/// <param name="Gap">How much more than the second-best dimension, 0..1.</param>
public sealed record FactorFigures(string Name, int Values, int Dimension, double Told, double Gap);
