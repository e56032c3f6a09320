using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace VaeContent.Trainer.Reports;

/// <summary>
/// Sprites as points in a plane of latents, coloured by label: a separate SVG file, which any browser shows.
/// </summary>
internal static class LatentScatter
{
    private const int Side = 640, Margin = 40, Legend = 130;

    /// <summary>
    /// Draws points (x, y, label or -1); axes are equal, and reach from -<paramref name="reach"/> to +<paramref name="reach"/>.
    /// </summary>
    public static string Draw(IReadOnlyList<(float X, float Y, int Label)> points, IReadOnlyList<string> labels, float reach,
        string xName, string yName)
    {
        var svg = new StringBuilder();
        string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);
        double Across(float value) => Margin + ((value + reach) / (2 * reach) * (Side - (2 * Margin)));
        int width = Side + (labels.Count > 0 ? Legend : 0);
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {Side}\" "
            + $"font-family=\"sans-serif\" font-size=\"14\">\n<rect width=\"{width}\" height=\"{Side}\" fill=\"#fff\"/>\n"
            + $"<!-- {Authorship.Name} -->\n");
        for (int tick = -(int)reach; tick <= (int)reach; tick++)
        {
            string at = Number(Across(tick)), up = Number(Side - Across(tick));
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{at} {Margin}V{Side - Margin}M{Margin} {up}H{Side - Margin}\" "
                + $"stroke=\"#ddd\"/><text x=\"{at}\" y=\"{Side - Margin + 18}\" text-anchor=\"middle\">{tick}</text><text "
                + $"x=\"{Margin - 8}\" y=\"{up}\" dy=\"5\" text-anchor=\"end\">{tick}</text>\n");
        }
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Side / 2}\" y=\"{Side - 4}\" "
            + $"text-anchor=\"middle\">{xName}</text><text x=\"14\" y=\"{Margin - 14}\">{yName}</text>\n");
        foreach (var group in points.GroupBy(point => point.Label).OrderBy(group => group.Key))
        {
            svg.Append($"<g fill=\"{Colour(group.Key, labels.Count)}\" fill-opacity=\".7\">\n");
            foreach (var (x, y, _) in group.Where(point => Math.Abs(point.X) <= reach && Math.Abs(point.Y) <= reach))
                svg.Append($"<circle cx=\"{Number(Across(x))}\" cy=\"{Number(Side - Across(y))}\" r=\"2.5\"/>");
            svg.Append("\n</g>\n");
        }
        for (int i = 0; i < Math.Min(labels.Count, 25); i++)
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{Side}\" cy=\"{Margin + (22 * i)}\" r=\"6\" "
                + $"fill=\"{Colour(i, labels.Count)}\"/><text x=\"{Side + 14}\" "
                + $"y=\"{Margin + (22 * i) + 5}\">{HtmlPage.Text(labels[i])}</text>\n");
        return svg.Append("</svg>\n").ToString();
    }

    // Hues evenly around the circle, dark and light, alternating.
    private static string Colour(int label, int labels) => label < 0 ? "#666"
        : $"hsl({360.0 * label / Math.Max(1, labels):F0},75%,{(label % 2 == 0 ? 40 : 55)}%)";
}
