using System.IO;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Metrics;
using VaeContent.Trainer.Reports;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Reports;

public class HtmlReportTests
{
    [Test]
    public void TheSameRunGivesTheSameBytesHoweverLongItTook()
    {
        using var run = new UntrainedRun();
        string first = Write(run, secondsPerStep: 1), second = Write(run, secondsPerStep: 2.5);
        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public void ThePageNeedsNothingElseAndTellsNoPath()
    {
        using var run = new UntrainedRun(conditional: true);
        string page = Write(run, secondsPerStep: 1);
        Assert.That(page, Does.Not.Contain("<script").And.Not.Contain("http").And.Not.Contain(Path.GetDirectoryName(run.Root)! + "/"));
        Assert.That(page, Does.Contain("viewport").And.Contain("<svg").And.Contain("beast").And.Contain("foreground pixels exact"));
        Assert.That(page, Does.Not.Contain("NaN").And.Not.Contain("∞"));
    }

    [Test]
    public void TextCannotBecomeMarkup() => Assert.That(HtmlPage.Text("<b a=\"1\">&"), Is.EqualTo("&lt;b a=&quot;1&quot;&gt;&amp;"));

    [Test]
    public void ChartOfOneConstantPointIsFinite() =>
        Assert.That(SvgChart.Draw("flat", [new ChartSeries("a", "train", [(1, 7)])]), Does.Contain("<polyline").And.Not.Contain("NaN"));

    [Test]
    public void ChartWithoutPointsIsNothing() => Assert.That(SvgChart.Draw("none", [new ChartSeries("a", "train", [])]), Is.Empty);

    private static string Write(UntrainedRun run, double secondsPerStep)
    {
        LogEntry[] log = [.. Enumerable.Range(1, 9).Select(step => new LogEntry(step, step / 9.0, step * secondsPerStep, 0, 100 - step, step, 1, 0.001, 5,
            step % 3 == 0 ? 101 - step : null, step % 3 == 0 ? step : null))];
        string path = Path.Combine(run.Root, ".report.html");
        HtmlReport.Write(path, run.Model.Config, run.Model.Data, run.Decoder, run.Encoder, log);
        return File.ReadAllText(path);
    }
}
