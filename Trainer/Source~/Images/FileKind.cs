using System;

namespace VaeContent.Trainer.Images;

/// <summary>A word for what a file is that no decoder knows.</summary>
internal static class FileKind
{
    /// <summary>The error for such a file.</summary>
    public static UserError NoPicture(ReadOnlySpan<byte> file, string name) => new(
        $"'{name}' is not a picture that vaecontent reads: it {Describe(file)}; expected {PictureReader.Names}. {Advice(file)}")
    {
        Brief = Describe(file)
    };

    private static string Describe(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty) return "is empty (0 bytes)";
        if (file.StartsWith("\x89PNG"u8) || file[1..].StartsWith("PNG\r\n"u8) || file[1..].StartsWith("PNG\n"u8))
            return "is a PNG that was cut off or changed in transfer (copied as text)";
        if (file.StartsWith("8BPS"u8)) return "is a Photoshop document";
        if (file.Length >= 6 && file[4] == 0xE0 && file[5] == 0xA5) return "is an Aseprite document";
        if (file.StartsWith("PK\x3\x4"u8)) return "is a ZIP archive (or a Krita or OpenRaster document)";
        if (IsLfsPointer(file)) return "is a Git LFS pointer, not the picture itself";
        return IsText(file) ? "is a text file" : $"starts with the bytes {Convert.ToHexString(file[..Math.Min(8, file.Length)])}";
    }

    private static string Advice(ReadOnlySpan<byte> file) =>
        file.IsEmpty ? "Copy or export the file again."
        : IsLfsPointer(file) ? "Run 'git lfs pull' to fetch the picture."
        : "Export it as PNG, or take it out of the folder.";

    private static bool IsLfsPointer(ReadOnlySpan<byte> file) => file.StartsWith("version https://git-lfs"u8);

    private static bool IsText(ReadOnlySpan<byte> file) =>
        file[..Math.Min(64, file.Length)].IndexOfAnyInRange<byte>(0, 8) < 0;
}
