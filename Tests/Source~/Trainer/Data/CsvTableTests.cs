using System.IO;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Data;

namespace VaeContent.Tests.Trainer.Data;

public sealed class CsvTableTests
{
    [Test]
    public void QuotesLineBreaksAndBlankLinesAreUnderstood()
    {
        var table = new CsvTable("t.csv", new StringReader("a, b\r\n1,\"two\r\nlines\"\r\n\r\n\"3\"\"\",\r\n,\"\""));
        (int Line, string[] Fields)[] rows = [.. table.Rows()];
        Assert.That(table.Columns, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(rows.Select(r => r.Line), Is.EqualTo(new[] { 2, 5 }));
        Assert.That(rows.Select(r => string.Join("|", r.Fields)), Is.EqualTo(new[] { "1|two\r\nlines", "3\"|" }));
    }

    [TestCase("file;label;notes, misc\na;b;c")]
    [TestCase("sep=;\nfile;label;notes\na;b;c")]
    [TestCase("file\tlabel\tnotes\na\tb\tc")]
    [TestCase("file,label,\"notes; more; more\"\na,b,c,,,\n,,,,\n")]
    [TestCase(" file , label , notes \r a , \"b\" , c ")]
    public void TablesAreReadAsSpreadsheetsWriteThem(string text)
    {
        var table = new CsvTable("t.csv", new StringReader(text));
        Assert.That((table.IndexOf("file"), table.IndexOf("label"), table.Columns.Length), Is.EqualTo((0, 1, 3)));
        Assert.That(table.Rows().Single().Fields, Is.EqualTo(new[] { "a", "b", "c" }));
    }

    [Test]
    public void WhatIsWrittenIsRead()
    {
        string[] odd = ["a,b", "say \"so\"", "two\nlines", ""];
        var table = new CsvTable("t.csv", new StringReader(CsvTable.Write(["p", "q", "r", "s"], [odd])));
        Assert.That(table.Rows().Single().Fields, Is.EqualTo(odd));
    }

    [Test]
    public void ColumnsAreFoundWhateverTheirCase() =>
        Assert.That(new CsvTable("t.csv", new StringReader("File,LABEL")).IndexOf("label"), Is.EqualTo(1));
}
