using System;

namespace VaeContent.Trainer.Data;

/// <summary>Where a sprite's visible pixels lie, and how it is put down in a batch.</summary>
/// <param name="Left">Empty columns to the left of the first visible pixel.</param>
/// <param name="Top">Empty rows above it.</param>
/// <param name="Right">Empty columns to the right.</param>
/// <param name="Bottom">Empty rows below.</param>
internal readonly record struct Placement(int Left, int Top, int Right, int Bottom)
{
    /// <summary>The margins of a picture; those of a blank one are 0.</summary>
    public static Placement Margins(ReadOnlySpan<Rgba32> pixels, int width)
    {
        int height = pixels.Length / width, left = width, right = -1, top = height, bottom = -1;
        for (int i = 0; i < pixels.Length; i++)
        {
            if (pixels[i].A == 0) continue;
            int x = i % width, y = i / width;
            (left, right) = (int.Min(left, x), int.Max(right, x));
            (top, bottom) = (int.Min(top, y), int.Max(bottom, y));
        }
        return right < 0 ? default : new Placement(left, top, width - 1 - right, height - 1 - bottom);
    }

    /// <summary>Copies a picture, mirrored if <paramref name="flip"/>, then moved; pixels that come in are zero.</summary>
    public static void Copy<T>(ReadOnlySpan<T> source, Span<T> target, int width, bool flip, int dx, int dy) where T : struct
    {
        if (!flip && dx == 0 && dy == 0)
        {
            source.CopyTo(target);
            return;
        }
        target.Clear();
        int height = source.Length / width;
        int fromX = int.Max(0, -dx), toX = int.Max(0, dx), columns = width - Math.Abs(dx);
        for (int y = int.Max(0, -dy); y < height - int.Max(0, dy); y++)
        {
            ReadOnlySpan<T> row = source.Slice(y * width, width);
            Span<T> line = target.Slice((y + dy) * width + toX, columns);
            if (flip)
            {
                row.Slice(width - fromX - columns, columns).CopyTo(line);
                line.Reverse();
            }
            else
            {
                row.Slice(fromX, columns).CopyTo(line);
            }
        }
    }
}
