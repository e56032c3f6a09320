using System;
using System.IO;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>Where a path leads once all links on the way are followed: two names of one place give the same text.</summary>
internal static class RealPath
{
    // As many as Linux follows.
    private const int MostLinks = 40;

    /// <summary>The place; of what does not exist, the place it would have.</summary>
    public static string Resolve(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        for (int links = 0; links < MostLinks && FirstLink(full) is { } link; links++)
        {
            string target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(link) ?? "", new FileInfo(link).LinkTarget!));
            full = Path.TrimEndingDirectorySeparator(target + full[link.Length..]);
        }
        return full;
    }

    // The first part of a path that is a link; null where none is.
    private static string? FirstLink(string path)
    {
        string root = Path.GetPathRoot(path) ?? "", at = root;
        foreach (string part in path[root.Length..].Split(Path.DirectorySeparatorChar).Where(part => part.Length > 0))
        {
            at = Path.Combine(at, part);
            try
            {
                if (new FileInfo(at).LinkTarget is not null) return at;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
        return null;
    }
}
