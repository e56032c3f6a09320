using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Memory;
using VaeContent.Trainer.Images;
using Pixel = SixLabors.ImageSharp.PixelFormats.Rgba32;

namespace VaeContent.Trainer.Engines.Torch;

/// <summary>Pictures that ImageSharp reads; PNG stays with the Trainer's own reader. Frames of animations come whole, as they are shown.</summary>
public sealed class ImageSharpPictures : IPictureReader
{
    // An animation of many large frames is no set of sprites.
    private const long MaxPixelsInAll = 1L << 28;

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions => [".gif", ".webp", ".bmp", ".tga", ".jpg", ".jpeg", ".tif", ".tiff"];

    /// <inheritdoc/>
    public IReadOnlyList<Bitmap> Load(string path)
    {
        try
        {
            var info = Image.Identify(path) ?? throw new UnknownImageFormatException("no known format");
            Check(path, info.Width, info.Height, frames: 1);
            using Image<Pixel> image = Image.Load<Pixel>(path);
            Check(path, image.Width, image.Height, image.Frames.Count);
            return [.. image.Frames.Cast<ImageFrame<Pixel>>().Select(Copy)];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserError($"'{path}' does not exist, expected a picture. Check the path.", e);
        }
        catch (Exception e) when (e is ImageFormatException or NotSupportedException or InvalidMemoryOperationException or ArgumentException or InvalidOperationException or IndexOutOfRangeException or OverflowException)
        {
            throw new UserError($"'{path}' is damaged or no {Path.GetExtension(path)[1..].ToUpperInvariant()} that can be read: {e.Message.Split('\n')[0].TrimEnd('\r', '.')}. Export it again, best as PNG.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"cannot read '{path}': {e.Message.Split('\n')[0].TrimEnd('\r', '.')}. Check the path and its permissions.", e);
        }
    }

    private static void Check(string path, int width, int height, int frames)
    {
        if (width > PngReader.MaxSide || height > PngReader.MaxSide || (long)width * height > PngReader.MaxPixels)
            throw new UserError($"'{path}' is {width}x{height}, expected at most {PngReader.MaxSide} pixels a side and {PngReader.MaxPixels} in all. Scale it down.");
        if ((long)width * height * frames > MaxPixelsInAll)
            throw new UserError($"'{path}' has {frames} frames of {width}x{height}, expected at most {MaxPixelsInAll} pixels in all. Cut it into several files.");
    }

    private static Bitmap Copy(ImageFrame<Pixel> frame)
    {
        var bitmap = new Bitmap(frame.Width, frame.Height);
        frame.CopyPixelDataTo(MemoryMarshal.Cast<Rgba32, Pixel>(bitmap.Pixels.AsSpan()));
        return bitmap;
    }
}
