using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Engines.Torch;

/// <summary>Pictures in the Quite OK Image format (specification 1.0), which ImageSharp 2 does not know.</summary>
public sealed class QoiPictures : IPictureReader
{
    private const int HeaderBytes = 14, EndBytes = 8;

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions => [".qoi"];

    /// <inheritdoc/>
    public IReadOnlyList<Bitmap> Load(string path)
    {
        try
        {
            return [Decode(File.ReadAllBytes(path), path)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"cannot read '{path}': {e.Message.Split('\n')[0].TrimEnd('\r', '.')}. Check the path and its permissions.", e);
        }
    }

    private static Bitmap Decode(byte[] file, string name)
    {
        if (file.Length < HeaderBytes + EndBytes || !file.AsSpan().StartsWith("qoif"u8)) throw Damaged(name, "it does not begin as a QOI file");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(4)), height = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(8));
        if (width is 0 or > PngReader.MaxSide || height is 0 or > PngReader.MaxSide || width * height > PngReader.MaxPixels)
            throw new UserError($"'{name}' is {width}x{height}, expected 1 to {PngReader.MaxSide} pixels a side and {PngReader.MaxPixels} in all. Scale it down.");

        var bitmap = new Bitmap((int)width, (int)height);
        Span<Rgba32> seen = stackalloc Rgba32[64];
        var pixel = new Rgba32(0, 0, 0, 255);
        int at = HeaderBytes, end = file.Length - EndBytes, run = 0;
        foreach (ref Rgba32 place in bitmap.Pixels.AsSpan())
        {
            if (run > 0)
            {
                run--;
            }
            else
            {
                if (at >= end) throw Damaged(name, "its pixels end early");
                int tag = file[at++];
                int extra = tag == 255 ? 4 : tag == 254 ? 3 : tag >> 6 == 2 ? 1 : 0;
                if (at + extra > end) throw Damaged(name, "its pixels end early");
                switch (tag)
                {
                    case 254: // red, green, blue
                        pixel = new Rgba32(file[at], file[at + 1], file[at + 2], pixel.A);
                        break;
                    case 255: // and alpha
                        pixel = new Rgba32(file[at], file[at + 1], file[at + 2], file[at + 3]);
                        break;
                    case < 64: // one of those seen
                        pixel = seen[tag];
                        break;
                    case < 128: // small differences
                        pixel = Add(pixel, (tag >> 4 & 3) - 2, (tag >> 2 & 3) - 2, (tag & 3) - 2);
                        break;
                    case < 192: // a difference of green, and those of red and blue beyond it
                        int green = (tag & 63) - 32;
                        pixel = Add(pixel, green + (file[at] >> 4) - 8, green, green + (file[at] & 15) - 8);
                        break;
                    default: // the same again
                        run = tag & 63;
                        break;
                }
                at += extra;
                seen[((pixel.R * 3) + (pixel.G * 5) + (pixel.B * 7) + (pixel.A * 11)) % 64] = pixel;
            }
            place = pixel;
        }
        return bitmap;
    }

    private static Rgba32 Add(Rgba32 pixel, int r, int g, int b) => new((byte)(pixel.R + r), (byte)(pixel.G + g), (byte)(pixel.B + b), pixel.A);

    private static UserError Damaged(string name, string found) => new($"'{name}' is damaged: {found}. Copy or export the file again.");
}
