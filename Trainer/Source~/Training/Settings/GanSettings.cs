using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Training;

/// <summary>
/// The VAE-GAN hybrid (Larsen et al. 2016): a discriminator that judges decoded sprites patch by patch, after a warm start
/// without it.
/// </summary>
public sealed record GanSettings
{
    // The discriminator learns before it is listened to.
    private const double RampUp = 0.05;

    /// <summary>
    /// How much the discriminator moves the decoder: the length of its gradient over the decoder's weights by that of the
    /// likelihood's; 0 for no discriminator.
    /// </summary>
    public float Weight { get; init; }

    /// <summary>
    /// Whether the weight is such a ratio; otherwise it is nats a sprite per unit of the discriminator's score.
    /// </summary>
    public bool Adaptive { get; init; } = true;

    /// <summary>The share of training after which the discriminator joins.</summary>
    public double Start { get; init; } = 0.3;

    /// <summary>Adam's step size for the discriminator, the same all along.</summary>
    public float LearningRate { get; init; } = 2e-3f;

    /// <summary>Channels of the discriminator between its 3x3 convolutions.</summary>
    public IReadOnlyList<int> Widths { get; init; } = [24, 24];

    /// <summary>Whether the discriminator is part of training at a progress of 0..1.</summary>
    internal bool Joins(double progress) => Weight > 0f && progress >= Start;

    /// <summary>What a step with the discriminator uses.</summary>
    internal AdversaryStep At(double progress) =>
        new(LearningRate, Weight * (float)Math.Clamp((progress - Start) / RampUp, 0, 1), Adaptive);

    /// <summary>Throws <see cref="UserError"/> where a setting is outside its range, or where others do not go with it.</summary>
    internal void Validate(TrainingSettings training)
    {
        TrainingSettings.Check(Weight is >= 0f and <= 1e6f, $"gan.weight={Weight}", "0 (off) to 1000000");
        TrainingSettings.Check(Start is >= 0 and < 1, $"gan.start={Start}", "0 to below 1");
        TrainingSettings.Check(LearningRate is > 0f and <= 1f, $"gan.learningRate={LearningRate}", "above 0, up to 1");
        TrainingSettings.Check(Widths.Count is >= 1 and <= 4 && Widths.All(width => width is >= 1 and <= 1024),
            $"gan.widths=[{string.Join(',', Widths)}]", "1 to 4 entries of 1 to 1024");
        if (Weight == 0f) return;
        TrainingSettings.Check(training.Samples == 1, $"gan.weight={Weight} with training.samples={training.Samples}",
            "one latent a sprite, training.samples=1");
    }

    /// <inheritdoc/>
    public bool Equals(GanSettings? other) => other is not null
        && (Weight, Adaptive, Start, LearningRate) == (other.Weight, other.Adaptive, other.Start, other.LearningRate)
        && Widths.SequenceEqual(other.Widths);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Weight, Adaptive, Start, LearningRate, Widths.Count);
}
