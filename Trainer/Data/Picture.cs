using System;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Data;

/// <summary>One picture as read, before it has a place on the canvas.</summary>
/// <param name="Path">As <see cref="Sprite.Path"/>.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Pixels">Its pixels; null when it is blank or larger than any sprite may be.</param>
/// <param name="IsBlank">Whether no pixel is visible.</param>
internal readonly record struct Picture(string Path, int Width, int Height, Rgba32[]? Pixels, bool IsBlank)
{
    /// <summary>Takes over a bitmap's pixels and clears the colours nobody can see.</summary>
    public static Picture Of(string path, Bitmap bitmap)
    {
        bool isBlank = true;
        foreach (ref Rgba32 pixel in bitmap.Pixels.AsSpan())
        {
            if (pixel.A == 0)
                pixel = default;
            else
                isBlank = false;
        }
        bool isUsable = !isBlank && bitmap.Width <= Canvas.MaxSide && bitmap.Height <= Canvas.MaxSide;
        return new Picture(path, bitmap.Width, bitmap.Height, isUsable ? bitmap.Pixels : null, isBlank);
    }

    /// <summary>The pixels on a canvas: centred horizontally, standing on its bottom row, nothing around them.</summary>
    public Rgba32[] PlaceOn(Canvas canvas)
    {
        Rgba32[] source = Pixels ?? throw new InvalidOperationException($"'{Path}' has no pixels to place");
        if ((Width, Height) == (canvas.Width, canvas.Height)) return source;
        var placed = new Rgba32[canvas.Width * canvas.Height];
        int left = (canvas.Width - Width) / 2, top = canvas.Height - Height;
        for (int y = 0; y < Height; y++)
            source.AsSpan(y * Width, Width).CopyTo(placed.AsSpan((top + y) * canvas.Width + left));
        return placed;
    }
}
