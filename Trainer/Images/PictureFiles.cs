using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace VaeContent.Trainer.Images;

/// <summary>The picture formats of this program. Another executable on top of the Trainer adds its own before it runs a command.</summary>
public static class PictureFiles
{
    private static readonly Dictionary<string, IPictureReader> Readers = new(StringComparer.OrdinalIgnoreCase);

    static PictureFiles() => Add(new PngPictures());

    /// <summary>The file name endings that can be read, as in <c>.png</c>.</summary>
    public static IReadOnlyList<string> Extensions => [.. Readers.Keys.Order(StringComparer.Ordinal)];

    /// <summary>What a person would call the formats: <c>PNG</c>, or <c>PNG, BMP or GIF</c>.</summary>
    public static string Names
    {
        get
        {
            string[] names = [.. Readers.Keys.Select(ending => ending[1..].ToUpperInvariant()).OrderBy(name => name != "PNG").ThenBy(name => name, StringComparer.Ordinal)];
            return names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} or {names[^1]}";
        }
    }

    /// <summary>Makes a reader known for all its endings.</summary>
    public static void Add(IPictureReader reader)
    {
        foreach (string ending in reader.Extensions) Readers[ending] = reader;
    }

    /// <summary>Whether the file's name ends as those of a known format.</summary>
    public static bool CanRead(string path) => Readers.ContainsKey(Path.GetExtension(path));

    /// <summary>The pictures of a file: one, or the frames of an animation in order.</summary>
    /// <exception cref="UserError">No format has this ending, or the file cannot be read, is damaged, or is too large.</exception>
    public static IReadOnlyList<Bitmap> Load(string path) => Readers.TryGetValue(Path.GetExtension(path), out IPictureReader? reader) ? reader.Load(path)
        : throw new UserError($"'{path}': expected a file of {Names}.");

    private sealed class PngPictures : IPictureReader
    {
        public IReadOnlyList<string> Extensions => [".png"];

        public IReadOnlyList<Bitmap> Load(string path) => [PngReader.Load(path)];
    }
}
