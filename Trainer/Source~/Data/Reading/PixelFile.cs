using System;
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace VaeContent.Trainer.Data;

/// <summary>
/// Pixels and names that memory has no room for, in a temporary file that is gone with the process, however it ends. Appended by
/// one thread; read by any number. Plain reads, not a memory map: what is read does not count as the process's memory.
/// </summary>
internal sealed class PixelFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private long _length;

    private PixelFile(SafeFileHandle file, string path) => (_file, _path) = (file, path);

    /// <summary>An empty file in <paramref name="folder"/>, or where the system keeps temporary files.</summary>
    /// <exception cref="UserError">It cannot be made.</exception>
    public static PixelFile Create(string? folder)
    {
        string path = Path.Combine(folder ?? Path.GetTempPath(), $"vaecontent-{Guid.NewGuid():N}.pixels");
        try
        {
            if (folder is not null) Directory.CreateDirectory(folder);
            SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete,
                FileOptions.DeleteOnClose | FileOptions.RandomAccess);
            // Elsewhere a file without a name lives as long as it is open, so that even a killed process leaves nothing behind.
            if (!OperatingSystem.IsWindows()) File.Delete(path);
            return new PixelFile(file, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, e);
        }
    }

    /// <summary>Adds bytes at the end.</summary>
    /// <returns>Where they lie.</returns>
    /// <exception cref="UserError">The disk is full.</exception>
    public long Append(ReadOnlySpan<byte> bytes)
    {
        long at = _length;
        try
        {
            RandomAccess.Write(_file, bytes, at);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(_path, e);
        }
        _length += bytes.Length;
        return at;
    }

    /// <summary>
    /// Fills <paramref name="bytes"/> with what lies from <paramref name="at"/> on. No managed memory is allocated.
    /// </summary>
    public void Read(long at, Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int read = RandomAccess.Read(_file, bytes, at);
            if (read == 0) throw new InvalidOperationException($"{_path} ends at byte {at}");
            bytes = bytes[read..];
            at += read;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static UserError Failed(string path, Exception e) => new(
        $"cannot keep sprites in '{path}': {UserError.Reason(e)}. Name a folder with room with --set data.cache=DIR, "
        + "or allow more memory with --set data.memory=MIB.", e);
}
