using System;
using System.Linq;

namespace VaeContent.Trainer.Images;

/// <summary>
/// Finds the grid of a sprite sheet: one whose lines cut no drawing. Of several, the one of the smallest cells that artists use
/// (multiples of 16, then of 8 pixels), without gaps sooner than with.
/// </summary>
internal static class GridSearch
{
    private const int SmallestCell = 8, LargestCell = 128, LargestGap = 8;
    private const double Harmless = 0.02, Harmful = 0.1, LeastBackground = 0.2, FewTransparent = 0.05;

    /// <summary>The grid of a sheet; null where none suits, or where it would have a single cell.</summary>
    public static SheetGrid? Find(Bitmap sheet)
    {
        if (Content(sheet) is not { } content) return null;
        Axis? across = Search(new Lines(content, sheet.Width, sheet.Height, isColumns: true)),
            down = Search(new Lines(content, sheet.Width, sheet.Height, isColumns: false));
        if (across is not { } x || down is not { } y || x.Count(sheet.Width) * y.Count(sheet.Height) < 2) return null;
        return new SheetGrid(x.Cell, y.Cell, x.Margin, y.Margin, x.Spacing, y.Spacing);
    }

    /// <summary>Whether the lines of a grid cut through drawings, and those of another would not.</summary>
    public static bool CutsDrawings(Bitmap sheet, SheetGrid grid, out SheetGrid better)
    {
        better = default;
        if (Content(sheet) is not { } content) return false;
        var x = new Axis(grid.CellWidth, grid.SpacingX, grid.Left);
        var y = new Axis(grid.CellHeight, grid.SpacingY, grid.Top);
        double damage = Math.Max(new Lines(content, sheet.Width, sheet.Height, isColumns: true).Damage(x),
            new Lines(content, sheet.Width, sheet.Height, isColumns: false).Damage(y));
        if (damage < Harmful || Find(sheet) is not { } found) return false;
        better = found;
        return true;
    }

    // Which pixels are part of drawings; null where no background can be told.
    private static bool[]? Content(Bitmap sheet)
    {
        int transparent = sheet.Pixels.Count(pixel => pixel.A < 8);
        if (transparent > FewTransparent * sheet.Pixels.Length) return Array.ConvertAll(sheet.Pixels, pixel => pixel.A >= 8);
        var background = sheet.Pixels.CountBy(pixel => pixel).MaxBy(pair => pair.Value);
        return background.Value < LeastBackground * sheet.Pixels.Length ? null
            : Array.ConvertAll(sheet.Pixels, pixel => pixel != background.Key);
    }

    private static Axis? Search(Lines lines)
    {
        if (lines.Size < SmallestCell) return null;
        Axis? best = null;
        double least = double.MaxValue;
        for (int cell = SmallestCell; cell <= Math.Min(LargestCell, lines.Size); cell++)
        {
            for (int spacing = 0; spacing <= LargestGap; spacing++)
            {
                for (int margin = 0; margin <= LargestGap; margin++)
                {
                    var axis = new Axis(cell, spacing, margin);
                    double cost = axis.Cost(lines.Size);
                    if (cost >= least || lines.Damage(axis) > Harmless) continue;
                    (best, least) = (axis, cost);
                }
            }
        }
        return best;
    }

    private readonly record struct Axis(int Cell, int Spacing, int Margin)
    {
        public int Count(int size) => Math.Max(0, size - Margin + Spacing) / (Cell + Spacing);

        // How unusual it would be.
        public double Cost(int size)
        {
            int count = Count(size);
            if (count == 0) return double.MaxValue;
            int rest = size - Margin - (count * (Cell + Spacing)) + Spacing;
            bool fits = rest == 0 || rest == Margin || rest == Spacing || rest == Margin + Spacing;
            double odd = Cell % 16 == 0 ? 0 : Cell % 8 == 0 ? 1 : Cell % 4 == 0 ? 2.5 : Cell % 2 == 0 ? 3.5 : 4.5;
            return odd + (3 * Math.Log2(Cell / (double)SmallestCell)) + (Spacing > 0 ? 1 + (0.3 * Spacing) : 0)
                + (Margin > 0 ? 1 + (0.3 * Margin) : 0) + (fits ? 0 : 2);
        }
    }

    // What lies in the columns of a sheet, or in its rows.
    private sealed class Lines
    {
        private readonly int[] _filled, _crossing; // pixels of drawings in a line; of those, in the line before as well

        public Lines(bool[] content, int width, int height, bool isColumns)
        {
            Size = isColumns ? width : height;
            (_filled, _crossing) = (new int[Size], new int[Size]);
            int step = isColumns ? 1 : width;
            for (int i = 0; i < content.Length; i++)
            {
                if (!content[i]) continue;
                int line = isColumns ? i % width : i / width;
                _filled[line]++;
                if (line > 0 && content[i - step]) _crossing[line]++;
            }
        }

        public int Size { get; }

        // The share of what lies at cell borders that is cut, or lies outside of all cells: 0 for a grid that suits.
        public double Damage(Axis axis)
        {
            long cut = 0, all = 0;
            for (int line = 0; line < Size; line++)
            {
                all += _filled[line];
                int at = line - axis.Margin, inCell = at < 0 ? -1 : at % (axis.Cell + axis.Spacing);
                bool isGap = at < 0 || inCell >= axis.Cell;
                if (isGap) cut += _filled[line];
                else if (inCell == 0 && axis.Spacing == 0 && line > 0 && at > 0) cut += _crossing[line];
            }
            // Per line of the grid, against the mean line.
            int borders = Math.Max(1, axis.Count(Size) * Math.Max(1, axis.Spacing) + axis.Margin);
            return all == 0 ? 1 : (double)cut / borders / ((double)all / Size);
        }
    }
}
