using System;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Data;

/// <summary>One picture as read, before it has a place on the canvas.</summary>
/// <param name="Source">As <see cref="Sprite.Source"/>; null where it is <see cref="Stored"/>.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Pixels">Its pixels; null when it is blank, larger than any sprite may be, or <see cref="Stored"/>.</param>
/// <param name="IsBlank">Whether no pixel is visible.</param>
internal readonly record struct Picture(PicturePath? Source, int Width, int Height, Rgba32[]? Pixels, bool IsBlank)
{
    /// <summary>Takes over a bitmap's pixels, with their alpha as <see cref="AlphaBands"/> has it.</summary>
    public static Picture FromBitmap(PicturePath path, Bitmap bitmap)
    {
        bool isBlank = true, isSnapped = false;
        foreach (ref Rgba32 pixel in bitmap.Pixels.AsSpan())
        {
            byte alpha = pixel.A;
            if (alpha == 255)
            {
                isBlank = false;
                continue;
            }
            pixel = AlphaBands.Snap(pixel);
            if (pixel.A != alpha) isSnapped = true;
            if (pixel.A > 0) isBlank = false;
        }
        bool isUsable = !isBlank && bitmap.Width <= Canvas.MaxSide && bitmap.Height <= Canvas.MaxSide;
        return new Picture(path, bitmap.Width, bitmap.Height, isUsable ? bitmap.Pixels : null, isBlank) { IsSnapped = isSnapped };
    }

    /// <summary>Whether an alpha was moved to the end of its band.</summary>
    public bool IsSnapped { get; private init; }

    /// <summary>As <see cref="Sprite.Source"/>.</summary>
    public PicturePath Path => Source ?? Stored!.Value.Source;

    /// <summary>Its pixels and its name where they do not lie in memory.</summary>
    public StoredPixels? Stored { get; init; }

    /// <summary>The picture on a canvas, as a sprite.</summary>
    public Sprite PlaceOn(Canvas canvas)
    {
        if (Stored is { } stored) return new Sprite(stored, canvas);
        Rgba32[] source = Pixels ?? throw new InvalidOperationException($"'{Path}' has no pixels to place");
        if ((Width, Height) == (canvas.Width, canvas.Height)) return new Sprite(Path, source);
        var placed = new Rgba32[canvas.Width * canvas.Height];
        canvas.Place(source, Width, placed);
        return new Sprite(Path, placed);
    }
}
