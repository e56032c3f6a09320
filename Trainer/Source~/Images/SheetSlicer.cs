using System;
using System.Collections.Generic;

namespace VaeContent.Trainer.Images;

/// <summary>Cuts sprite sheets into sprites.</summary>
public static class SheetSlicer
{
    /// <summary>The cells of <paramref name="sheet"/> that show anything, row by row.</summary>
    /// <exception cref="UserError">The grid does not fit the sheet, which the message calls <paramref name="name"/>.</exception>
    public static IReadOnlyList<Bitmap> Slice(Bitmap sheet, SheetGrid grid, string name) => Slice(sheet, grid, name, out _);

    /// <summary>
    /// The cells of <paramref name="sheet"/> that show anything, row by row; <paramref name="empty"/> counts those left out
    /// because all their pixels have alpha 0. The sheet may end with a cell or with the spacing behind it.
    /// </summary>
    /// <exception cref="UserError">The grid does not fit the sheet, which the message calls <paramref name="name"/>.</exception>
    public static IReadOnlyList<Bitmap> Slice(Bitmap sheet, SheetGrid grid, string name, out int empty)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(grid.CellWidth, nameof(grid));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(grid.CellHeight, nameof(grid));
        ArgumentOutOfRangeException.ThrowIfNegative(grid.Margin, nameof(grid));
        ArgumentOutOfRangeException.ThrowIfNegative(grid.Spacing, nameof(grid));
        int columns = Count(sheet.Width, grid.CellWidth, grid, "wide", name);
        int rows = Count(sheet.Height, grid.CellHeight, grid, "high", name);

        var cells = new List<Bitmap>();
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                int x = grid.Margin + column * (grid.CellWidth + grid.Spacing);
                int y = grid.Margin + row * (grid.CellHeight + grid.Spacing);
                Bitmap cell = sheet.Crop(x, y, grid.CellWidth, grid.CellHeight);
                if (!cell.IsInvisible()) cells.Add(cell);
            }
        }
        empty = rows * columns - cells.Count;
        return cells;
    }

    // margin + n cells with spacing between them + margin = size; a spacing behind the last cell is common and allowed.
    private static int Count(int size, int cell, SheetGrid grid, string direction, string name)
    {
        long room = size - 2L * grid.Margin;
        long step = (long)cell + grid.Spacing;
        if (room >= cell && ((room + grid.Spacing) % step == 0 || room % step == 0)) return (int)((room + grid.Spacing) / step);

        long fits = Math.Max(1, (room + grid.Spacing) / step);
        throw new UserError($"'{name}' is {size} pixels {direction}, but grid {grid} (cell {cell}, margin {grid.Margin}, " +
            $"spacing {grid.Spacing}) needs {Needs(fits)} for {Cells(fits)} or {Needs(fits + 1)} for {Cells(fits + 1)}. " +
            "Correct the grid (WIDTHxHEIGHT:MARGIN:SPACING) or the sheet.");

        long Needs(long count) => 2L * grid.Margin + count * step - grid.Spacing;
        static string Cells(long count) => count == 1 ? "1 cell" : $"{count} cells";
    }
}
