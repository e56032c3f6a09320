namespace VaeContent.Trainer.Metrics;

/// <summary>One figure for people, beside the figure to read it against.</summary>
/// <param name="Group">What it belongs to: rows of a group follow each other.</param>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure with its unit.</param>
/// <param name="Beside">The one to compare with; empty where there is none.</param>
/// <param name="Hint">Which direction is good.</param>
public sealed record FigureRow(string Group, string Name, string Value, string Beside, string Hint);
