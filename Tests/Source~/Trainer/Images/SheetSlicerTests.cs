using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer;
using VaeContent.Trainer.Images;

namespace VaeContent.Tests.Trainer.Images;

public sealed class SheetSlicerTests
{
    [TestCase("16x16", 16, 16, 0, 0, "16x16")]
    [TestCase("16X24:2", 16, 24, 2, 0, "16x24:2")]
    [TestCase("8x8:0:1", 8, 8, 0, 1, "8x8:0:1")]
    [TestCase("1x2:3:4", 1, 2, 3, 4, "1x2:3:4")]
    [TestCase("16x16:0:0", 16, 16, 0, 0, "16x16")]
    public void GridTextIsReadAndWritten(string text, int width, int height, int margin, int spacing, string written)
    {
        var grid = SheetGrid.Parse(text);
        Assert.That(grid, Is.EqualTo(new SheetGrid(width, height, margin, spacing)));
        Assert.That(grid.ToString(), Is.EqualTo(written));
        Assert.That(SheetGrid.Parse(written), Is.EqualTo(grid));
    }

    [TestCase("")]
    [TestCase("16")]
    [TestCase("16x")]
    [TestCase("0x16")]
    [TestCase("16x0")]
    [TestCase("-1x16")]
    [TestCase("16x16x16")]
    [TestCase("16x16:")]
    [TestCase("16x16:1:2:3")]
    [TestCase("16x16+1")]
    [TestCase("16 x 16")]
    [TestCase("9999x16")]
    [TestCase("99999999999x16")]
    public void OtherGridTextIsAUserErrorThatShowsTheForm(string text) =>
        Assert.That(Assert.Throws<UserError>(() => SheetGrid.Parse(text))!.Message,
            Does.StartWith($"'{text}' ").And.Contains("WIDTHxHEIGHT[:MARGIN[:SPACING]]").And.Contains("16x16:0:1"));

    [TestCase("3x2", 12, 6)]
    [TestCase("3x2:2", 16, 10)]
    [TestCase("3x2:0:1", 15, 8)]
    [TestCase("3x2:0:1", 16, 9)]
    [TestCase("3x2:2:1", 19, 12)]
    public void CellsComeRowByRowWithoutTheGaps(string text, int width, int height)
    {
        var grid = SheetGrid.Parse(text);
        var sheet = new Bitmap(width, height);
        System.Array.Fill(sheet.Pixels, new Rgba32(255, 0, 255));
        for (int i = 0; i < 12; i++)
            sheet.Blit(Cell(i), grid.Margin + i % 4 * (3 + grid.Spacing), grid.Margin + i / 4 * (2 + grid.Spacing));
        IReadOnlyList<Bitmap> cells = SheetSlicer.Slice(sheet, grid, "sheet.png");
        Assert.That(cells, Has.Count.EqualTo(12));
        for (int i = 0; i < 12; i++) Assert.That(cells[i].Pixels, Is.EqualTo(Cell(i).Pixels));
    }

    [Test]
    public void EmptyCellsAreDroppedAndCounted()
    {
        var sheet = new Bitmap(9, 4);
        sheet.Pixels[0] = new Rgba32(1, 2, 3, 0);
        sheet[8, 3] = new Rgba32(1, 2, 3, 1);
        IReadOnlyList<Bitmap> cells = SheetSlicer.Slice(sheet, new SheetGrid(3, 2), "sheet.png", out int empty);
        Assert.That((cells.Count, empty), Is.EqualTo((1, 5)));
        Assert.That(cells[0][2, 1].A, Is.EqualTo(1));
    }

    [TestCase(100, 64, "16x16", "100 pixels wide", "needs 96 for 6 cells or 112 for 7 cells")]
    [TestCase(64, 100, "16x16:1:1", "64 pixels wide", "needs 52 for 3 cells or 69 for 4 cells")]
    [TestCase(16, 100, "16x16", "100 pixels high", "needs 96 for 6 cells")]
    [TestCase(8, 8, "16x16", "8 pixels wide", "needs 16 for 1 cell or 32 for 2 cells")]
    [TestCase(16, 16, "16x16:20", "16 pixels wide", "needs 56 for 1 cell")]
    [TestCase(1, 16, "16x16:0:1", "1 pixels wide", "needs 16 for 1 cell")]
    public void AGridThatDoesNotFitSaysTheNumbers(int width, int height, string grid, string found, string expected)
    {
        var sheet = new Bitmap(width, height);
        var error = Assert.Throws<UserError>(() => SheetSlicer.Slice(sheet, SheetGrid.Parse(grid), "sheet.png"));
        Assert.That(error!.Message, Does.StartWith("'sheet.png' is "));
        Assert.That(error.Message, Does.Contain(found).And.Contains(grid).And.Contains(expected));
    }

    private static Bitmap Cell(int i) => new(3, 2, Enumerable.Range(0, 6).Select(p => new Rgba32((byte)i, (byte)p, 0)).ToArray());
}
