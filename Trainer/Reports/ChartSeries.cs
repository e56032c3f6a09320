using System.Collections.Generic;

namespace VaeContent.Trainer.Reports;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it shows, for the legend.</param>
/// <param name="Style">The CSS class that colours it.</param>
/// <param name="Points">Its points, x rising.</param>
internal sealed record ChartSeries(string Name, string Style, IReadOnlyList<(double X, double Y)> Points);
