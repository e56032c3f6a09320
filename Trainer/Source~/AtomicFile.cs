using System;
using System.IO;
using System.Text;

namespace VaeContent.Trainer;

/// <summary>Writes whole files or nothing: into a temporary file beside the target, then renamed over it.</summary>
public static class AtomicFile
{
    /// <summary>Replaces <paramref name="path"/> by <paramref name="content"/>, making its folder where it is missing.</summary>
    /// <exception cref="UserError">
    /// The folder or file cannot be written (no permission, disk full, a folder of that name).
    /// </exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string temporary = path + ".partial";
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            TryDelete(temporary);
            throw new UserError($"cannot write '{path}': {UserError.Reason(e)}. Choose another --out or make room.", e);
        }
    }

    /// <summary>Replaces <paramref name="path"/> by <paramref name="text"/> as UTF-8 without a byte order mark.</summary>
    /// <exception cref="UserError">The file cannot be written.</exception>
    public static void WriteText(string path, string text) => Write(path, new UTF8Encoding(false).GetBytes(text));

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            // The write already failed for a reason of its own, which is the one to report.
        }
    }
}
