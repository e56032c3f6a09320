using System;
using VaeContent.Trainer.Engines;

namespace VaeContent.Trainer.Training;

/// <summary>How the settings of a step follow from how far training has come.</summary>
internal sealed class Schedule(TrainingSettings settings)
{
    private const double RampUp = 0.02, AugmentationFadesFrom = 0.7, AugmentationEndsAt = 0.9;

    /// <summary>What step t (from 1) uses at <paramref name="progress"/> 0..1.</summary>
    public StepSettings At(long step, double progress) => new(
        step,
        settings.LearningRate * (float)(Math.Min(1.0, progress / RampUp + 1e-3) * 0.5 * (1.0 + Math.Cos(Math.PI * progress))),
        Math.Min(settings.AverageDecay, ShortRunDecay(step, progress)));

    // The average forgets its random start, and never reaches back over more than 3% of a run: a short one would ship its beginnings.
    private static float ShortRunDecay(long step, double progress)
    {
        double whole = step / Math.Max(progress, 1e-6);
        return (float)Math.Min((1.0 + step) / (10.0 + step), 1.0 - (1.0 / Math.Max(10.0, 0.03 * whole)));
    }

    /// <summary>The weight of the KL term: a straight rise, then constant.</summary>
    public float Beta(double progress) =>
        settings.WarmUp <= 0 ? settings.Beta : settings.Beta * (float)Math.Min(1.0, progress / settings.WarmUp);

    /// <summary>How strongly sprites are varied; the end of training sees them as they are.</summary>
    public static float Augmentation(double progress) =>
        (float)Math.Clamp((AugmentationEndsAt - progress) / (AugmentationEndsAt - AugmentationFadesFrom), 0.0, 1.0);
}
