using System;
using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace VaeContent.Trainer.Data;

/// <summary>A picture in a <see cref="PixelFile"/>, its name behind its pixels; its sides are at most <see cref="Canvas.MaxSide"/>.</summary>
/// <param name="File">The file.</param>
/// <param name="At">Where the picture begins in it.</param>
/// <param name="Width">Its columns.</param>
/// <param name="Height">Its rows.</param>
/// <param name="NameBytes">The length of its name.</param>
internal readonly record struct StoredPixels(PixelFile File, long At, byte Width, byte Height, ushort NameBytes)
{
    /// <summary>Puts a picture with pixels at the end of a file.</summary>
    /// <exception cref="UserError">The disk is full.</exception>
    public static StoredPixels Append(PixelFile file, in Picture picture)
    {
        byte[] name = Encoding.UTF8.GetBytes(picture.Path);
        long at = file.Append(MemoryMarshal.AsBytes(picture.Pixels.AsSpan()));
        file.Append(name);
        return new StoredPixels(file, at, (byte)picture.Width, (byte)picture.Height, (ushort)name.Length);
    }

    /// <summary>Its name, read anew at each call.</summary>
    public string Name
    {
        get
        {
            Span<byte> name = stackalloc byte[NameBytes];
            File.Read(At + (Width * Height * 4L), name);
            return Encoding.UTF8.GetString(name);
        }
    }

    /// <summary>Writes the picture on a canvas as <see cref="Canvas.Place"/> does. No managed memory is allocated.</summary>
    public void PlaceOn(Canvas canvas, Span<Rgba32> target)
    {
        if ((Width, Height) == (canvas.Width, canvas.Height))
        {
            File.Read(At, MemoryMarshal.AsBytes(target));
            return;
        }
        Rgba32[] rented = ArrayPool<Rgba32>.Shared.Rent(Width * Height);
        Span<Rgba32> picture = rented.AsSpan(0, Width * Height);
        File.Read(At, MemoryMarshal.AsBytes(picture));
        canvas.Place(picture, Width, target);
        ArrayPool<Rgba32>.Shared.Return(rented);
    }
}
