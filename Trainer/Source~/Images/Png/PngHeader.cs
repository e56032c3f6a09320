using System;
using System.Buffers.Binary;

namespace VaeContent.Trainer.Images;

/// <summary>The size and layout of a PNG's pixels.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Depth">Bits a sample.</param>
/// <param name="Colour">0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA.</param>
/// <param name="Interlaced">Whether rows come in Adam7's passes.</param>
internal readonly record struct PngHeader(int Width, int Height, int Depth, int Colour, bool Interlaced)
{
    /// <summary>The colour type of pictures with a palette.</summary>
    public const int Indexed = 3;

    private const int Bytes = 13;

    // Columns and rows of Adam7's passes: first and step, each for x and y.
    private static readonly (int X, int Y, int StepX, int StepY)[] Whole = [(0, 0, 1, 1)],
        Adam7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>Reads the first chunk.</summary>
    /// <exception cref="UserError">It is not a header, or not a legal one, or the picture is too large.</exception>
    public static PngHeader Read(ReadOnlySpan<byte> type, ReadOnlySpan<byte> header, string name)
    {
        if (!type.SequenceEqual("IHDR"u8) || header.Length != Bytes)
            throw PictureReader.Damaged(name, "its first chunk is not a PNG header");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(header), height = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        PictureReader.CheckSize(name, width, height);
        var read = new PngHeader((int)width, (int)height, header[8], header[9], header[12] == 1);
        if (width == 0 || height == 0 || read.Samples == 0 || header[10] != 0 || header[11] != 0 || header[12] > 1)
        {
            throw PictureReader.Damaged(name, $"its header says {width}x{height}, colour type {read.Colour}, bit depth "
                + $"{read.Depth}, methods {header[10]}, {header[11]} and {header[12]}");
        }

        // ImageSharp 2.1 reads for ever where the second pass has no column.
        if (read.Interlaced && width <= Adam7[1].X)
        {
            throw new UserError($"'{name}' is an interlaced PNG of {width}x{height}; expected at least 5 columns. " +
                "Export it without interlacing.");
        }
        return read;
    }

    /// <summary>Bytes of all pixels before compression, filter bytes included.</summary>
    public long PixelBytes
    {
        get
        {
            long sum = 0;
            foreach (var (x, y, stepX, stepY) in Interlaced ? Adam7 : Whole)
            {
                long columns = (Width - x + stepX - 1) / stepX, rows = (Height - y + stepY - 1) / stepY;
                if (columns > 0 && rows > 0) sum += rows * (1 + (((columns * Samples * Depth) + 7) / 8));
            }
            return sum;
        }
    }

    /// <summary>The bytes of a transparent colour in a tRNS chunk; 0 where there can be none, and with a palette.</summary>
    public int KeyBytes => Colour switch { 0 => 2, 2 => 6, _ => 0 };

    /// <summary>The chunk.</summary>
    public byte[] Write()
    {
        byte[] data = [0, 0, 0, 0, 0, 0, 0, 0, (byte)Depth, (byte)Colour, 0, 0, Interlaced ? (byte)1 : (byte)0];
        BinaryPrimitives.WriteInt32BigEndian(data, Width);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4), Height);
        return data;
    }

    // Table 11.1 of the specification: the depths of each colour type, and its samples a pixel.
    private int Samples => (Colour, Depth) switch
    {
        (0, 1 or 2 or 4 or 8 or 16) or (Indexed, 1 or 2 or 4 or 8) => 1,
        (4, 8 or 16) => 2,
        (2, 8 or 16) => 3,
        (6, 8 or 16) => 4,
        _ => 0,
    };
}
