using System;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Painting;

/// <summary>The sprite while it is painted: palette indices, and the rules by which parts cover one another.</summary>
internal sealed class Canvas
{
    internal const int Size = 32;

    private static readonly (int X, int Y)[] Sides = [(-1, 0), (1, 0), (0, -1), (0, 1)];

    private byte[] _pixels = new byte[Size * Size];

    private byte this[int x, int y] =>
        (uint)x < Size && (uint)y < Size ? _pixels[y * Size + x] : HeroPalette.Clear;

    /// <summary>
    /// Lays <paramref name="part"/> over what is there. Where it covers the figure, its border gets a line in the dark tone
    /// of its own material, so that parts stay apart without black lines inside the figure. <paramref name="widen"/> makes the
    /// part one column wider (1) or narrower (-1) on each side of the middle; rows above <paramref name="fromRow"/> are left out.
    /// </summary>
    internal void Lay(Part part, Wardrobe wardrobe, int widen = 0, int fromRow = 0, bool lined = true)
    {
        // Widening moves a column by one at most, and the line lies one pixel outside the part.
        int left = int.Max(part.X - 2, 0), right = int.Min(part.X + part.Width + 1, Size - 1);
        int top = int.Max(part.Y - 1, fromRow), bottom = int.Min(part.Y + part.Height, Size - 1);
        for (int y = top; lined && y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                if (this[x, y] == HeroPalette.Clear || Symbol(part, x, y, widen, fromRow) != '.') continue;
                foreach (var (dx, dy) in Sides)
                {
                    char beside = Symbol(part, x + dx, y + dy, widen, fromRow);
                    if (beside != '.') _pixels[y * Size + x] = wardrobe.Line(beside);
                }
            }
        }
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                char symbol = Symbol(part, x, y, widen, fromRow);
                if (symbol != '.') _pixels[y * Size + x] = wardrobe.Colour(symbol);
            }
        }
    }

    /// <summary>Takes <paramref name="count"/> rows out from <paramref name="row"/> on; what is above sinks.</summary>
    internal void Shorten(int row, int count)
    {
        var shorter = new byte[Size * Size];
        for (int y = count; y < Size; y++)
        {
            int source = y < row + count ? y - count : y;
            Array.Copy(_pixels, source * Size, shorter, y * Size, Size);
        }
        _pixels = shorter;
    }

    /// <summary>Draws the ink line around the whole figure.</summary>
    internal void Outline()
    {
        var outlined = (byte[])_pixels.Clone();
        for (int y = 0; y < Size; y++)
        {
            for (int x = 0; x < Size; x++)
            {
                if (this[x, y] != HeroPalette.Clear) continue;
                foreach (var (dx, dy) in Sides)
                {
                    if (this[x + dx, y + dy] != HeroPalette.Clear) outlined[y * Size + x] = HeroPalette.Ink;
                }
            }
        }
        _pixels = outlined;
    }

    internal Bitmap ToBitmap()
    {
        var bitmap = new Bitmap(Size, Size);
        for (int i = 0; i < _pixels.Length; i++) bitmap.Pixels[i] = HeroPalette.Colours[_pixels[i]];
        return bitmap;
    }

    // Widening doubles (or drops) columns 13 and 18: between them lie buckles and emblems, which must keep their shape.
    private static char Symbol(Part part, int x, int y, int widen, int fromRow)
    {
        if (y < fromRow) return '.';
        int source = x switch
        {
            <= 13 when widen > 0 => x < 13 ? x + 1 : x,
            >= 18 when widen > 0 => x > 18 ? x - 1 : x,
            <= 13 when widen < 0 => x - 1,
            >= 18 when widen < 0 => x + 1,
            _ => x,
        };
        int column = source - part.X, row = y - part.Y;
        return (uint)column < (uint)part.Width && (uint)row < (uint)part.Height ? part.Rows[row][column] : '.';
    }
}
