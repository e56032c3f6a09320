using System;
using System.IO;
using NUnit.Framework;
using VaeContent.Trainer.Cli;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Reports;

namespace VaeContent.Tests.Trainer;

/// <summary>What a name holds is shown and nothing else happens, on terminals, pages and in tables.</summary>
public sealed class PlainTextTests
{
    private const string Hostile = "a\u001b]0;title\a\u009b31m\r\b\u202egnp.exe\u2028b";
    private const string Shown = "a?]0;title??31m???gnp.exe?b";

    [Test]
    public void TerminalsGetNoControls()
    {
        var terminal = new StringWriter { NewLine = "\n" };
        using var plain = new PlainConsole(terminal);
        plain.WriteLine(Hostile + "\nsecond");
        plain.Write("one\ntwo\n" + Hostile);
        plain.Write('\u001b');
        plain.WriteLine();
        Assert.That(terminal.ToString(), Is.EqualTo($"{Shown}?second\none{Environment.NewLine}two{Environment.NewLine}"
            + "a?]0;title??31m" + Environment.NewLine + "??gnp.exe" + Environment.NewLine + "b?\n"));
    }

    [Test]
    public void PagesGetNoControls() => Assert.That(HtmlPage.Text(Hostile + "<b>"), Is.EqualTo(Shown + "&lt;b&gt;"));

    [TestCase("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")")]
    [TestCase("+cmd|calc", "'+cmd|calc")]
    [TestCase("-2+3", "'-2+3")]
    [TestCase("@SUM(A1)", "'@SUM(A1)")]
    [TestCase("-2.5e-3", "-2.5e-3")]
    [TestCase("a=b", "a=b")]
    [TestCase("two\nlines", "two\nlines")]
    [TestCase("\t=1", "?=1")]
    [TestCase("", "")]
    public void TablesHaveNoFormulas(string cell, string expected)
    {
        string written = CsvTable.Write(["file", "value"], [[cell, "1"]]);
        var read = new CsvTable("t.csv", new StringReader(written));
        foreach (var (_, fields) in read.Rows()) Assert.That(fields, Is.EqualTo(new[] { expected, "1" }));
    }
}
