using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using VaeContent.Trainer.Metrics;

namespace VaeContent.Trainer.Reports;

/// <summary>The head of a report: whether the model is any good.</summary>
internal sealed class ReportVerdict(HtmlPage page)
{
    private const int SmallSet = 500;

    /// <summary>The verdict, its checks and what to try next.</summary>
    public void Add(Verdict verdict)
    {
        string style = Style(verdict.Level);
        page.Add($"<section id=\"verdict\" class=\"verdict {style}\" aria-labelledby=\"verdict-title\">"
            + $"<p class=\"word\">{Mark(verdict.Level)}{QualityLimits.Word(verdict.Level)}</p><h2 "
            + $"id=\"verdict-title\">{HtmlPage.Text(verdict.Headline)}</h2>");
        page.Add("<ul class=\"checks\">" + string.Concat(verdict.Checks.Select(check =>
            $"<li class=\"{Style(check.Level)}\"><h3>{Mark(check.Level)}{HtmlPage.Text(check.Title)}</h3><p "
                + $"class=\"big\">{HtmlPage.Text(check.Figure)}"
            + $"<span>{QualityLimits.Word(check.Level)}</span></p><p>{HtmlPage.Text(check.Text)}</p></li>")) + "</ul>");
        string Command(string command) => command.Length == 0 ? ""
            : $"<pre tabindex=\"0\"><code>{HtmlPage.Text(command)}</code></pre>";
        page.Add("<h3>What to try next</h3><ol class=\"next\">" + string.Concat(verdict.Next.Select(advice =>
            $"<li>{HtmlPage.Text(advice.Text)}{Command(advice.Command)}</li>")) + "</ol></section>");
    }

    /// <summary>What to mistrust where the set is small.</summary>
    public void AddSmallSetWarning(VerdictFigures figures)
    {
        if (figures.TrainingSprites >= SmallSet) return;
        page.Section("small-set", "A small set",
            $"It learnt from {figures.TrainingSprites} sprites. With fewer than {SmallSet}, a model easily learns the sprites "
            + "themselves instead of what they have in common. "
            + "Redrawn training sprites then look better than the model is, and new ones are copies. Check these figures "
            + "before you trust it:",
            () =>
            {
                page.Facts(Evidence(figures));
                page.Add("<p>More sprites help most: recolour and recombine the ones you have, or add variants. Starting with "
                    + "the weights of a run on many sprites of a similar kind helps too: <code>train DIR --from RUN</code>.</p>");
            });
    }

    private static IEnumerable<(string, string)> Evidence(VerdictFigures figures)
    {
        if (figures.ExactColours)
        {
            yield return ("pixels redrawn exactly", $"{Percent(figures.TrainingExact)} of sprites it learnt from, "
                + $"{Percent(figures.HeldOutExact)} of sprites it has not seen: "
                + (QualityLimits.Gap.Level(figures.TrainingExact - figures.HeldOutExact) < QualityLevel.Good
                    ? "it knows its own much better" : "no wide gap"));
        }
        yield return ("near copies", $"{Percent(figures.NearCopies)} of new sprites are closer to one it learnt from than 99% "
            + "of held-out sprites are; 1% would be chance");
        yield return ("exact copies", $"{Percent(figures.ExactCopies)} of new sprites");
        yield return ("judged by", $"{figures.HeldOutSprites} held-out "
            + $"sprites{(figures.HeldOutSprites < 100 ? ": too few for fine differences between two trainings" : "")}");
    }

    private static string Style(QualityLevel level) => level switch
    {
        QualityLevel.Good => "good",
        QualityLevel.Fair => "fair",
        _ => "bad",
    };

    // A shape beside the colour, for those who do not see it.
    private static string Mark(QualityLevel level) =>
        "<svg class=\"mark\" viewBox=\"0 0 20 20\" aria-hidden=\"true\"><circle cx=\"10\" cy=\"10\" r=\"10\"/>" + level switch
        {
            QualityLevel.Good => "<path d=\"M5 10.5l3.5 3.5 6.5-7.5\"/>",
            QualityLevel.Fair => "<path d=\"M5 11c2-3 3.5-3 5-1s3 2 5-1\"/>",
            _ => "<path d=\"M6 6l8 8M14 6l-8 8\"/>",
        } + "</svg>";

    private static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%";
}
