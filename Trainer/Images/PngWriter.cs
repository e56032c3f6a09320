using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Runtime.InteropServices;

namespace VaeContent.Trainer.Images;

/// <summary>
/// Writes small PNG files without loss: a palette of 1, 2, 4 or 8 bits a pixel for up to 256 colours, else 8-bit RGBA. The same
/// pixels give the same bytes on the same .NET version (its zlib decides the rest).
/// </summary>
public static class PngWriter
{
    private const int MaxColors = 256;

    /// <summary>Writes <paramref name="bitmap"/> to the file <paramref name="path"/>, whole or not at all.</summary>
    /// <exception cref="UserError">The file cannot be written.</exception>
    public static void Save(Bitmap bitmap, string path) => AtomicFile.Write(path, Encode(bitmap));

    /// <summary><paramref name="bitmap"/> as the bytes of a PNG file; invisible pixels keep their colour.</summary>
    public static byte[] Encode(Bitmap bitmap)
    {
        var png = new MemoryStream();
        png.Write(PngSignature.Bytes);
        if (FindPalette(bitmap) is { } palette) WriteIndexed(png, bitmap, palette);
        else WriteRgba(png, bitmap);
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    // Least opaque colours first, so that tRNS can stop at the first opaque one; else in order of appearance.
    private static Rgba32[]? FindPalette(Bitmap bitmap)
    {
        var seen = new HashSet<Rgba32>();
        var colors = new List<Rgba32>();
        foreach (Rgba32 pixel in bitmap.Pixels)
        {
            if (!seen.Add(pixel)) continue;
            if (colors.Count == MaxColors) return null;
            colors.Add(pixel);
        }
        return colors.OrderBy(color => color.A).ToArray();
    }

    private static void WriteIndexed(MemoryStream png, Bitmap bitmap, Rgba32[] palette)
    {
        int depth = palette.Length switch { <= 2 => 1, <= 4 => 2, <= 16 => 4, _ => 8 };
        var header = new PngHeader(bitmap.Width, bitmap.Height, depth, PngColorType.Indexed, false);
        WriteHeader(png, header);
        WriteChunk(png, "PLTE"u8, palette.SelectMany(color => new[] { color.R, color.G, color.B }).ToArray());
        byte[] alphas = palette.Select(color => color.A).TakeWhile(alpha => alpha < 255).ToArray();
        if (alphas.Length > 0) WriteChunk(png, "tRNS"u8, alphas);

        var indexOf = new Dictionary<Rgba32, int>();
        for (int i = 0; i < palette.Length; i++) indexOf[palette[i]] = i;
        int rowBytes = header.RowBytes(bitmap.Width);
        var rows = new byte[rowBytes * bitmap.Height];
        for (int y = 0; y < bitmap.Height; y++)
        {
            for (int x = 0; x < bitmap.Width; x++)
            {
                int bit = x * depth;
                rows[y * rowBytes + (bit >> 3)] |= (byte)(indexOf[bitmap[x, y]] << (8 - depth - (bit & 7)));
            }
        }
        // Neighbouring indices are unrelated numbers: filters cannot predict them.
        WriteChunk(png, "IDAT"u8, Compress(header, rows, PlainFilter));
    }

    // Flat pixel art is smallest unfiltered, shaded art filtered: keep the shorter.
    private static void WriteRgba(MemoryStream png, Bitmap bitmap)
    {
        var header = new PngHeader(bitmap.Width, bitmap.Height, 8, PngColorType.Rgba, false);
        WriteHeader(png, header);
        ReadOnlySpan<byte> rows = MemoryMarshal.AsBytes(bitmap.Pixels.AsSpan());
        byte[] plain = Compress(header, rows, PlainFilter);
        byte[] filtered = Compress(header, rows, SmoothestFilter);
        WriteChunk(png, "IDAT"u8, plain.Length <= filtered.Length ? plain : filtered);
    }

    private delegate int FilterChoice(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int stride, Span<byte> stored);

    private static int PlainFilter(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int stride, Span<byte> stored) => 0;

    // The PNG specification's heuristic (12.7): the filter whose output, as signed bytes, has the least sum of sizes.
    private static int SmoothestFilter(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int stride, Span<byte> stored)
    {
        int best = 0;
        long least = long.MaxValue;
        for (int filter = 0; filter < PngFilter.Count; filter++)
        {
            PngFilter.Apply(filter, row, above, stride, stored);
            long sum = 0;
            foreach (byte b in stored) sum += Math.Abs((int)(sbyte)b);
            if (sum >= least) continue;
            least = sum;
            best = filter;
        }
        return best;
    }

    private static byte[] Compress(PngHeader header, ReadOnlySpan<byte> rows, FilterChoice choose)
    {
        int rowBytes = header.RowBytes(header.Width);
        var stored = new byte[rowBytes];
        ReadOnlySpan<byte> above = new byte[rowBytes];
        var result = new MemoryStream();
        using (var zlib = new ZLibStream(result, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (int y = 0; y < header.Height; y++)
            {
                ReadOnlySpan<byte> row = rows.Slice(y * rowBytes, rowBytes);
                int filter = choose(row, above, header.FilterStride, stored);
                PngFilter.Apply(filter, row, above, header.FilterStride, stored);
                zlib.WriteByte((byte)filter);
                zlib.Write(stored);
                above = row;
            }
        }
        return result.ToArray();
    }

    private static void WriteHeader(MemoryStream png, PngHeader header)
    {
        Span<byte> data = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(data, header.Width);
        BinaryPrimitives.WriteInt32BigEndian(data[4..], header.Height);
        data[8] = (byte)header.Depth;
        data[9] = (byte)header.Color;
        WriteChunk(png, "IHDR"u8, data);
    }

    private static void WriteChunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        type.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc32.Of(chunk.AsSpan(4, 4 + data.Length)));
        png.Write(chunk);
    }
}
