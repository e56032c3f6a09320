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
        Assert.That(rows.Select(r => r.Line), Is.EqualTo(new[] { 2, 5, 6 }));
        Assert.That(rows.Select(r => string.Join("|", r.Fields)), Is.EqualTo(new[] { "1|two\nlines", "3\"|", "|" }));
    }

    [Test]
    public void ColumnsAreFoundWhateverTheirCase() =>
        Assert.That(new CsvTable("t.csv", new StringReader("File,LABEL")).IndexOf("label"), Is.EqualTo(1));
}
