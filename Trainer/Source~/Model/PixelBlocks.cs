using System;

namespace VaeContent.Trainer.Model;

/// <summary>Pixels in blocks of 2x2, row by row, each a channel of maps of half the sprite's size.</summary>
internal static class PixelBlocks
{
    /// <summary>Blocks that a kernel of 3x3 sees.</summary>
    public const int Around = 9;

    /// <summary>
    /// Where the neighbour of a pixel lies in a kernel (4, 3, 3) over the four pixels of its block and of those around it.
    /// </summary>
    /// <param name="pixel">0 to 3.</param>
    /// <param name="down">Rows from the pixel to the neighbour, -1 to 1.</param>
    /// <param name="right">Columns from the pixel to the neighbour, -1 to 1.</param>
    public static int Tap(int pixel, int down, int right)
    {
        int y = (pixel / 2) + down, x = (pixel % 2) + right; // -1..2
        int block = ((1 + (int)MathF.Floor(y / 2f)) * 3) + 1 + (int)MathF.Floor(x / 2f), channel = ((y & 1) * 2) + (x & 1);
        return (channel * Around) + block;
    }
}
