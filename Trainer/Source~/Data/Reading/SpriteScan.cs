using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Data;

/// <summary>
/// The picture files under a folder, by relative path with forward slashes in ordinal order: the same list on every platform.
/// </summary>
/// <param name="Root">The folder.</param>
/// <param name="All">Every one under it.</param>
/// <param name="Included">Those asked for.</param>
internal sealed record SpriteScan(string Root, List<string> All, IReadOnlyList<string> Included)
{
    private const int MaxDepth = 32;

    /// <summary>Looks through <paramref name="dir"/>, which may also be one file (a sheet).</summary>
    public static SpriteScan Find(string dir, IReadOnlyList<string> include)
    {
        if (File.Exists(dir)) return SingleFile(dir);
        if (!Directory.Exists(dir)) throw new UserError(
            $"folder '{dir}' does not exist; expected a folder of {PictureReader.Names} sprites.");

        var files = new List<string>();
        try
        {
            Walk(new DirectoryInfo(dir), "", files, 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"cannot read folder '{dir}': {UserError.Reason(e)}; check its " +
                "permissions.", e);
        }
        files.Sort(string.CompareOrdinal);
        List<string> all = files.FindAll(PictureReader.IsPicture);
        if (all.Count == 0)
            throw new UserError(
                $"folder '{dir}' holds {Describe(files)}; expected {PictureReader.Names} sprites in it or its sub-folders.");
        return new SpriteScan(dir, all, include.Count == 0 ? all : Filter(dir, all, include));
    }

    private static SpriteScan SingleFile(string path)
    {
        if (!PictureReader.IsPicture(path))
            throw new UserError(
                $"'{path}' is a file, but no picture; expected a folder of {PictureReader.Names} sprites or one "
                + $"{PictureReader.Names} sheet.");
        List<string> one = [Path.GetFileName(path)];
        return new SpriteScan(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".", one, one);
    }

    private static void Walk(DirectoryInfo folder, string prefix, List<string> files, int depth)
    {
        foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos())
        {
            if (IsHidden(entry)) continue;
            if (entry is not DirectoryInfo inner)
                files.Add(prefix + entry.Name);
            else if (depth < MaxDepth && !LeadsBack(inner))
                Walk(inner, prefix + entry.Name + "/", files, depth + 1);
        }
    }

    private static bool IsHidden(FileSystemInfo entry) =>
        entry.Name.StartsWith('.') || (OperatingSystem.IsWindows() && entry.Attributes.HasFlag(FileAttributes.Hidden));

    // A linked folder that contains itself would be walked for ever.
    private static bool LeadsBack(DirectoryInfo folder) =>
        folder.LinkTarget is not null && folder.ResolveLinkTarget(returnFinalTarget: true) is { } target &&
        (folder.FullName + Path.DirectorySeparatorChar).StartsWith(target.FullName.TrimEnd(Path.DirectorySeparatorChar) +
            Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static List<string> Filter(string dir, List<string> all, IReadOnlyList<string> include)
    {
        string[] prefixes = [.. include.Select(name => name.Replace('\\', '/').Trim('/') + "/")];
        foreach (string prefix in prefixes)
        {
            if (all.Exists(path => path.StartsWith(prefix, StringComparison.Ordinal))) continue;
            IEnumerable<string> found = all.Select(path => FolderLabels.Of(path, 1)).OfType<string>().Distinct().Take(12);
            string missing = prefix.TrimEnd('/');
            throw new UserError($"'{dir}' has no {PictureReader.Names} in a sub-folder '{missing}'; its sub-folders are: " +
                $"{string.Join(", ", found)}.");
        }
        return all.FindAll(path => prefixes.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal)));
    }

    // "37 files, none of them a picture (.jpg 30, .txt 7)"
    private static string Describe(List<string> files)
    {
        if (files.Count == 0) return "no files";
        var kinds = files.GroupBy(path => Path.GetExtension(path).ToLowerInvariant())
            .OrderByDescending(kind => kind.Count()).ThenBy(kind => kind.Key, StringComparer.Ordinal).Take(3)
            .Select(kind => $"{(kind.Key.Length == 0 ? "no extension" : kind.Key)} {kind.Count()}");
        return files.Count == 1
            ? $"1 file, '{files[0]}', which is no picture"
            : $"{files.Count} files, none of them a picture ({string.Join(", ", kinds)})";
    }
}
