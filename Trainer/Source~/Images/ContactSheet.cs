using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Images;

/// <summary>Puts many sprites on one picture to look at: enlarged, in rows, on a dark slate that suits pixel art.</summary>
public static class ContactSheet
{
    // What picture viewers and engines open.
    private const int MaxSide = 8192;

    // Dark enough for bright sprites, light enough for black outlines, bluish grey so that no sprite colour blends in.
    private static readonly Rgba32 Frame = new(0x2b, 0x30, 0x3b);
    private static readonly Rgba32 DarkSquare = new(0x3f, 0x46, 0x54);
    private static readonly Rgba32 LightSquare = new(0x47, 0x4f, 0x5e);

    // Side of a checker square in sprite pixels: a scale to count by, and too coarse to look like dithering.
    private const int Square = 4;

    /// <summary>
    /// An opaque picture of <paramref name="cells"/> in rows of <paramref name="columns"/> (fewer if there are fewer cells),
    /// each enlarged <paramref name="scale"/> times and centred in a slot as large as the largest, slots
    /// <paramref name="gap"/> pixels apart and from the edge. Transparency shows a faint checkerboard, or the plain slate
    /// without <paramref name="checker"/>.
    /// </summary>
    /// <exception cref="UserError">There are no cells, or the picture is larger than what most programs open.</exception>
    public static Bitmap Compose(IReadOnlyList<Bitmap> cells, int columns, int scale = 2, int gap = 2, bool checker = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        ArgumentOutOfRangeException.ThrowIfNegative(gap);
        if (cells.Count == 0)
            throw new UserError("a contact sheet of 0 sprites was asked for, expected at least 1. Raise the count.");

        columns = Math.Min(columns, cells.Count);
        int cellWidth = cells.Max(cell => cell.Width);
        int cellHeight = cells.Max(cell => cell.Height);
        var (width, height) = CheckSize(cells.Count, columns, cellWidth, cellHeight, scale, gap);
        var sheet = new Bitmap(width, height);
        Array.Fill(sheet.Pixels, Frame);

        Bitmap slot = Slot(cellWidth, cellHeight, checker).Scale(scale);
        for (int i = 0; i < cells.Count; i++)
        {
            Bitmap cell = cells[i];
            int x = gap + i % columns * (slot.Width + gap);
            int y = gap + i / columns * (slot.Height + gap);
            sheet.Blit(slot, x, y);
            sheet.Draw(cell.Scale(scale), x + (cellWidth - cell.Width) / 2 * scale, y + (cellHeight - cell.Height) / 2 * scale);
        }
        return sheet;
    }

    private static long Side(int count, int cell, int scale, int gap) => gap + count * ((long)cell * scale + gap);

    /// <summary>The size of such a picture, known before its sprites are.</summary>
    /// <exception cref="UserError">It is larger than what most programs open.</exception>
    public static (int Width, int Height) CheckSize(int cells, int columns, int cellWidth, int cellHeight, int scale, int gap = 2)
    {
        columns = Math.Min(columns, cells);
        long width = Side(columns, cellWidth, scale, gap), height = Side((cells - 1) / columns + 1, cellHeight, scale, gap);
        if (width > MaxSide || height > MaxSide || width * height > PictureReader.MaxPixels)
        {
            throw new UserError($"a contact sheet of {cells} sprites would be {width}x{height} pixels, expected at most " +
                $"{MaxSide} a side and {PictureReader.MaxPixels} in all. " +
                "Take fewer sprites, a smaller scale or other columns.");
        }
        return ((int)width, (int)height);
    }

    private static Bitmap Slot(int width, int height, bool checker)
    {
        var slot = new Bitmap(width, height);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                slot[x, y] = checker && (x / Square + y / Square) % 2 == 1 ? LightSquare : DarkSquare;
        }
        return slot;
    }
}
