using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Engines;

/// <summary>What a schedule decides for one step of Adam.</summary>
/// <param name="Step">t, counted from 1: for the correction of the young moments.</param>
/// <param name="LearningRate">The step size.</param>
/// <param name="AverageDecay">Decay of the moving average of the weights.</param>
/// <param name="Beta1">Decay of the first moment.</param>
public readonly record struct StepSettings(long Step, float LearningRate, float AverageDecay, float Beta1 = TrainingGraph.Beta1)
{
    // Radford et al. 2016: with more inertia, discriminators swing.
    private const float DiscriminatorBeta1 = 0.5f;

    /// <summary>What holds for a discriminator, where the graph has one.</summary>
    public AdversaryStep Adversary { get; init; }

    internal StepSettings OfDiscriminator => new(Adversary.Step, Adversary.LearningRate, AverageDecay, DiscriminatorBeta1);
}
