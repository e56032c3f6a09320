using System.Collections.Generic;

namespace VaeContent.Trainer.Training;

/// <summary>One interval of training. Losses are means per sprite in nats.</summary>
/// <param name="Step">The last step of the interval.</param>
/// <param name="Progress">How far training had come, 0..1.</param>
/// <param name="Seconds">Time spent training so far.</param>
/// <param name="Epoch">Complete passes over the sprites.</param>
/// <param name="Reconstruction">-log p(x|z), mean over the interval.</param>
/// <param name="Kl">KL divergence, mean over the interval.</param>
/// <param name="Beta">Its weight at the end of the interval.</param>
/// <param name="LearningRate">Adam's step size at the end of the interval.</param>
/// <param name="GradientNorm">Mean norm of the gradient.</param>
/// <param name="HeldOutReconstruction">-log p(x|z) of held-out sprites under the averaged weights; null when not measured
/// here.</param>
/// <param name="HeldOutKl">KL divergence of held-out sprites; null when not measured here.</param>
/// <param name="ActiveUnits">Latent dimensions that tell held-out sprites apart; null when not measured here.</param>
/// <param name="MutualInformation">Nats that a latent tells of which held-out sprite it is, at most the log of their number; null
/// as above.</param>
/// <param name="KlPerDimension">(Z) mean KL of held-out sprites by latent dimension; null as above.</param>
/// <param name="Warning">What is going wrong and which setting to change; null where nothing is.</param>
public sealed record LogEntry(long Step, double Progress, double Seconds, long Epoch, double Reconstruction, double Kl,
    double Beta, double LearningRate, double GradientNorm, double? HeldOutReconstruction = null, double? HeldOutKl = null,
    int? ActiveUnits = null, double? MutualInformation = null, IReadOnlyList<double>? KlPerDimension = null,
    string? Warning = null)
{
    /// <summary>
    /// The discriminator's hinge loss, mean over the interval: 2 where it knows nothing, 0 where it is sure; null without one.
    /// </summary>
    public double? Discriminator { get; init; }

    /// <summary>
    /// Its mean score of decoded sprites with the sign turned, which the decoder brings down; null without one.
    /// </summary>
    public double? Generator { get; init; }

    /// <summary>What its gradient was multiplied by, mean; null without one.</summary>
    public double? AdversaryFactor { get; init; }
}
