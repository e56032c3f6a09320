using System;
using System.Buffers;

namespace VaeContent.Trainer.Data;

/// <summary>A picture in a <see cref="PixelFile"/>.</summary>
/// <param name="File">The file.</param>
/// <param name="At">Where the picture begins in it.</param>
/// <param name="Width">Its columns.</param>
/// <param name="Height">Its rows.</param>
internal sealed record StoredPixels(PixelFile File, long At, int Width, int Height)
{
    /// <summary>Writes the picture on a canvas as <see cref="Canvas.Place"/> does. No managed memory is allocated.</summary>
    public void PlaceOn(Canvas canvas, Span<Rgba32> target)
    {
        if ((Width, Height) == (canvas.Width, canvas.Height))
        {
            File.Read(At, target);
            return;
        }
        Rgba32[] rented = ArrayPool<Rgba32>.Shared.Rent(Width * Height);
        Span<Rgba32> picture = rented.AsSpan(0, Width * Height);
        File.Read(At, picture);
        canvas.Place(picture, Width, target);
        ArrayPool<Rgba32>.Shared.Return(rented);
    }
}
