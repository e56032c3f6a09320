using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace VaeContent.Trainer.Images;

/// <summary>
/// What ImageSharp 2.1 needs help with in PNG files: it refuses files with harmless faults that every other program opens, leaves
/// missing rows transparent without a word, reads for ever in narrow interlaced pictures, takes the bytes of a 16-bit transparent
/// colour in the wrong order, and knows no animations. So the file is taken apart here, and a clean one of its pixels is handed
/// to ImageSharp. Can go with a decoder that does all this.
/// </summary>
/// <param name="chunks">Of the file.</param>
/// <param name="name">For messages.</param>
/// <param name="decode">Decodes a clean PNG.</param>
internal sealed class PngFile(PngChunks chunks, string name, Func<byte[], Bitmap> decode)
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    // Deflate cannot shrink data further (zlib technical details: 1032:1), so a file that promises more is damaged.
    private const long MaxInflation = 1032;

    /// <summary>Whether the file starts with PNG's signature.</summary>
    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <summary>The picture, or the frames of an animation, each whole.</summary>
    /// <exception cref="UserError">Pixels are missing or damaged.</exception>
    public IReadOnlyList<Bitmap> Decode()
    {
        if (chunks.Frames.Count < 2) return [Picture(chunks.Header, chunks.Pixels)];
        PictureReader.CheckSize(name, chunks.Header.Width, chunks.Header.Height, chunks.Frames.Count);
        var canvas = new Bitmap(chunks.Header.Width, chunks.Header.Height);
        var shown = new List<Bitmap>();
        foreach (PngFrame frame in chunks.Frames)
        {
            Bitmap before = canvas.Crop(frame.X, frame.Y, frame.Width, frame.Height),
                picture = Picture(chunks.Header with { Width = frame.Width, Height = frame.Height }, frame.Parts);
            if (frame.Blend == 0) canvas.Blit(picture, frame.X, frame.Y);
            else canvas.Draw(picture, frame.X, frame.Y);
            shown.Add(canvas.Crop(0, 0, canvas.Width, canvas.Height));
            if (frame.Dispose == 1) canvas.Blit(new Bitmap(frame.Width, frame.Height), frame.X, frame.Y);
            if (frame.Dispose == 2) canvas.Blit(before, frame.X, frame.Y);
        }
        return shown;
    }

    private Bitmap Picture(PngHeader header, IReadOnlyList<ArraySegment<byte>> parts)
    {
        byte[] rows = Inflate(header, parts);
        if (header.Colour != PngHeader.Indexed) return decode(Clean(header, rows));
        if (chunks.Palette.Length == 0) throw PictureReader.Damaged(name, "it has no palette");
        // As grey, indices come back unchanged, those outside of the palette too.
        Bitmap indices = decode(Clean(header with { Colour = 0 }, rows));
        int levels = 255 / ((1 << header.Depth) - 1), colours = chunks.Palette.Length / 3;
        foreach (ref Rgba32 pixel in indices.Pixels.AsSpan())
        {
            int index = pixel.R / levels;
            byte alpha = index < chunks.Transparency.Length ? chunks.Transparency[index] : (byte)255;
            if (index >= colours) chunks.AddFault("pixels outside of the palette");
            pixel = index >= colours ? new Rgba32(0, 0, 0, alpha) : new Rgba32(chunks.Palette[3 * index],
                chunks.Palette[(3 * index) + 1], chunks.Palette[(3 * index) + 2], alpha);
        }
        return indices;
    }

    // All bytes of the pixels; what follows them is left.
    private byte[] Inflate(PngHeader header, IReadOnlyList<ArraySegment<byte>> parts)
    {
        using var packed = new MemoryStream();
        foreach (ArraySegment<byte> part in parts) packed.Write(part);
        long expected = header.PixelBytes, found = 0;
        byte[] rows = [];
        if (expected <= packed.Length * MaxInflation)
        {
            rows = new byte[expected];
            packed.Position = 0;
            try
            {
                using var stream = new ZLibStream(packed, CompressionMode.Decompress);
                for (int read; found < expected && (read = stream.Read(rows, (int)found, (int)(expected - found))) > 0;)
                    found += read;
            }
            catch (Exception e) when (e is InvalidDataException or IOException)
            {
                throw PictureReader.Damaged(name, "its compressed data is broken", e);
            }
        }
        return found == expected ? rows
            : throw PictureReader.Damaged(name, $"its pixels end early, after {found} of {expected} bytes");
    }

    private byte[] Clean(PngHeader header, byte[] rows)
    {
        var png = new MemoryStream();
        png.Write(Signature);
        Write(png, "IHDR"u8, header.Write());
        if (chunks.Transparency.Length > 0 && header.KeyBytes > 0 && chunks.Header.Colour != PngHeader.Indexed)
        {
            byte[] key = [.. chunks.Transparency];
            if (header.Depth == 16)
            {
                foreach (ref ushort sample in MemoryMarshal.Cast<byte, ushort>(key.AsSpan()))
                    sample = BinaryPrimitives.ReverseEndianness(sample);
            }
            Write(png, "tRNS"u8, key);
        }
        var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.NoCompression, leaveOpen: true)) stream.Write(rows);
        Write(png, "IDAT"u8, packed.GetBuffer().AsSpan(0, (int)packed.Length));
        Write(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void Write(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        var checksum = new Crc32();
        checksum.Append(type);
        checksum.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, checksum.GetCurrentHashAsUInt32());
        png.Write(number);
    }
}
