using System.Collections.Generic;
using VaeContent.Trainer.Models;

namespace VaeContent.Trainer.Training;

/// <summary>Everything that decides a training run. <c>config.json</c> in a run folder is this, complete: it repeats the run.</summary>
public sealed record RunConfig
{
    /// <summary>The named starting point that the other settings were derived from.</summary>
    public string Preset { get; init; } = "auto";

    /// <summary>Which sprites, and how they are read.</summary>
    public DataSettings Data { get; init; } = new();

    /// <summary>The networks.</summary>
    public ModelSpec Model { get; init; } = new();

    /// <summary>How they are trained.</summary>
    public TrainingSettings Training { get; init; } = new();

    /// <summary>How the prior is fitted afterwards.</summary>
    public PriorSettings Prior { get; init; } = new();
}

/// <summary>Which sprites, and how they are read.</summary>
public sealed record DataSettings
{
    /// <summary>The folder of sprites.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Canvas, as in <c>32x48</c>; null decides from the files.</summary>
    public string? Size { get; init; }

    /// <summary>Cuts sheets by a grid, as in <c>16x16:1:1</c>; null takes each file whole.</summary>
    public string? Grid { get; init; }

    /// <summary><c>auto</c>, <c>folders</c>, <c>none</c>, or a column of labels.csv.</summary>
    public string Labels { get; init; } = "auto";

    /// <summary>Only these sub-folders; empty for all.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>The share of sprites kept away from training to judge it by, 0.02..0.5.</summary>
    public double HeldOut { get; init; } = 0.2;

    /// <summary>The most colours a palette may have, the transparent one included: 2..256.</summary>
    public int Colours { get; init; } = 96;
}

/// <summary>How the prior is fitted after training.</summary>
public sealed record PriorSettings
{
    /// <summary><c>mixture</c> (full-covariance Gaussians, per label where there are labels) or <c>normal</c>: N(0, I).</summary>
    public string Kind { get; init; } = "mixture";

    /// <summary>The most components a label may have; the number is chosen on sprites left out of the fit.</summary>
    public int MaxComponents { get; init; } = 12;
}
