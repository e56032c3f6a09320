using System;

namespace VaeContent.Trainer.Images;

/// <summary>The eight bytes every PNG starts with, and a word for what a file is that starts otherwise.</summary>
internal static class PngSignature
{
    /// <summary>0x89 PNG CR LF 0x1A LF: a transfer as text, or through seven bits, would damage it.</summary>
    public static ReadOnlySpan<byte> Bytes => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    /// <summary>Passes when <paramref name="file"/> starts as a PNG.</summary>
    /// <exception cref="UserError">It does not; the message says what it seems to be.</exception>
    public static void Check(ReadOnlySpan<byte> file, string name)
    {
        if (file.StartsWith(Bytes)) return;
        throw new UserError($"'{name}' is not a PNG: it {Describe(file)}; expected a file that starts with the PNG signature. " +
            Advice(file));
    }

    private static string Describe(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty) return "is empty (0 bytes)";
        if (Bytes.StartsWith(file)) return $"is cut off after {file.Length} bytes";
        if (file.StartsWith("\x89PNG"u8) || file[1..].StartsWith("PNG\r\n"u8) || file[1..].StartsWith("PNG\n"u8))
            return "is a PNG that was changed in transfer (copied as text)";
        if (file.StartsWith<byte>([0xFF, 0xD8, 0xFF])) return "is a JPEG picture";
        if (file.StartsWith("GIF8"u8)) return "is a GIF picture";
        if (file.StartsWith("BM"u8)) return "is a BMP picture";
        if (file.StartsWith("RIFF"u8) && file.Length >= 12 && file[8..12].SequenceEqual("WEBP"u8)) return "is a WebP picture";
        if (file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8)) return "is a TIFF picture";
        if (file.StartsWith("8BPS"u8)) return "is a Photoshop document";
        if (file.Length >= 6 && file[4] == 0xE0 && file[5] == 0xA5) return "is an Aseprite document";
        if (file.StartsWith("PK\x3\x4"u8)) return "is a ZIP archive (or a Krita or OpenRaster document)";
        if (IsLfsPointer(file)) return "is a Git LFS pointer, not the picture itself";
        return IsText(file) ? "is a text file" : $"starts with the bytes {Convert.ToHexString(file[..Math.Min(8, file.Length)])}";
    }

    private static string Advice(ReadOnlySpan<byte> file) =>
        file.IsEmpty || Bytes.StartsWith(file) ? "Copy or export the file again."
        : IsLfsPointer(file) ? "Run 'git lfs pull' to fetch the picture."
        : "Export it as PNG, or take it out of the folder.";

    private static bool IsLfsPointer(ReadOnlySpan<byte> file) => file.StartsWith("version https://git-lfs"u8);

    private static bool IsText(ReadOnlySpan<byte> file)
    {
        foreach (byte b in file[..Math.Min(64, file.Length)])
        {
            if (b is < 32 and not ((byte)'\t' or (byte)'\n' or (byte)'\r') or 127) return false;
        }
        return true;
    }
}
