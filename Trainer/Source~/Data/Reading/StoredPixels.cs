using System;
using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace VaeContent.Trainer.Data;

/// <summary>
/// A picture in a <see cref="PixelFile"/>, where it comes from behind its pixels; its sides are at most
/// <see cref="Canvas.MaxSide"/>.
/// </summary>
/// <param name="File">The file.</param>
/// <param name="At">Where the picture begins in it.</param>
/// <param name="Width">Its columns.</param>
/// <param name="Height">Its rows.</param>
/// <param name="NameBytes">The length of its file's name.</param>
internal readonly record struct StoredPixels(PixelFile File, long At, byte Width, byte Height, ushort NameBytes)
{
    /// <summary>Puts a picture with pixels at the end of a file.</summary>
    /// <exception cref="UserError">The disk is full.</exception>
    public static StoredPixels Append(PixelFile file, in Picture picture)
    {
        PicturePath source = picture.Path;
        byte[] name = Encoding.UTF8.GetBytes(source.File);
        ReadOnlySpan<int> parts = [source.Frame ?? -1, source.Cell ?? -1];
        long at = file.Append(MemoryMarshal.AsBytes(picture.Pixels.AsSpan()));
        file.Append(MemoryMarshal.AsBytes(parts));
        file.Append(name);
        return new StoredPixels(file, at, (byte)picture.Width, (byte)picture.Height, (ushort)name.Length);
    }

    /// <summary>Where it comes from, read again at each call.</summary>
    public PicturePath Source
    {
        get
        {
            Span<int> parts = stackalloc int[2]; // frame and cell, -1 for none
            Span<byte> name = stackalloc byte[NameBytes];
            long at = At + (Width * Height * 4L);
            File.Read(at, MemoryMarshal.AsBytes(parts));
            File.Read(at + (parts.Length * sizeof(int)), name);
            return new PicturePath(Encoding.UTF8.GetString(name), Part(parts[0]), Part(parts[1]));

            static int? Part(int number) => number < 0 ? null : number;
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
