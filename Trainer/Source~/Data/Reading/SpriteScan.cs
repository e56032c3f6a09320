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
/// <param name="Notes">What was skipped, each in a sentence.</param>
internal sealed record SpriteScan(string Root, List<string> All, IReadOnlyList<string> Included, IReadOnlyList<string> Notes)
{
    private const int NamedKinds = 5;

    /// <summary>Looks through <paramref name="dir"/>, which may also be one file (a sheet).</summary>
    public static SpriteScan Find(string dir, IReadOnlyList<string> include)
    {
        if (File.Exists(dir)) return SingleFile(dir);
        if (!Directory.Exists(dir)) throw new UserError(
            $"folder '{dir}' does not exist; expected a folder of {PictureReader.Names} sprites.");

        var walk = new FolderWalk(dir);
        List<string> all = walk.Files.FindAll(PictureReader.IsPicture);
        if (all.Count == 0)
            throw new UserError($"folder '{dir}' holds {Describe(walk.Files)}; expected {PictureReader.Names} sprites in it or "
                + $"its sub-folders.{string.Concat(walk.Notes.Select(note => " " + note))}");
        return new SpriteScan(dir, all, include.Count == 0 ? all : Filter(dir, all, include),
            [.. walk.Notes, .. Unread(walk.Files)]);
    }

    private static SpriteScan SingleFile(string path)
    {
        if (!PictureReader.IsPicture(path))
            throw new UserError(
                $"'{path}' is a file, but not a picture; expected a folder of {PictureReader.Names} sprites or one "
                + $"{PictureReader.Names} sheet.");
        List<string> one = [Path.GetFileName(path)];
        return new SpriteScan(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".", one, one, []);
    }

    private static List<string> Filter(string dir, List<string> all, IReadOnlyList<string> include)
    {
        string[] prefixes = [.. include.Select(name => name.Replace('\\', '/').Trim('/') + "/")];
        foreach (string prefix in prefixes)
        {
            if (all.Exists(path => path.StartsWith(prefix, StringComparison.Ordinal))) continue;
            IEnumerable<string> found = all.Select(path => FolderLabels.FromPath(path, 1)).OfType<string>().Distinct().Take(12);
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
            ? $"1 file, '{files[0]}', which is not a picture"
            : $"{files.Count} files, none of them a picture ({string.Join(", ", kinds)})";
    }

    // "30 .psd files are not read": not those that belong to a picture (hero.png.meta) or tell of pictures.
    private static IEnumerable<string> Unread(List<string> files)
    {
        var kinds = files
            .Where(file => !PictureReader.IsPicture(file) && !PictureReader.IsPicture(Path.ChangeExtension(file, null))
                && Path.GetExtension(file).ToLowerInvariant() is not (".meta" or ".csv" or ".tsv" or ".json"))
            .GroupBy(file => Path.GetExtension(file).ToLowerInvariant())
            .OrderByDescending(kind => kind.Count()).ThenBy(kind => kind.Key, StringComparer.Ordinal).ToArray();
        if (kinds.Length == 0) yield break;
        yield return string.Join(", ", kinds.Take(NamedKinds).Select(kind =>
            $"{kind.Count()} {(kind.Key.Length == 0 ? "other" : kind.Key)}"))
            + (kinds.Length > NamedKinds ? " and other" : "") + $" files are not read; expected {PictureReader.Names}.";
    }
}
