using System;
using System.IO;
using System.IO.Compression;

namespace VaeContent.Trainer.Images;

/// <summary>
/// Reads PNG files of every colour type, bit depth and interlacing into 8-bit RGBA. Colour profiles and gamma are not applied;
/// of an animated PNG the default picture is read.
/// </summary>
public static class PngReader
{
    /// <summary>The largest width and the largest height that is read, in pixels.</summary>
    public const int MaxSide = 8192;

    /// <summary>The most pixels that are read (4096 x 4096).</summary>
    public const int MaxPixels = 1 << 24;

    // A picture of MaxPixels, uncompressed, in the widest format, with room for other chunks.
    private const long MaxFileBytes = 10L * MaxPixels;

    // Deflate cannot shrink data further (zlib technical details: 1032:1), so a file that promises more is damaged.
    private const long MaxInflation = 1032;

    /// <summary>Reads the PNG file at <paramref name="path"/>.</summary>
    /// <exception cref="UserError">The file cannot be read, is no PNG, is damaged, or is too large.</exception>
    public static Bitmap Load(string path) => Decode(ReadFile(path), path);

    /// <summary>Reads the PNG in <paramref name="png"/>; error messages call it <paramref name="name"/>.</summary>
    /// <exception cref="UserError">The bytes are no PNG, are damaged, or hold a picture that is too large.</exception>
    public static Bitmap Decode(ReadOnlySpan<byte> png, string name)
    {
        PngSignature.Check(png, name);
        var chunks = new PngChunkReader(png, name);
        chunks.Next();
        if (chunks.Type != "IHDR") throw Damaged(name, $"its first chunk is {chunks.Type}, expected IHDR");
        var header = PngHeader.Parse(chunks.Data, name);

        byte[]? plte = null;
        byte[]? trns = null;
        var idat = new MemoryStream();
        string before = "";
        for (chunks.Next(); chunks.Type != "IEND"; chunks.Next())
        {
            switch (chunks.Type)
            {
                case "PLTE" when plte == null && idat.Length == 0:
                    plte = chunks.Data.ToArray();
                    break;
                case "tRNS" when trns == null && idat.Length == 0:
                    trns = chunks.Data.ToArray();
                    break;
                case "IDAT" when idat.Length == 0 || before == "IDAT":
                    idat.Write(chunks.Data);
                    break;
                case "IHDR" or "PLTE" or "IDAT" or "tRNS":
                    throw Damaged(name, $"its chunk {chunks.Type} comes twice or too late, expected " +
                        "IHDR, PLTE, tRNS, IDAT, IEND in this order");
                case var type when char.IsAsciiLetterUpper(type[0]):
                    throw new UserError($"'{name}' has the chunk {type}, which must be understood to show the picture but is " +
                        "no standard chunk; expected IHDR, PLTE, IDAT, IEND. Export it again as plain PNG.");
            }
            before = chunks.Type;
        }
        if (idat.Length == 0) throw Damaged(name, "it has no pixels (IDAT chunk), expected at least one");

        return ReadPixels(header, idat, new PngPixels(header, plte, trns, name), name);
    }

    private static Bitmap ReadPixels(PngHeader header, MemoryStream idat, PngPixels expand, string name)
    {
        if (header.RawBytes > idat.Length * MaxInflation) throw TooFewPixels(header, name);
        idat.Position = 0;
        var bitmap = new Bitmap(header.Width, header.Height);
        try
        {
            using var rows = new ZLibStream(idat, CompressionMode.Decompress);
            foreach (PngPass pass in header.Passes) ReadPass(header, pass, rows, expand, bitmap, name);
            if (rows.ReadByte() >= 0)
                throw Damaged(name, $"it holds more pixels than the {header.Width}x{header.Height} expected from its IHDR chunk");
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new UserError($"'{name}' is damaged: its IDAT chunks hold broken data, expected a zlib stream. " +
                "Copy or export the file again.", e);
        }
        return bitmap;
    }

    private static void ReadPass(PngHeader header, PngPass pass, ZLibStream rows, PngPixels expand, Bitmap bitmap, string name)
    {
        int columns = pass.Columns(header.Width);
        if (columns == 0) return;
        var row = new byte[1 + header.RowBytes(columns)];
        var above = new byte[row.Length];
        for (int y = pass.Y; y < header.Height; y += pass.StepY)
        {
            if (rows.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) < row.Length) throw TooFewPixels(header, name);
            if (!PngFilter.Undo(row[0], row.AsSpan(1), above.AsSpan(1), header.FilterStride))
                throw Damaged(name, $"row {y} has filter {row[0]}, expected 0 to {PngFilter.Count - 1}");
            expand.Expand(row.AsSpan(1), columns, bitmap.Pixels, y * header.Width + pass.X, pass.StepX);
            (row, above) = (above, row);
        }
    }

    private static byte[] ReadFile(string path)
    {
        if (Directory.Exists(path)) throw new UserError($"'{path}' is a folder, expected a PNG file. Name a file inside it.");
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (file.Length > MaxFileBytes)
                throw new UserError($"'{path}' has {file.Length} bytes, expected at most {MaxFileBytes}. Scale it down.");
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserError($"'{path}' does not exist, expected a PNG file. Check the path.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new UserError($"cannot read '{path}': {e.Message.Split('\n')[0].TrimEnd('\r', '.')}. " +
                "Check the path and its permissions.", e);
        }
    }

    private static UserError TooFewPixels(PngHeader header, string name) =>
        Damaged(name, $"its pixels end early, expected {header.RawBytes} bytes for {header.Width}x{header.Height}");

    private static UserError Damaged(string name, string found) =>
        new($"'{name}' is damaged: {found}. Copy or export the file again.");
}
