using System;
using System.Buffers.Binary;

namespace VaeContent.Trainer.Images;

/// <summary>The IHDR chunk: size and pixel format, checked against what PNG allows and against the size limits.</summary>
internal readonly record struct PngHeader(int Width, int Height, int Depth, PngColorType Color, bool Interlaced)
{
    private const int Size = 13;

    /// <summary>Samples a pixel.</summary>
    public int Channels => Color switch
    {
        PngColorType.Gray or PngColorType.Indexed => 1,
        PngColorType.GrayAlpha => 2,
        PngColorType.Rgb => 3,
        _ => 4,
    };

    /// <summary>How far filters look back: the bytes of a pixel, at least 1.</summary>
    public int FilterStride => Math.Max(1, Channels * Depth / 8);

    /// <summary>The reduced pictures that the file holds, one after the other.</summary>
    public PngPass[] Passes => Interlaced ? PngPass.Adam7 : PngPass.Plain;

    /// <summary>Bytes of a row of <paramref name="columns"/> pixels, without its filter byte.</summary>
    public int RowBytes(int columns) => (columns * Channels * Depth + 7) / 8;

    /// <summary>Bytes of the whole picture before compression, filter bytes included.</summary>
    public long RawBytes
    {
        get
        {
            long sum = 0;
            foreach (PngPass pass in Passes)
            {
                int columns = pass.Columns(Width);
                if (columns > 0) sum += (long)pass.Rows(Height) * (1 + RowBytes(columns));
            }
            return sum;
        }
    }

    /// <summary>Reads the data of an IHDR chunk.</summary>
    /// <exception cref="UserError">A field has a value that PNG does not know, or the picture is too large.</exception>
    public static PngHeader Parse(ReadOnlySpan<byte> data, string name)
    {
        if (data.Length != Size) throw Wrong(name, $"a length of {data.Length}", $"{Size}");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (width == 0 || height == 0) throw Wrong(name, $"a size of {width}x{height}", "at least 1x1");
        if (width > PngReader.MaxSide || height > PngReader.MaxSide || (long)width * height > PngReader.MaxPixels)
        {
            throw new UserError($"'{name}' is {width}x{height} pixels; expected at most {PngReader.MaxSide} a side and " +
                $"{PngReader.MaxPixels} in all. Scale it down, or cut the sheet into smaller files.");
        }

        byte depth = data[8];
        var color = (PngColorType)data[9];
        string depths = color switch
        {
            PngColorType.Gray => "1, 2, 4, 8 or 16",
            PngColorType.Indexed => "1, 2, 4 or 8",
            PngColorType.Rgb or PngColorType.GrayAlpha or PngColorType.Rgba => "8 or 16",
            _ => throw Wrong(name, $"colour type {data[9]}", "0, 2, 3, 4 or 6"),
        };
        bool known = depth switch
        {
            1 or 2 or 4 => color is PngColorType.Gray or PngColorType.Indexed,
            8 => true,
            16 => color != PngColorType.Indexed,
            _ => false,
        };
        if (!known) throw Wrong(name, $"bit depth {depth} with colour type {data[9]}", depths);
        if (data[10] != 0) throw Wrong(name, $"compression method {data[10]}", "0");
        if (data[11] != 0) throw Wrong(name, $"filter method {data[11]}", "0");
        if (data[12] > 1) throw Wrong(name, $"interlace method {data[12]}", "0 or 1");
        return new PngHeader((int)width, (int)height, depth, color, data[12] == 1);
    }

    private static UserError Wrong(string name, string found, string expected) =>
        new($"'{name}' is damaged: its IHDR chunk has {found}, expected {expected}. Copy or export the file again.");
}
