using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace VaeContent.Trainer;

/// <summary>
/// Writes whole files or nothing: into a temporary file beside the target, then renamed over it. Links that lie in the place of
/// either are replaced, never followed.
/// </summary>
public static class AtomicFile
{
    /// <summary>Replaces <paramref name="path"/> by <paramref name="content"/>, making its folder where it is missing.</summary>
    /// <exception cref="UserError">
    /// The folder or file cannot be written (no permission, disk full, a folder of that name).
    /// </exception>
    public static void Write(string path, byte[] content) => Write(DiskFiles.Instance, (path, content));

    /// <summary>Replaces <paramref name="path"/> by <paramref name="text"/> as UTF-8 without a byte order mark.</summary>
    /// <exception cref="UserError">The file cannot be written.</exception>
    public static void WriteText(string path, string text) => Write(path, new UTF8Encoding(false).GetBytes(text));

    /// <summary>
    /// Replaces several files that belong together: all of them, or, where one cannot be written, none. A process that is killed
    /// between two renames, which take microseconds, leaves the first of them alone.
    /// </summary>
    /// <exception cref="UserError">A file cannot be written.</exception>
    public static void WriteTogether(params (string Path, byte[] Content)[] files) => Write(DiskFiles.Instance, files);

    /// <summary>The same on any files, so that tests can let each step fail.</summary>
    internal static void Write(IFiles disk, params (string Path, byte[] Content)[] files)
    {
        var undo = new Stack<Action>();
        string at = "";
        try
        {
            foreach (var (path, content) in files)
            {
                at = path;
                if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
                string temporary = Temporary(path);
                disk.Delete(temporary); // of a process that was killed, or a link
                undo.Push(() => disk.Delete(temporary));
                using Stream file = disk.Create(temporary);
                file.Write(content);
                disk.Flush(file);
            }
            Replace(disk, files, undo, ref at);
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            foreach (Action step in undo) Try(step);
            throw new UserError($"cannot write '{at}': {UserError.Reason(e)}. Choose another --out or make room.", e);
        }
        foreach (var (path, _) in files[..^1]) Try(() => disk.Delete(Earlier(path)));
    }

    // What was in a place is kept until all are in theirs: only the last one needs no way back.
    private static void Replace(IFiles disk, (string Path, byte[] Content)[] files, Stack<Action> undo, ref string at)
    {
        for (int i = 0; i < files.Length; i++)
        {
            string path = at = files[i].Path;
            if (i < files.Length - 1)
            {
                disk.Delete(Earlier(path));
                bool isThere = File.Exists(path);
                undo.Push(() =>
                {
                    if (isThere) disk.Move(Earlier(path), path);
                    else disk.Delete(path);
                });
                if (isThere) disk.Copy(path, Earlier(path));
            }
            disk.Move(Temporary(path), path);
        }
    }

    private static string Temporary(string path) => path + ".partial";

    private static string Earlier(string path) => path + ".earlier.partial";

    private static bool IsOfDisk(Exception e) =>
        e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    private static void Try(Action step)
    {
        try
        {
            step();
        }
        catch (Exception e) when (IsOfDisk(e))
        {
            // The write already failed for its own reason, which is the one to report.
        }
    }

    /// <summary>What writing asks of a disk.</summary>
    internal interface IFiles
    {
        /// <summary>Makes a file that is not there yet; a link in its place is an error.</summary>
        Stream Create(string path);

        /// <summary>Puts what was written on the disk itself.</summary>
        void Flush(Stream file);

        /// <summary>Renames a file over another.</summary>
        void Move(string from, string to);

        /// <summary>Copies a file to a place where none is.</summary>
        void Copy(string from, string to);

        /// <summary>Removes a file or link, if there is one.</summary>
        void Delete(string path);
    }

    private sealed class DiskFiles : IFiles
    {
        public static readonly DiskFiles Instance = new();

        public Stream Create(string path) => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);

        public void Flush(Stream file) => ((FileStream)file).Flush(flushToDisk: true);

        public void Move(string from, string to) => File.Move(from, to, overwrite: true);

        public void Copy(string from, string to) => File.Copy(from, to, overwrite: false);

        public void Delete(string path) => File.Delete(path);
    }
}
