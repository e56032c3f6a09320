namespace VaeContent.Trainer.Training;

/// <summary>How the prior is fitted after training.</summary>
public sealed record PriorSettings
{
    /// <summary>
    /// <c>flow</c> (a small network, trained after the model), <c>mixture</c> (full-covariance Gaussians, per label where there
    /// are labels) or <c>normal</c>: N(0, I).
    /// </summary>
    public string Kind { get; init; } = "flow";

    /// <summary>Flow: units of a layer.</summary>
    public int Width { get; init; } = 256;

    /// <summary>Flow: residual layers.</summary>
    public int Depth { get; init; } = 3;

    /// <summary>Flow: passes through the network per sprite.</summary>
    public int Steps { get; init; } = 5;

    /// <summary>
    /// Flow: how far samples keep away from where a flow that has learnt little leads: 1 for no guidance, 2 as far as this flow
    /// exceeds it.
    /// </summary>
    public double Guidance { get; init; } = 1;

    /// <summary>
    /// Flow: how often samples are drawn again, latent to sprite to latent, to learn where they settle; 0 for no corrector.
    /// </summary>
    public int Redraws { get; init; } = 2;

    /// <summary>Flow: units of a layer of the corrector.</summary>
    public int CorrectorWidth { get; init; } = 128;

    /// <summary>Flow: residual layers of the corrector.</summary>
    public int CorrectorDepth { get; init; } = 3;

    /// <summary>Flow: the share of a run's minutes that the prior is given.</summary>
    public double TimeShare { get; init; } = 0.25;

    /// <summary>
    /// Flow: how many steps it trains in a run by steps, for each step of the model; its steps are many times shorter.
    /// </summary>
    public double StepsPerModelStep { get; init; } = 4;

    /// <summary>The most components a label may have; the number is chosen on sprites left out of the fit.</summary>
    public int MaxComponents { get; init; } = 12;

    internal bool IsFlow => Kind == "flow";

    internal bool IsGuided => Guidance != 1;

    /// <summary>Throws <see cref="UserError"/> where a setting is outside its range.</summary>
    public void Validate()
    {
        Check(Kind is "flow" or "mixture" or "normal", $"prior.kind={Kind}", "flow, mixture or normal");
        Check(Width is >= 8 and <= 2048, $"prior.width={Width}", "8 to 2048");
        Check(Depth is >= 1 and <= 12, $"prior.depth={Depth}", "1 to 12");
        Check(Steps is >= 1 and <= 100, $"prior.steps={Steps}", "1 to 100");
        Check(Guidance is >= 1 and <= 8, $"prior.guidance={Guidance}", "1 to 8");
        Check(Redraws is >= 0 and <= 8, $"prior.redraws={Redraws}", "0 to 8");
        Check(CorrectorWidth is >= 8 and <= 2048, $"prior.correctorWidth={CorrectorWidth}", "8 to 2048");
        Check(CorrectorDepth is >= 1 and <= 12, $"prior.correctorDepth={CorrectorDepth}", "1 to 12");
        Check(TimeShare is > 0 and <= 0.5, $"prior.timeShare={TimeShare}", "above 0, up to 0.5");
        Check(StepsPerModelStep is > 0 and <= 1000, $"prior.stepsPerModelStep={StepsPerModelStep}", "above 0, up to 1000");
        Check(MaxComponents is >= 1 and <= 100, $"prior.maxComponents={MaxComponents}", "1 to 100");
    }

    private static void Check(bool fine, string found, string expected)
    {
        if (!fine) throw new UserError($"{found} cannot be fitted: expected {expected}.");
    }
}
