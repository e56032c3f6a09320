using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace VaeContent.Trainer.Images;

/// <summary>
/// Writes animated GIF files (GIF89a). Pixels with alpha below 128 become invisible, all others opaque. Colours are exact while
/// all frames together have at most 256 (an invisible pixel anywhere counts as one); else every frame gets its own palette,
/// exact or reduced by median cut.
/// </summary>
public static class GifWriter
{
    private const int MaxColors = 256;
    private const byte ClearToBackground = 2;

    /// <summary>
    /// Writes <paramref name="frames"/> to the file <paramref name="path"/>, whole or not at all; see <see cref="Encode"/>.
    /// </summary>
    /// <exception cref="UserError">The file cannot be written.</exception>
    public static void Save(IReadOnlyList<Bitmap> frames, string path, int delayHundredths, bool loop = true) =>
        AtomicFile.Write(path, Encode(frames, delayHundredths, loop));

    /// <summary>
    /// The animation as the bytes of a GIF file: <paramref name="frames"/> of one size, each shown for
    /// <paramref name="delayHundredths"/>/100 s (browsers show less than 2 as 10), for ever or, without
    /// <paramref name="loop"/>, once.
    /// </summary>
    /// <exception cref="ArgumentException">There are no frames, they differ in size, or size or delay exceeds 65535.</exception>
    public static byte[] Encode(IReadOnlyList<Bitmap> frames, int delayHundredths, bool loop = true)
    {
        Check(frames, delayHundredths);
        var gif = new MemoryStream();
        gif.Write("GIF89a"u8);
        WriteUInt16(gif, frames[0].Width);
        WriteUInt16(gif, frames[0].Height);
        GifPalette? shared = GifPalette.Exact(frames, MaxColors);
        gif.WriteByte(shared == null ? (byte)0x70 : (byte)(0xF0 | (shared.Bits - 1)));
        gif.WriteByte((byte)(shared?.Invisible ?? 0));
        gif.WriteByte(0);
        shared?.WriteTo(gif);
        if (loop && frames.Count > 1) gif.Write([0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0]);
        foreach (Bitmap frame in frames) WriteFrame(gif, frame, delayHundredths, shared);
        gif.WriteByte(0x3B);
        return gif.ToArray();
    }

    private static void Check(IReadOnlyList<Bitmap> frames, int delayHundredths)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(delayHundredths);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delayHundredths, ushort.MaxValue);
        if (frames.Count == 0) throw new ArgumentException("an animation needs at least one frame", nameof(frames));
        Bitmap first = frames[0];
        if (first.Width > ushort.MaxValue || first.Height > ushort.MaxValue)
            throw new ArgumentException($"{first.Width}x{first.Height} is over GIF's {ushort.MaxValue} a side", nameof(frames));
        if (frames.FirstOrDefault(frame => (frame.Width, frame.Height) != (first.Width, first.Height)) is { } odd)
            throw new ArgumentException($"frames of {first.Width}x{first.Height} and {odd.Width}x{odd.Height}", nameof(frames));
    }

    private static void WriteFrame(MemoryStream gif, Bitmap frame, int delayHundredths, GifPalette? shared)
    {
        GifPalette palette = shared ?? GifPalette.Reduced(frame, MaxColors);
        gif.Write([0x21, 0xF9, 4, (byte)((ClearToBackground << 2) | (palette.Invisible == null ? 0 : 1))]);
        WriteUInt16(gif, delayHundredths);
        gif.Write([(byte)(palette.Invisible ?? 0), 0]);

        gif.Write([0x2C, 0, 0, 0, 0]);
        WriteUInt16(gif, frame.Width);
        WriteUInt16(gif, frame.Height);
        gif.WriteByte(shared != null ? (byte)0 : (byte)(0x80 | (palette.Bits - 1)));
        if (shared == null) palette.WriteTo(gif);

        int codeBits = Math.Max(2, palette.Bits);
        gif.WriteByte((byte)codeBits);
        foreach (byte[] block in GifLzw.Encode(palette.Indices(frame), codeBits).Chunk(255))
        {
            gif.WriteByte((byte)block.Length);
            gif.Write(block);
        }
        gif.WriteByte(0);
    }

    private static void WriteUInt16(MemoryStream gif, int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        gif.Write(bytes);
    }
}
