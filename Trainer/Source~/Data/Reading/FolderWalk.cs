using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>
/// The files under a folder. Each real folder is read once, whatever links lead to it, its own place before any link; folders of
/// runs, and what a run left in the folder itself, are skipped; so is what cannot be opened. Names that start with a dot are
/// ignored. Nothing else is left out, however deep it lies.
/// </summary>
internal sealed class FolderWalk
{
    private const int Named = 3;
    private static readonly string[] OfTheSystem = ["thumbs.db", "desktop.ini"];

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<(string Link, string Name)> _links = new();
    private readonly Stack<(string Folder, string Prefix)> _open = new();
    private readonly List<string> _repeated = [], _runs = [], _unreadable = [];

    /// <summary>Walks through a folder, which exists.</summary>
    public FolderWalk(string root)
    {
        _open.Push((RealPath.Resolve(root), ""));
        while (_open.Count + _links.Count > 0)
        {
            while (_open.TryPop(out var next)) Read(next.Folder, next.Prefix);
            if (_links.TryDequeue(out var link)) Follow(link.Link, link.Name);
        }
        Files.Sort(string.CompareOrdinal);
    }

    /// <summary>Relative paths with forward slashes, in ordinal order.</summary>
    public List<string> Files { get; } = [];

    /// <summary>What was skipped, each in a sentence.</summary>
    public IEnumerable<string> Notes
    {
        get
        {
            if (_unreadable.Count > 0)
                yield return $"Skipped {_unreadable.Count} entries that cannot be read: {Some(_unreadable)}.";
            if (_repeated.Count > 0)
                yield return $"{_repeated.Count} links lead to folders that are read anyway, each once: {Some(_repeated)}.";
            if (_runs.Count > 0) yield return $"Skipped {_runs.Count} folders of training runs: {Some(_runs)}.";
        }
    }

    private void Read(string folder, string prefix)
    {
        string name = prefix.TrimEnd('/');
        if (!_seen.Add(folder))
        {
            _repeated.Add($"'{name}'");
            return;
        }
        bool isRun = RunFiles.IsRun(folder);
        if (isRun && prefix.Length > 0)
        {
            _runs.Add($"'{name}'");
            return;
        }
        try
        {
            foreach (FileSystemInfo entry in new DirectoryInfo(folder).EnumerateFileSystemInfos()
                .OrderBy(entry => entry.Name, StringComparer.Ordinal))
            {
                if (!IsHidden(entry) && !(isRun && RunFiles.IsWritten(entry.Name))) Take(entry, prefix + entry.Name);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _unreadable.Add($"'{(name.Length > 0 ? name : folder)}' ({UserError.Reason(e)})");
        }
    }

    private void Take(FileSystemInfo entry, string name)
    {
        if (entry.LinkTarget is not null) _links.Enqueue((entry.FullName, name));
        else if (entry is DirectoryInfo) _open.Push((entry.FullName, name + "/"));
        else TakeFile(entry.FullName, name);
    }

    private void Follow(string link, string name)
    {
        string target = RealPath.Resolve(link);
        if (new FileInfo(target).LinkTarget is not null) _unreadable.Add($"'{name}' (a link to itself)");
        else if (Directory.Exists(target)) _open.Push((target, name + "/"));
        else if (File.Exists(target)) TakeFile(target, name);
        else _unreadable.Add($"'{name}' (a link to nothing)");
    }

    private void TakeFile(string path, string name)
    {
        if (IsEndless(path)) _unreadable.Add($"'{name}' (a pipe or a device)");
        else Files.Add(name);
    }

    // A pipe has no length, and opening it for reading alone would wait for someone who writes.
    private static bool IsEndless(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows() || new FileInfo(path).Length > 0) return false;
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            return !file.CanSeek;
        }
        catch (UnauthorizedAccessException)
        {
            return false; // an empty file that must not be written
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static bool IsHidden(FileSystemInfo entry) => entry.Name.StartsWith('.')
        || OfTheSystem.Contains(entry.Name.ToLowerInvariant())
        || (OperatingSystem.IsWindows() && entry.Attributes.HasFlag(FileAttributes.Hidden));

    private static string Some(List<string> names) =>
        string.Join(", ", names.Take(Named)) + (names.Count > Named ? ", ..." : "");
}
