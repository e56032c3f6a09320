using NUnit.Framework;
using VaeContent.Trainer.Data;

namespace VaeContent.Tests.Trainer.Data;

public sealed class CsvTableTests
{
    [Test]
    public void QuotesLineBreaksAndBlankLinesAreUnderstood()
    {
        CsvTable table = CsvTable.Parse("t.csv", "a, b\r\n1,\"two\r\nlines\"\r\n\r\n\"3\"\"\",\r\n,\"\"");
        Assert.That(table.Columns, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(table.Rows.ConvertAll(r => r.Line), Is.EqualTo(new[] { 2, 5, 6 }));
        Assert.That(table.Rows.ConvertAll(r => string.Join("|", r.Fields)), Is.EqualTo(new[] { "1|two\r\nlines", "3\"|", "|" }));
    }

    [Test]
    public void ColumnsAreFoundWhateverTheirCase() =>
        Assert.That(CsvTable.Parse("t.csv", "File,LABEL").IndexOf("label"), Is.EqualTo(1));
}
