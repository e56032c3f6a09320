using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace VaeContent.Trainer.Images;

/// <summary>
/// What ImageSharp 2.1 needs help with in PNG files: it leaves missing rows transparent without a word, reads for ever in narrow
/// interlaced pictures, and takes the bytes of a 16-bit transparent colour in the wrong order.
/// </summary>
internal static class PngCheck
{
    private const int HeaderBytes = 13, FirstChunk = 8;

    // Deflate cannot shrink data further (zlib technical details: 1032:1), so a file that promises more is damaged.
    private const long MaxInflation = 1032;

    // Columns and rows of Adam7's passes: first and step, each for x and y.
    private static readonly (int X, int Y, int StepX, int StepY)[] Whole = [(0, 0, 1, 1)],
        Adam7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>Whether the file starts with PNG's signature.</summary>
    public static bool IsPng(ReadOnlySpan<byte> file) =>
        file.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);

    /// <summary>
    /// Passes when the header is legal and all pixels are there; turns a 16-bit transparent colour round in place.
    /// </summary>
    /// <exception cref="UserError">They are not, or the picture is too large.</exception>
    public static void Check(Span<byte> png, string name)
    {
        using var pixels = new MemoryStream();
        long expected = 0;
        bool inPixels = false;
        for (int at = FirstChunk; at <= png.Length - 8;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(png[at..]);
            ReadOnlySpan<byte> type = png.Slice(at + 4, 4);
            Span<byte> data = png[(at + 8)..];
            if (length < data.Length) data = data[..(int)length];
            if (type.SequenceEqual("CgBI"u8))
            {
                throw new UserError(
                    $"'{name}' is a PNG in Apple's private form (CgBI), as Xcode packs it; expected a plain PNG. " +
                    "Take the original file.");
            }
            if (at == FirstChunk) expected = PixelBytes(type, data, name);
            if (type.SequenceEqual("tRNS"u8) && png[FirstChunk + 16] == 16)
            {
                foreach (ref ushort sample in MemoryMarshal.Cast<byte, ushort>(data))
                    sample = BinaryPrimitives.ReverseEndianness(sample);
            }
            bool isPixels = type.SequenceEqual("IDAT"u8);
            if (isPixels) pixels.Write(data);
            else if (inPixels) break;
            (inPixels, at) = (isPixels, (int)Math.Min(at + 12L + length, int.MaxValue));
        }
        long found = expected > pixels.Length * MaxInflation ? 0 : Inflate(pixels, expected, name);
        if (found < expected) throw PictureReader.Damaged(name, $"its pixels end early, after {found} of {expected} bytes");
    }

    // Bytes of all pixels before compression, filter bytes included.
    private static long PixelBytes(ReadOnlySpan<byte> type, ReadOnlySpan<byte> header, string name)
    {
        if (!type.SequenceEqual("IHDR"u8) || header.Length != HeaderBytes)
            throw PictureReader.Damaged(name, "its first chunk is no PNG header");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(header), height = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        (int depth, int color, int interlaced) = (header[8], header[9], header[12]);
        PictureReader.CheckSize(name, width, height);
        // Table 11.1 of the specification: the depths of each colour type, and its samples a pixel.
        int samples = (color, depth) switch
        {
            (0, 1 or 2 or 4 or 8 or 16) or (3, 1 or 2 or 4 or 8) => 1,
            (4, 8 or 16) => 2,
            (2, 8 or 16) => 3,
            (6, 8 or 16) => 4,
            _ => 0,
        };
        if (width == 0 || height == 0 || samples == 0 || header[10] != 0 || header[11] != 0 || interlaced > 1)
        {
            throw PictureReader.Damaged(name, $"its header says {width}x{height}, colour type {color}, bit depth {depth}, " +
                $"methods {header[10]}, {header[11]} and {interlaced}");
        }

        // ImageSharp 2.1 reads for ever where the second pass has no column.
        if (interlaced == 1 && width <= Adam7[1].X)
        {
            throw new UserError($"'{name}' is an interlaced PNG of {width}x{height}; expected at least 5 columns. " +
                "Export it without interlacing.");
        }

        long sum = 0;
        foreach (var (x, y, stepX, stepY) in interlaced == 1 ? Adam7 : Whole)
        {
            long columns = (width - x + stepX - 1) / stepX, rows = (height - y + stepY - 1) / stepY;
            if (columns > 0 && rows > 0) sum += rows * (1 + (((columns * samples * depth) + 7) / 8));
        }
        return sum;
    }

    // How many bytes come out, at most those expected.
    private static long Inflate(MemoryStream pixels, long expected, string name)
    {
        pixels.Position = 0;
        try
        {
            using var rows = new ZLibStream(pixels, CompressionMode.Decompress);
            Span<byte> part = stackalloc byte[4096];
            long found = 0;
            for (int read; found < expected && (read = rows.Read(part)) > 0; found += read)
            {
            }
            return found;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw PictureReader.Damaged(name, "its compressed data is broken", e);
        }
    }
}
