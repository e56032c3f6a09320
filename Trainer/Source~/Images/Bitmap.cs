using System;

namespace VaeContent.Trainer.Images;

/// <summary>A picture in memory: straight-alpha RGBA pixels, row by row, top row first.</summary>
public sealed class Bitmap
{
    /// <summary>A picture of <paramref name="width"/> x <paramref name="height"/> pixels, all of them 0 (invisible).</summary>
    public Bitmap(int width, int height) : this(width, height, new Rgba32[checked(width * height)])
    {
    }

    /// <summary>A picture over <paramref name="pixels"/>, which it keeps: width x height of them.</summary>
    public Bitmap(int width, int height, Rgba32[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (pixels.Length != width * height)
            throw new ArgumentException($"{width}x{height} needs {width * height} pixels, got {pixels.Length}", nameof(pixels));
        Width = width;
        Height = height;
        Pixels = pixels;
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The pixels, row by row; pixel (x, y) is at <c>y * Width + x</c>.</summary>
    public Rgba32[] Pixels { get; }

    /// <summary>The pixel in column <paramref name="x"/> of row <paramref name="y"/>.</summary>
    public ref Rgba32 this[int x, int y] => ref Pixels[y * Width + x];
}
