using System;
using VaeContent.Trainer.Model;

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

    /// <summary>
    /// Passes over the sprites, instead of <see cref="Steps"/>; 0 for none. Losses are then logged epoch by epoch, over all
    /// held-out sprites.
    /// </summary>
    public int Epochs { get; init; }

    /// <summary>Sprites per step.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Adam's step size at its height; it rises over the first 2% and falls to nothing along a cosine.</summary>
    public float LearningRate { get; init; } = 2e-3f;

    /// <summary>
    /// The weight of the KL term once warmed up: 1 is the evidence lower bound, less gives sharper reconstructions.
    /// </summary>
    public float Beta { get; init; } = 1f;

    /// <summary>The share of training over which beta rises from 0 (Bowman et al. 2016).</summary>
    public double WarmUp { get; init; } = 0.2;

    /// <summary>
    /// <c>linear</c> (Bowman et al. 2016), <c>sigmoid</c> (the same paper's) or <c>cyclical</c> (Fu et al. 2019): how beta rises.
    /// </summary>
    public string WarmUpShape { get; init; } = "linear";

    /// <summary>Cyclical: how often beta rises; <see cref="WarmUp"/> is then the share of each cycle.</summary>
    public int Cycles { get; init; } = 4;

    /// <summary>
    /// Nats of KL that training aims at, reached over the warm-up; beta then weighs how far the KL is from it (Burgess et al.
    /// 2018). 0 for none.
    /// </summary>
    public float Capacity { get; init; }

    /// <summary>
    /// Latents per sprite: 1 trains on the evidence lower bound, more on the importance-weighted one (Burda et al. 2016). For
    /// bernoulli and mse.
    /// </summary>
    public int Samples { get; init; } = 1;

    /// <summary>
    /// Regulariser tc: how much more the total correlation weighs than the rest of the KL; beta - 1 of Chen et al. 2018.
    /// </summary>
    public float TotalCorrelation { get; init; } = 5f;

    /// <summary>Regulariser mmd: nats a sprite per unit of discrepancy, times beta.</summary>
    public float Discrepancy { get; init; } = 100f;

    /// <summary>
    /// The share of sprites whose label is hidden in training, so that the model can do without (Ho and Salimans 2022).
    /// </summary>
    public float LabelDropout { get; init; }

    /// <summary>
    /// The share of pixels that the encoder sees as black or white noise, while the decoder is judged by the clean sprite; 0 for
    /// none.
    /// </summary>
    public float Corruption { get; init; }

    /// <summary>
    /// Characters: whether the decoder is judged by another pose of the character than the encoder sees, drawn at random and
    /// under its own label. Latents then hold who it is and leave the pose to the label.
    /// </summary>
    public bool CrossPose { get; init; }

    /// <summary>
    /// Whether grey pixels become black or white by chance, each time again, with their brightness as probability.
    /// </summary>
    public bool Binarise { get; init; }

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

    /// <summary>
    /// The chance of each of the strong changes that the networks receive as input, so that what is generated stays as the set
    /// is: mirrored, moved by up to an eighth of the sides, hues turned (Karras et al. 2022). For small sets; 0 for none.
    /// </summary>
    public float Augmentation { get; init; }

    /// <summary>CPU threads; 0 for all cores.</summary>
    public int Threads { get; init; }

    /// <summary>These settings with <see cref="Steps"/> as <see cref="Epochs"/> asks for, on this many sprites.</summary>
    public TrainingSettings Counted(int sprites) => Epochs == 0 ? this
        : this with { Steps = ((long)Epochs * sprites + Batch - 1) / Batch };

    internal int ThreadCount => Threads > 0 ? Threads : Environment.ProcessorCount;

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
        Check(Augmentation is >= 0f and <= 1f, $"training.augmentation={Augmentation}", "0 to 1");
        Check(Epochs is >= 0 and <= 100_000, $"training.epochs={Epochs}", "0 to 100000");
        Check(WarmUpShape is "linear" or "sigmoid" or "cyclical", $"training.warmUpShape={WarmUpShape}",
            "linear, sigmoid or cyclical");
        Check(Cycles is >= 1 and <= 1000, $"training.cycles={Cycles}", "1 to 1000");
        Check(Capacity is >= 0f and <= 10_000f, $"training.capacity={Capacity}", "0 to 10000");
        Check(Samples is >= 1 and <= 256, $"training.samples={Samples}", "1 to 256");
        Check(TotalCorrelation is >= 0f and <= 1000f, $"training.totalCorrelation={TotalCorrelation}", "0 to 1000");
        Check(Discrepancy is > 0f and <= 1e6f, $"training.discrepancy={Discrepancy}", "above 0, up to 1000000");
        Check(LabelDropout is >= 0f and < 1f, $"training.labelDropout={LabelDropout}", "0 to below 1");
        Check(Corruption is >= 0f and < 1f, $"training.corruption={Corruption}", "0 to below 1");
        Check(Threads is >= 0 and <= 256, $"training.threads={Threads}", "0 (all) to 256");
    }

    /// <summary>Throws <see cref="UserError"/> where a model cannot be trained by these settings.</summary>
    internal void ValidateFor(ModelSpec model)
    {
        Check(!CrossPose || (model.ConditionLabels > 0 && !Binarise && !Flip), $"training.crossPose=true with "
            + $"model.conditionLabels={model.ConditionLabels}, binarise={Binarise} and flip={Flip}",
            "a model that receives the pose, and sprites as they are");
        Check(Samples == 1 || (model.Likelihood is Likelihood.Bernoulli or Likelihood.Mse && model.Regulariser == Regulariser.Kl),
            $"training.samples={Samples} with model.likelihood={model.Likelihood} and model.regulariser={model.Regulariser}",
            "likelihood bernoulli or mse, and regulariser kl, for the importance-weighted bound");
    }

    /// <summary>Throws <see cref="UserError"/> unless a setting is fine.</summary>
    internal static void Check(bool fine, string found, string expected)
    {
        if (!fine) throw new UserError($"{found} cannot be trained with: expected {expected}.");
    }
}
