using VaeContent.Trainer.Data;
using VaeContent.Trainer.Model;

namespace VaeContent.Trainer.Training;

/// <summary>
/// Everything that decides a training run. <c>config.json</c> in a run folder is this, complete: it repeats the run.
/// </summary>
public sealed record RunConfig
{
    /// <summary>The named starting point that the other settings were derived from.</summary>
    public string Preset { get; init; } = "auto";

    /// <summary>
    /// The run, or the file of <c>base</c>, whose weights this one starts with, or <c>pixel-art</c>; null for weights drawn at
    /// random.
    /// </summary>
    public string? From { get; init; }

    /// <summary>Which sprites, and how they are read.</summary>
    public DataSettings Data { get; init; } = new();

    /// <summary>The networks.</summary>
    public ModelSpec Model { get; init; } = new();

    /// <summary>How they are trained.</summary>
    public TrainingSettings Training { get; init; } = new();

    /// <summary>The discriminator that decoded sprites are held against; off by default.</summary>
    public GanSettings Gan { get; init; } = new();

    /// <summary>How the prior is fitted afterwards.</summary>
    public PriorSettings Prior { get; init; } = new();

    /// <summary>These settings with a model that receives the changes exactly where training makes some.</summary>
    public RunConfig WithAugmentation() => this with
    {
        Model = Model with { Augmentation = Training.Augmentation > 0f ? ToldAugmentation.Values : 0 }
    };

    /// <summary>What a prior network takes of the run's minutes, seconds.</summary>
    internal double PriorSeconds => Prior.IsFlow ? 60 * Training.Minutes * Prior.TimeShare : 0;

    /// <summary>What is left for the model, seconds.</summary>
    internal double ModelSeconds => (60 * Training.Minutes) - PriorSeconds;
}
