namespace VaeContent.Trainer.Model;

/// <summary>Pixels in blocks of 2x2, row by row, each a channel of maps of half the sprite's size.</summary>
internal static class PixelBlocks
{
    /// <summary>Blocks that a kernel of 3x3 sees.</summary>
    public const int Around = 9;

    /// <summary>
    /// Where a pixel near another one lies in a kernel (4, S, S) over the four pixels of the other's block and of blocks around.
    /// </summary>
    /// <param name="pixel">0 to 3.</param>
    /// <param name="down">Rows from the pixel to the near one.</param>
    /// <param name="right">Columns from the pixel to the near one.</param>
    /// <param name="size">S, odd.</param>
    public static int Tap(int pixel, int down, int right, int size = 3)
    {
        int y = (pixel / 2) + down, x = (pixel % 2) + right, channel = ((y & 1) * 2) + (x & 1);
        return (((channel * size) + (size / 2) + (y >> 1)) * size) + (size / 2) + (x >> 1);
    }

    /// <summary>
    /// A kernel (4, 4, S, S) with ones at all pixels up to a distance from each pixel of a block, itself among them.
    /// </summary>
    /// <param name="reach">The distance, in pixels along either side.</param>
    /// <param name="size">S, odd.</param>
    public static float[] Square(int reach, int size)
    {
        var kernel = new float[16 * size * size];
        for (int pixel = 0; pixel < 4; pixel++)
        {
            for (int down = -reach; down <= reach; down++)
            {
                for (int right = -reach; right <= reach; right++)
                    kernel[(pixel * 4 * size * size) + Tap(pixel, down, right, size)] = 1f;
            }
        }
        return kernel;
    }
}
