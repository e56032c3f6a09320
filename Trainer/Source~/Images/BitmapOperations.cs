using System;

namespace VaeContent.Trainer.Images;

/// <summary>Cutting, enlarging and combining pictures, pixel for pixel.</summary>
public static class BitmapOperations
{
    /// <summary>A copy that is <paramref name="factor"/> times as wide and high, every pixel a square block.</summary>
    public static Bitmap Scale(this Bitmap source, int factor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        var result = new Bitmap(checked(source.Width * factor), checked(source.Height * factor));
        for (int y = 0; y < result.Height; y++)
        {
            for (int x = 0; x < result.Width; x++) result[x, y] = source[x / factor, y / factor];
        }
        return result;
    }

    /// <summary>A copy of the given rectangle, which must lie inside <paramref name="source"/>.</summary>
    public static Bitmap Crop(this Bitmap source, int x, int y, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, source.Width - x);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, source.Height - y);
        var result = new Bitmap(width, height);
        for (int row = 0; row < height; row++)
            source.Pixels.AsSpan((y + row) * source.Width + x, width).CopyTo(result.Pixels.AsSpan(row * width));
        return result;
    }

    /// <summary>Whether no pixel shows: alpha is 0 everywhere.</summary>
    public static bool IsInvisible(this Bitmap bitmap)
    {
        foreach (Rgba32 pixel in bitmap.Pixels)
        {
            if (pixel.A != 0) return false;
        }
        return true;
    }

    /// <summary>
    /// Copies <paramref name="source"/>, alpha included, with its top left pixel to (<paramref name="x"/>, <paramref name="y"/>)
    /// of <paramref name="target"/>; what lies outside is left out.
    /// </summary>
    public static void Blit(this Bitmap target, Bitmap source, int x, int y)
    {
        int left = Math.Max(0, -x);
        int columns = Math.Min(source.Width, target.Width - x) - left;
        if (columns <= 0) return;
        for (int row = Math.Max(0, -y); row < Math.Min(source.Height, target.Height - y); row++)
        {
            source.Pixels.AsSpan(row * source.Width + left, columns)
                .CopyTo(target.Pixels.AsSpan((y + row) * target.Width + x + left));
        }
    }

    /// <summary>
    /// Paints <paramref name="source"/> over <paramref name="target"/> by its alpha, with its top left pixel at
    /// (<paramref name="x"/>, <paramref name="y"/>); what lies outside is left out.
    /// </summary>
    public static void Draw(this Bitmap target, Bitmap source, int x, int y)
    {
        for (int row = Math.Max(0, -y); row < Math.Min(source.Height, target.Height - y); row++)
        {
            for (int column = Math.Max(0, -x); column < Math.Min(source.Width, target.Width - x); column++)
            {
                ref Rgba32 pixel = ref target[x + column, y + row];
                pixel = Over(source[column, row], pixel);
            }
        }
    }

    // Porter & Duff "over" for straight alpha; the weights are in units of 1/255 squared.
    private static Rgba32 Over(Rgba32 top, Rgba32 below)
    {
        if (top.A == 255) return top;
        int wTop = top.A * 255;
        int wBelow = below.A * (255 - top.A);
        int sum = wTop + wBelow;
        return sum == 0 ? default
            : new Rgba32(Mix(top.R, below.R), Mix(top.G, below.G), Mix(top.B, below.B), (byte)((sum + 127) / 255));

        byte Mix(byte t, byte b) => (byte)((t * wTop + b * wBelow + sum / 2) / sum);
    }
}
