using System;

namespace VaeContent.Trainer.Training;

/// <summary>How long a run trains: steps, where they are given or follow from epochs, otherwise seconds.</summary>
/// <param name="Steps">0 to go by time.</param>
/// <param name="Seconds">What the model is given where it goes by time; the prior's share is not in it.</param>
/// <param name="IsByEpochs">Whether losses are logged epoch by epoch.</param>
internal readonly record struct Duration(long Steps, double Seconds, bool IsByEpochs)
{
    /// <summary>The duration of a run's settings.</summary>
    public static Duration FromConfig(RunConfig config) =>
        new(config.Training.Steps, config.ModelSeconds, config.Training.Epochs > 0);

    /// <summary>How far training has come, 0..1.</summary>
    public double Progress(long step, double seconds) => Math.Min(1.0, Steps > 0 ? (double)step / Steps : seconds / Seconds);
}
