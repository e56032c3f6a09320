namespace VaeContent.Trainer.Training;

/// <summary>How the prior is fitted after training.</summary>
public sealed record PriorSettings
{
    /// <summary><c>mixture</c> (full-covariance Gaussians, per label where there are labels) or <c>normal</c>: N(0, I).</summary>
    public string Kind { get; init; } = "mixture";

    /// <summary>The most components a label may have; the number is chosen on sprites left out of the fit.</summary>
    public int MaxComponents { get; init; } = 12;
}
