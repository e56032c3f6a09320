using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace VaeContent.Trainer.Reports;

/// <summary>Lines over an axis, as inline SVG that takes its colours from the page and scales to its width.</summary>
internal static class SvgChart
{
    private const double Width = 400, Height = 220, Left = 46, Right = 10, Top = 10, Bottom = 24;
    private const int Ticks = 4;

    // The first steps of a training lie far above all others and would press the rest flat: what is above this quantile is cut off.
    private const double Shown = 0.95;

    /// <summary>The chart, without its title; <paramref name="label"/> is read out instead of it. Series without points are left out.</summary>
    public static string Draw(string label, IEnumerable<ChartSeries> series)
    {
        ChartSeries[] lines = [.. series.Where(line => line.Points.Count > 0)];
        if (lines.Length == 0) return "";
        double[] heights = [.. lines.SelectMany(line => line.Points).Select(point => point.Y).Order()];
        double xEnd = Math.Max(1, lines.Max(line => line.Points[^1].X));
        double xStep = NiceStep(xEnd / Ticks);
        double yStep = NiceStep((heights[(int)(Shown * (heights.Length - 1))] - heights[0]) / Ticks);
        double low = Math.Floor(heights[0] / yStep) * yStep;
        double high = Math.Max(low + yStep, Math.Ceiling(heights[(int)(Shown * (heights.Length - 1))] / yStep) * yStep);

        double X(double x) => Left + (x / xEnd * (Width - Left - Right));
        double Y(double y) => Height - Bottom - ((y - low) / (high - low) * (Height - Top - Bottom));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{label}\">");
        for (double y = low; y <= high + (yStep / 2); y += yStep)
        {
            svg.Append($"<path class=\"grid\" d=\"M{Number(Left)} {Number(Y(y))}H{Number(Width - Right)}\"/>");
            svg.Append($"<text x=\"{Number(Left - 6)}\" y=\"{Number(Y(y) + 4)}\" text-anchor=\"end\">{Number(y)}</text>");
        }
        for (double x = 0; x <= xEnd; x += xStep)
            svg.Append($"<text x=\"{Number(X(x))}\" y=\"{Number(Height - 6)}\" text-anchor=\"middle\">{Number(x)}</text>");
        foreach (ChartSeries line in lines)
        {
            // An SVG of its own cuts off what is outside it.
            svg.Append(CultureInfo.InvariantCulture, $"<svg x=\"0\" y=\"{Top - 2}\" width=\"{Width}\" height=\"{Height - Top - Bottom + 4}\" ");
            svg.Append(CultureInfo.InvariantCulture, $"viewBox=\"0 {Top - 2} {Width} {Height - Top - Bottom + 4}\">");
            svg.Append($"<polyline class=\"{line.Style}\" points=\"{string.Join(' ', line.Points.Select(point => $"{Number(X(point.X))},{Number(Y(point.Y))}"))}\"/></svg>");
        }
        return svg.Append("</svg>").ToString();
    }

    // The round number nearest above: 1, 2 or 5 times a power of ten.
    private static double NiceStep(double step)
    {
        if (!(step > 0)) return 1;
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return power * (step / power <= 1 ? 1 : step / power <= 2 ? 2 : step / power <= 5 ? 5 : 10);
    }

    private static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);
}
