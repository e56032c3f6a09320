namespace VaeContent.Trainer.Reports;

/// <summary>How good something is, worst first.</summary>
internal enum VerdictLevel
{
    /// <summary>Not fit for a game.</summary>
    NotYet,

    /// <summary>Fit for some uses, with flaws that people see.</summary>
    Fair,

    /// <summary>Fit for a game.</summary>
    Good,
}
