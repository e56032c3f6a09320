using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO.Hashing;
using System.Linq;

namespace VaeContent.Trainer.Images;

/// <summary>
/// The chunks of a PNG that make its pixels, wherever they stand, as tolerantly as common viewers read them: unknown chunks and
/// those that tell of other things are passed over, whatever their names and checksums; one that runs over the end is cut off.
/// </summary>
internal sealed class PngChunks
{
    private const int Signature = 8;

    private readonly List<ArraySegment<byte>> _pixels = [];
    private readonly SortedSet<string> _faults = new(StringComparer.Ordinal);

    /// <summary>Walks through a file that starts with PNG's signature.</summary>
    /// <exception cref="UserError">Its header is missing or illegal, its picture too large, or a chunk of pixels
    /// damaged.</exception>
    public PngChunks(byte[] file, string name)
    {
        bool isFirst = true, hasEnd = false, pixelsEnded = false;
        int at = Signature;
        for (; at <= file.Length - 8 && !hasEnd; isFirst = false)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            ReadOnlySpan<byte> type = file.AsSpan(at + 4, 4);
            var data = new ArraySegment<byte>(file, at + 8, (int)Math.Min(length, file.Length - at - 8));
            if (isFirst) Header = ReadHeader(type, data, name);
            bool isSound = HasChecksum(file, at, length);
            bool isPixels = type.SequenceEqual("IDAT"u8);
            if (!isSound && (isFirst || isPixels))
                throw PictureReader.Damaged(name, $"the checksum of its {(isFirst ? "header" : "pixels")} is wrong");
            hasEnd = type.SequenceEqual("IEND"u8);
            if (isPixels && pixelsEnded) _faults.Add("pixels in parts");
            if (!isPixels && _pixels.Count > 0) pixelsEnded = true;
            if (!isSound) _faults.Add("a wrong checksum");
            if (!IsName(type)) _faults.Add("a chunk of an odd name");
            Take(type, data, pixelsEnded && !isPixels);
            at = (int)Math.Min(at + 12L + length, int.MaxValue);
        }
        if (!hasEnd) _faults.Add("no end");
        CheckTransparency();
    }

    /// <summary>Size and layout.</summary>
    public PngHeader Header { get; }

    /// <summary>RGB, three bytes a colour; empty without a palette.</summary>
    public byte[] Palette { get; private set; } = [];

    /// <summary>Alpha of the palette's first colours, or the transparent colour; empty without.</summary>
    public byte[] Transparency { get; private set; } = [];

    /// <summary>The compressed pixels of the default picture.</summary>
    public IReadOnlyList<ArraySegment<byte>> Pixels => _pixels;

    /// <summary>The frames of an animation, in order; empty without one.</summary>
    public List<PngFrame> Frames { get; } = [];

    /// <summary>What a strict reader would refuse, in words; empty for a file as it should be.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>Notes what only the pixels tell.</summary>
    public void AddFault(string words) => _faults.Add(words);

    private static PngHeader ReadHeader(ReadOnlySpan<byte> type, ArraySegment<byte> data, string name)
    {
        if (type.SequenceEqual("CgBI"u8))
        {
            throw new UserError(
                $"'{name}' is a PNG in Apple's private form (CgBI), as Xcode packs it; expected a plain PNG. " +
                "Take the original file, or turn it back with 'pngcrush -revert-iphone-optimizations'.");
        }
        return PngHeader.Read(type, data, name);
    }

    private void Take(ReadOnlySpan<byte> type, ArraySegment<byte> data, bool isLate)
    {
        if (type.SequenceEqual("IDAT"u8))
        {
            // Before the first control chunk, the default picture is not a frame.
            if (Frames.Count > 0) Frames[^1].Parts.Add(data);
            _pixels.Add(data);
        }
        else if (type.SequenceEqual("fcTL"u8))
        {
            if (PngFrame.Read(data, Header) is { } frame) Frames.Add(frame);
        }
        else if (type.SequenceEqual("fdAT"u8))
        {
            if (Frames.Count > 0 && data.Count >= 4) Frames[^1].Parts.Add(data[4..]);
        }
        else if (type.SequenceEqual("PLTE"u8) && Palette.Length == 0)
        {
            Palette = [.. data.Take(Math.Min(data.Count / 3 * 3, 3 * 256))];
        }
        else if (type.SequenceEqual("tRNS"u8) && Transparency.Length == 0)
        {
            Transparency = [.. data];
            if (isLate) _faults.Add("transparency behind the pixels");
        }
    }

    // As much of it as means something.
    private void CheckTransparency()
    {
        int most = Header.Colour == PngHeader.Indexed ? 1 << Header.Depth : Header.KeyBytes;
        bool isTooLong = Transparency.Length > most
            || (Header.Colour == PngHeader.Indexed && Palette.Length > 0 && Transparency.Length > Palette.Length / 3);
        if (isTooLong) _faults.Add("too much transparency");
        if (Transparency.Length > most) Transparency = Transparency[..most];
        if (Header.Colour != PngHeader.Indexed && Transparency.Length < most) Transparency = [];
    }

    // One that is cut off may be as good as any.
    private static bool HasChecksum(byte[] file, int at, long length)
    {
        if (at + 12 + length > file.Length) return true;
        return Crc32.HashToUInt32(file.AsSpan(at + 4, (int)length + 4))
            == BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + (int)length));
    }

    private static bool IsName(ReadOnlySpan<byte> type)
    {
        foreach (byte letter in type)
        {
            if (!char.IsAsciiLetter((char)letter)) return false;
        }
        return true;
    }
}

/// <summary>One frame of an animated PNG (APNG, PNG's third edition, section 11.3.6).</summary>
/// <param name="X">Where it stands on the canvas.</param>
/// <param name="Y">Where it stands on the canvas.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Dispose">What becomes of its place afterwards: 0 it stays, 1 it is cleared, 2 it is as before.</param>
/// <param name="Blend">0 it replaces what is there, 1 it is painted over.</param>
internal sealed record PngFrame(int X, int Y, int Width, int Height, int Dispose, int Blend)
{
    /// <summary>Its compressed pixels.</summary>
    public List<ArraySegment<byte>> Parts { get; } = [];

    /// <summary>Reads a control chunk; null where its frame lies outside the canvas.</summary>
    public static PngFrame? Read(ReadOnlySpan<byte> data, PngHeader canvas)
    {
        if (data.Length < 26) return null;
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data[4..]), height = BinaryPrimitives.ReadUInt32BigEndian(data[8..]),
            x = BinaryPrimitives.ReadUInt32BigEndian(data[12..]), y = BinaryPrimitives.ReadUInt32BigEndian(data[16..]);
        return width == 0 || height == 0 || (long)x + width > canvas.Width || (long)y + height > canvas.Height ? null
            : new PngFrame((int)x, (int)y, (int)width, (int)height, data[24], data[25]);
    }
}
