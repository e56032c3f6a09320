using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace VaeContent.Trainer.Reports;

/// <summary>Lines over an axis, as inline SVG that takes its colours from the page and scales to its width.</summary>
internal static class SvgChart
{
    private const double Width = 400, Left = 48, Right = 12, Top = 12, Bottom = 26;
    private const int Ticks = 4, StepTicks = 6, MostTicks = 20;

    // The first steps of a training lie far above all others and would press the rest flat: what is above this quantile is cut
    // off.
    private const double Shown = 0.93;

    /// <summary>
    /// The chart, without its title; <paramref name="label"/> is read out instead of it. Series without points are left out. The
    /// height is in units of which the width has 400; <paramref name="mark"/> gets a dot.
    /// </summary>
    public static string Draw(string label, IEnumerable<ChartSeries> series, double height = 230,
        (double X, double Y)? mark = null)
    {
        ChartSeries[] lines = [.. series.Where(line => line.Points.Count > 0)];
        if (lines.Length == 0) return "";
        double[] heights = [.. lines.SelectMany(line => line.Points).Select(point => point.Y).Order()];
        double xEnd = Math.Max(1, lines.Max(line => line.Points[^1].X));
        double xStep = NiceStep(xEnd / StepTicks);
        double top = heights[(int)Math.Ceiling(Shown * (heights.Length - 1))];
        double yStep = NiceStep((top - heights[0]) / (height < 150 ? 2 : Ticks));
        double low = Math.Floor(heights[0] / yStep) * yStep;
        double high = Math.Max(low + yStep, Math.Ceiling(top / yStep) * yStep);

        double X(double x) => Left + (x / xEnd * (Width - Left - Right));
        double Y(double y) => height - Bottom - ((y - low) / (high - low) * (height - Top - Bottom));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" "
            + $"aria-label=\"{HtmlPage.Text(label)}\">");
        for (int i = 0; i <= MostTicks && low + (i * yStep) <= high + (yStep / 2); i++)
        {
            double y = low + (i * yStep);
            svg.Append($"<path class=\"grid\" d=\"M{Number(Left)} {Number(Y(y))}H{Number(Width - Right)}\"/>");
            svg.Append($"<text x=\"{Number(Left - 6)}\" y=\"{Number(Y(y) + 4)}\" text-anchor=\"end\">{Tick(y)}</text>");
        }
        for (int i = 0; i <= MostTicks && i * xStep <= xEnd; i++)
            svg.Append($"<text x=\"{Number(X(i * xStep))}\" y=\"{Number(height - 6)}\" "
                + $"text-anchor=\"middle\">{Tick(i * xStep)}{(i == 0 ? " steps" : "")}</text>");
        foreach (ChartSeries line in lines)
        {
            // A separate SVG cuts off what is outside it.
            svg.Append(CultureInfo.InvariantCulture, $"<svg x=\"0\" y=\"{Top - 2}\" width=\"{Width}\" "
                + $"height=\"{height - Top - Bottom + 4}\" ");
            svg.Append(CultureInfo.InvariantCulture, $"viewBox=\"0 {Top - 2} {Width} {height - Top - Bottom + 4}\">");
            string points = string.Join(' ', line.Points.Select(point => $"{Number(X(point.X))},{Number(Y(point.Y))}"));
            svg.Append($"<polyline class=\"{line.Style}\" points=\"{points}\"/></svg>");
        }
        if (mark is { } dot && dot.Y <= high)
            svg.Append($"<circle cx=\"{Number(X(dot.X))}\" cy=\"{Number(Y(dot.Y))}\" r=\"4\"/>");
        return svg.Append("</svg>").ToString();
    }

    // The round number nearest above: 1, 2 or 5 times a power of ten.
    private static double NiceStep(double step)
    {
        if (!(step > 0)) return 1;
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return power * (step / power <= 1 ? 1 : step / power <= 2 ? 2 : step / power <= 5 ? 5 : 10);
    }

    // 0.0005, 12.5, 800, 2500, 12k
    private static string Tick(double value) => Math.Abs(value) >= 10_000
        ? (value / 1000).ToString("0.#", CultureInfo.InvariantCulture) + "k"
        : Math.Round(value, 7).ToString("0.#######", CultureInfo.InvariantCulture);

    private static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);
}

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it shows, for the legend.</param>
/// <param name="Style">The CSS class that colours it.</param>
/// <param name="Points">Its points, x rising.</param>
internal sealed record ChartSeries(string Name, string Style, IReadOnlyList<(double X, double Y)> Points);
