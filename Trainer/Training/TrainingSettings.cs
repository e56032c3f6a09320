namespace VaeContent.Trainer.Training;

/// <summary>How a model is trained.</summary>
public sealed record TrainingSettings
{
    /// <summary>Decides weights, order, noise and everything else that is drawn.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>How long to train when <see cref="Steps"/> is 0. A run by time ends at another step on another machine.</summary>
    public double Minutes { get; init; } = 10;

    /// <summary>How many steps to train, the same on every machine; 0 to go by <see cref="Minutes"/>.</summary>
    public long Steps { get; init; }

    /// <summary>Sprites per step.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Adam's step size at its height; it rises over the first 2% and falls to nothing along a cosine.</summary>
    public float LearningRate { get; init; } = 2e-3f;

    /// <summary>The weight of the KL term once warmed up: 1 is the evidence lower bound, less gives sharper reconstructions.</summary>
    public float Beta { get; init; } = 1f;

    /// <summary>The share of training over which beta rises from 0 (Bowman et al. 2016).</summary>
    public double WarmUp { get; init; } = 0.2;

    /// <summary>Nats per latent dimension below which the KL term does not pull (Kingma et al. 2016).</summary>
    public float FreeBits { get; init; } = 0.05f;

    /// <summary>Decay of the moving average of the weights, which is what ships.</summary>
    public float AverageDecay { get; init; } = 0.999f;

    /// <summary>The longest gradient of one step, Euclidean norm per sprite; a longer one is shortened to it.</summary>
    public float GradientClip { get; init; } = 500f;

    /// <summary>Whether sprites may be mirrored left to right while training.</summary>
    public bool Flip { get; init; }

    /// <summary>The farthest a sprite is moved while training, pixels.</summary>
    public int MaxShift { get; init; }

    /// <summary>The share of pixels whose colours are judged, 0..1: somewhat above the share that is visible in the set. Palettes only.</summary>
    public float VisibleShare { get; init; } = 1f;

    /// <summary>CPU threads; 0 for all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Throws <see cref="UserError"/> where a setting is outside its range.</summary>
    public void Validate()
    {
        Check(Steps > 0 || Minutes is > 0 and <= 100_000, $"training.minutes={Minutes}", "more than 0");
        Check(Steps >= 0, $"training.steps={Steps}", "1 or more");
        Check(Batch is >= 1 and <= 4096, $"training.batch={Batch}", "1 to 4096");
        Check(LearningRate is > 0f and <= 1f, $"training.learningRate={LearningRate}", "above 0, up to 1");
        Check(Beta is >= 0f and <= 1000f, $"training.beta={Beta}", "0 to 1000");
        Check(WarmUp is >= 0 and <= 1, $"training.warmUp={WarmUp}", "0 to 1");
        Check(FreeBits is >= 0f and <= 10f, $"training.freeBits={FreeBits}", "0 to 10");
        Check(AverageDecay is >= 0f and < 1f, $"training.averageDecay={AverageDecay}", "0 to below 1");
        Check(GradientClip > 0f, $"training.gradientClip={GradientClip}", "above 0");
        Check(MaxShift is >= 0 and <= 16, $"training.maxShift={MaxShift}", "0 to 16");
        Check(VisibleShare is > 0f and <= 1f, $"training.visibleShare={VisibleShare}", "above 0, up to 1");
        Check(Threads is >= 0 and <= 256, $"training.threads={Threads}", "0 (all) to 256");
    }

    private static void Check(bool fine, string found, string expected)
    {
        if (!fine) throw new UserError($"{found} cannot be trained with: expected {expected}.");
    }
}
