using System;

namespace VaeContent.Trainer.Training;

/// <summary>How the settings of a step follow from how far training has come.</summary>
internal sealed class Schedule(TrainingSettings settings)
{
    private const double RampUp = 0.02, AugmentationFadesFrom = 0.7, AugmentationEndsAt = 0.9;

    // A sigmoid that has covered 99.5% of its rise between the two ends of the warm-up.
    private const double Steepness = 12;

    /// <summary>What step t (from 1) uses at <paramref name="progress"/> 0..1.</summary>
    public StepSettings At(long step, double progress) => new(
        step,
        settings.LearningRate * (float)(Math.Min(1.0, progress / RampUp + 1e-3) * 0.5 * (1.0 + Math.Cos(Math.PI * progress))),
        Math.Min(settings.AverageDecay, ShortRunDecay(step, progress)));

    // The average forgets its random start, and never reaches back over more than 3% of a run: a short one would ship its
    // beginnings.
    private static float ShortRunDecay(long step, double progress)
    {
        double whole = step / Math.Max(progress, 1e-6);
        return (float)Math.Min((1.0 + step) / (10.0 + step), 1.0 - (1.0 / Math.Max(10.0, 0.03 * whole)));
    }

    /// <summary>
    /// The weight of the KL term: a rise as the settings shape it, then constant. With a capacity it does not rise.
    /// </summary>
    public float Beta(double progress) => settings.Capacity > 0f ? settings.Beta : settings.Beta * (float)Rise(progress);

    /// <summary>The KL that training aims at, nats a sprite; 0 without a capacity.</summary>
    public float Capacity(double progress) => settings.Capacity * (float)Rise(progress);

    // 0..1 over the warm-up, 1 after it.
    private double Rise(double progress)
    {
        // A cycle's end belongs to it, so that training ends at full weight.
        double cycles = progress * settings.Cycles;
        double along = settings.WarmUpShape != "cyclical" ? progress : cycles - Math.Max(0, Math.Ceiling(cycles) - 1);
        if (settings.WarmUp <= 0 || along >= settings.WarmUp) return 1.0;
        double share = along / settings.WarmUp;
        return settings.WarmUpShape == "sigmoid" ? 1.0 / (1.0 + Math.Exp(-Steepness * (share - 0.5))) : share;
    }

    /// <summary>How strongly sprites are varied; the end of training sees them as they are.</summary>
    public static float Augmentation(double progress) =>
        (float)Math.Clamp((AugmentationEndsAt - progress) / (AugmentationEndsAt - AugmentationFadesFrom), 0.0, 1.0);
}
