using System;
using System.Collections.Generic;

namespace VaeContent.Trainer.Images;

/// <summary>Cuts sprite sheets into sprites.</summary>
public static class SheetSlicer
{
    /// <summary>The cells of <paramref name="sheet"/> that show anything, row by row.</summary>
    /// <exception cref="UserError">Not one cell fits the sheet, which the message calls <paramref name="name"/>.</exception>
    public static IReadOnlyList<Bitmap> Slice(Bitmap sheet, SheetGrid grid, string name) =>
        Slice(sheet, grid, name, out _, out _);

    /// <summary>
    /// The whole cells of <paramref name="sheet"/> that show anything, row by row; <paramref name="empty"/> counts those left out
    /// because they are invisible or of one colour. <paramref name="rest"/> says what lies behind the last whole cell, in columns
    /// and rows, and is neither margin nor spacing.
    /// </summary>
    /// <exception cref="UserError">Not one cell fits the sheet, which the message calls <paramref name="name"/>.</exception>
    public static IReadOnlyList<Bitmap> Slice(Bitmap sheet, SheetGrid grid, string name, out int empty, out (int X, int Y) rest)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(grid.CellWidth, nameof(grid));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(grid.CellHeight, nameof(grid));
        var (columns, restX) = Count(sheet.Width, grid.CellWidth, grid.Left, grid.Right, grid.SpacingX);
        var (rows, restY) = Count(sheet.Height, grid.CellHeight, grid.Top, grid.Bottom, grid.SpacingY);
        if (columns < 1 || rows < 1)
            throw new UserError($"'{name}' is {sheet.Width}x{sheet.Height} pixels, too small for one cell of the grid {grid}. "
                + "Correct the grid (WIDTHxHEIGHT:MARGIN:SPACING), or leave the file out.");

        var cells = new List<Bitmap>();
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                Bitmap cell = sheet.Crop(grid.Left + (column * (grid.CellWidth + grid.SpacingX)),
                    grid.Top + (row * (grid.CellHeight + grid.SpacingY)), grid.CellWidth, grid.CellHeight);
                if (!cell.IsInvisible() && !IsOneColour(cell)) cells.Add(cell);
            }
        }
        empty = rows * columns - cells.Count;
        rest = (restX, restY);
        return cells;
    }

    // Whole cells, and what is left over; a spacing behind the last cell is common.
    private static (int Cells, int Over) Count(int size, int cell, int before, int behind, int spacing)
    {
        int count = Math.Max(0, size - before - behind + spacing) / (cell + spacing);
        int rest = size - before - behind - (count * (cell + spacing)) + spacing;
        return (count, rest == spacing ? 0 : rest);
    }

    private static bool IsOneColour(Bitmap cell) => cell.Pixels.AsSpan().IndexOfAnyExcept(cell.Pixels[0]) < 0;
}
