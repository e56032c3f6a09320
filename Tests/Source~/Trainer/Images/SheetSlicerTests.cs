using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer;
using VaeContent.Trainer.Images;

namespace VaeContent.Tests.Trainer.Images;

public sealed class SheetSlicerTests
{
    [TestCase("16x16", 0, 0, 0, 0, 0, 0, "16x16")]
    [TestCase("16X16:2", 2, 2, 2, 2, 0, 0, "16x16:2")]
    [TestCase("16x16:0:1", 0, 0, 0, 0, 1, 1, "16x16:0:1")]
    [TestCase("16x16:3:4", 3, 3, 3, 3, 4, 4, "16x16:3:4")]
    [TestCase("16x16:0:0", 0, 0, 0, 0, 0, 0, "16x16")]
    [TestCase("16x16:2,3", 2, 3, 0, 0, 0, 0, "16x16:2,3")]
    [TestCase("16x16:1,2,3,4:5,6", 1, 2, 3, 4, 5, 6, "16x16:1,2,3,4:5,6")]
    public void GridTextIsReadAndWritten(string text, int left, int top, int right, int bottom, int x, int y, string written)
    {
        var grid = SheetGrid.Parse(text);
        Assert.That(grid, Is.EqualTo(new SheetGrid(16, 16, left, top, x, y, right, bottom)));
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
    [TestCase("16x16:1,2,3")]
    [TestCase("16x16:1:2,3,4")]
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
            sheet.Blit(Cell(i), grid.Left + i % 4 * (3 + grid.SpacingX), grid.Top + i / 4 * (2 + grid.SpacingY));
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
        IReadOnlyList<Bitmap> cells = SheetSlicer.Slice(sheet, new SheetGrid(3, 2), "sheet.png", out int empty, out _);
        Assert.That((cells.Count, empty), Is.EqualTo((1, 5)));
        Assert.That(cells[0][2, 1].A, Is.EqualTo(1));
    }

    [TestCase(100, 64, "16x16", 6, 4, 4, 0)]
    [TestCase(64, 100, "16x16:1:1", 3, 5, 12, 14)]
    [TestCase(134, 84, "16x16:0:1", 7, 5, 16, 0)]
    [TestCase(137, 86, "16x16:2,2:1", 8, 5, 0, 0)]
    [TestCase(17, 34, "16x16:0:1", 1, 2, 0, 0)]
    public void WhatIsLessThanACellIsLeftOver(int width, int height, string grid, int columns, int rows, int x, int y)
    {
        var sheet = new Bitmap(width, height);
        for (int i = 0; i < sheet.Pixels.Length; i++) sheet.Pixels[i] = new Rgba32((byte)i, (byte)(i >> 8), 0);
        Assert.That(SheetSlicer.Slice(sheet, SheetGrid.Parse(grid), "sheet.png", out _, out (int X, int Y) rest),
            Has.Count.EqualTo(columns * rows));
        Assert.That(rest, Is.EqualTo((x, y)));
    }

    [TestCase(8, 8, "16x16")]
    [TestCase(16, 16, "16x16:20")]
    [TestCase(1, 16, "16x16:0:1")]
    public void AGridOfNoCellIsRefused(int width, int height, string grid) => Assert.That(() =>
        SheetSlicer.Slice(new Bitmap(width, height), SheetGrid.Parse(grid), "sheet.png"),
        Throws.TypeOf<UserError>().With.Message.StartsWith($"'sheet.png' is {width}x{height} pixels").And.Message.Contains(grid));

    private static Bitmap Cell(int i) => new(3, 2, Enumerable.Range(0, 6).Select(p => new Rgba32((byte)i, (byte)p, 0)).ToArray());
}
