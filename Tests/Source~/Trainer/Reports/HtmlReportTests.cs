using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Metrics;
using VaeContent.Trainer.Reports;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Reports;

public class HtmlReportTests
{
    private static readonly string[] Sections =
    [
        "verdict", "small-set", "samples", "training", "redrawn", "labels", "morphs", "nearest", "history", "curves", "figures",
        "set", "provenance", "settings",
    ];

    [Test]
    public void WithoutTimesTheSameRunGivesTheSameBytesHoweverLongItTook()
    {
        using var run = new UntrainedRun();
        Assert.That(Write(run, 2.5, showTimes: false), Is.EqualTo(Write(run, 1, showTimes: false)));
        Assert.That(Write(run, 2.5), Is.Not.EqualTo(Write(run, 1)));
    }

    [Test]
    public void EverySectionIsThereAndLinked()
    {
        using var run = new UntrainedRun(conditional: true);
        string page = Write(run);
        XmlDocument parsed = Parse(page);
        Assert.That(parsed.SelectNodes("//section/@id")!.Cast<XmlNode>().Select(id => id.Value), Is.EqualTo(Sections));
        Assert.That(parsed.SelectNodes("//nav/a/@href")!.Cast<XmlNode>().Select(link => link.Value),
            Is.EqualTo(Sections.Skip(1).Select(id => "#" + id)));
        Assert.That(page, Does.Contain("beast").And.Contain("foreground pixels exact").And
            .Contain(run.Model.Data.All.Fingerprint).And.Contain("SHA-256 0123"));
        Assert.That(page, Does.Not.Contain("NaN").And.Not.Contain("∞"));
    }

    [Test]
    public void ThePageNeedsNothingElseAndTellsNoPath()
    {
        using var run = new UntrainedRun(conditional: true);
        string page = Write(run);
        XmlDocument parsed = Parse(page);
        string[] addresses = [.. parsed.SelectNodes("//@src | //@href")!.Cast<XmlNode>().Select(address => address.Value!)];
        Assert.That(addresses, Is.Not.Empty.And.All.Matches<string>(address =>
            address.StartsWith("data:image/png;base64,", StringComparison.Ordinal) || address[0] == '#'));
        string text = Regex.Replace(page, "base64,[^\"]*", "");
        Assert.That(Regex.IsMatch(text, @"https?:|//\w|url\(|@import|<script|<link", RegexOptions.IgnoreCase), Is.False);
        Assert.That(page, Does.Not.Contain(Path.GetDirectoryName(run.Root)! + "/").And.Not.Contain("\"refresh\""));
    }

    [Test]
    public void EveryPictureHasItsTextAndIsAPalette()
    {
        using var run = new UntrainedRun();
        XmlElement[] images = [.. Parse(Write(run)).SelectNodes("//img")!.Cast<XmlElement>()];
        Assert.That(images.Select(image => image.GetAttribute("alt")), Has.All.Not.Empty);
        const int ColourTypeAt = 25, Indexed = 3;
        Assert.That(images.Select(image => (int)Convert.FromBase64String(image.GetAttribute("src").Split(',')[1])[ColourTypeAt]),
            Has.All.EqualTo(Indexed));
        Assert.That(images.Count(image => Regex.IsMatch(image.GetAttribute("alt"), "^seed [0-9]+$")),
            Is.GreaterThanOrEqualTo(64));
    }

    [Test]
    public void AReportThatWouldBeTooLargeShowsFewerSpritesButAllSamples()
    {
        using var run = new UntrainedRun(conditional: true);
        int all = Write(run).Length, limit = (int)(0.75 * all);
        string page = Write(run, maxBytes: limit);
        TestContext.Out.WriteLine($"{all} characters, limited to {limit} bytes: {page.Length}");
        Assert.That(Encoding.UTF8.GetByteCount(page), Is.LessThanOrEqualTo(limit).And.GreaterThan(limit / 4));
        XmlDocument parsed = Parse(page);
        Assert.That(parsed.SelectNodes("//section/@id")!.Cast<XmlNode>().Select(id => id.Value), Is.EqualTo(Sections));
        Assert.That(parsed.SelectNodes("//section[@id='samples']//img")!, Has.Count.EqualTo(64));
    }

    [Test]
    public void TextCannotBecomeMarkup() => Assert.That(HtmlPage.Text("<b a=\"1\">&"),
        Is.EqualTo("&lt;b a=&quot;1&quot;&gt;&amp;"));

    /// <summary>A page as XML, which is stricter than a browser.</summary>
    internal static XmlDocument Parse(string page)
    {
        var document = new XmlDocument { XmlResolver = null };
        using var reader = XmlReader.Create(new StringReader(page),
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        document.Load(reader);
        return document;
    }

    private static string Write(UntrainedRun run, double secondsPerStep = 1, bool showTimes = true, int maxBytes = 5_000_000)
    {
        LogEntry[] log = [.. Enumerable.Range(1, 9).Select(step =>
            new LogEntry(step, step / 9.0, step * secondsPerStep, 0, 100 - step, step, 1, 0.001, 5,
                step % 3 == 0 ? 101 - step : null, step % 3 == 0 ? step : null))];
        string path = Path.Combine(run.Root, ".report.html"), preview = Path.Combine(run.Root, ".preview.png");
        Preview.Save(preview, run.Model.Vae, run.Model.Data, seed: 1);
        HtmlReport.Write(path, new ReportSource(run.Model.Config, run.Model.Data, run.Decoder, run.Encoder, log)
        {
            Previews = [(3, preview)],
            Files = [("decoder", "0123")],
            ShowTimes = showTimes,
        }, maxBytes);
        return File.ReadAllText(path);
    }
}
