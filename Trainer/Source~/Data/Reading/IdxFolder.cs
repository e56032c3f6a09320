using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>
/// A folder as MNIST comes: <c>train-images-idx3-ubyte</c> and <c>train-labels-idx1-ubyte</c>, and the same with <c>t10k</c> for
/// what is judged by; each may end in <c>.gz</c>. Pictures become opaque grey sprites, and labels their names <c>0</c>, <c>1</c>,
/// ...
/// </summary>
internal static class IdxFolder
{
    private const string Learnt = "train", Judged = "t10k";

    /// <summary>Whether a folder holds such files.</summary>
    public static bool Is(string folder) => Find(folder, Learnt, "images-idx3") is not null
        || Find(folder, Judged, "images-idx3") is not null;

    /// <summary>
    /// Reads both parts, or one where <see cref="SpriteFolderOptions.Include"/> names it: <c>train</c> or <c>t10k</c>. Without
    /// label files, or where labels are refused, there are no labels.
    /// </summary>
    /// <exception cref="UserError">A file is damaged, or two of them do not fit together.</exception>
    public static SpriteSet Load(string folder, SpriteFolderOptions options)
    {
        string[] parts = [.. new[] { Learnt, Judged }
            .Where(part => Find(folder, part, "images-idx3") is not null
                && (options.Include.Count == 0 || options.Include.Contains(part)))];
        if (parts.Length == 0)
            throw new UserError($"'{folder}' has no part {string.Join(", ", options.Include)}: --include {Learnt} or {Judged}, "
                + "if they are there.");
        var sprites = new List<Sprite>();
        (int Width, int Height) size = default;
        foreach (string part in parts)
        {
            var (read, width, height) = Read(folder, part, options.Labels);
            if (sprites.Count > 0 && (width, height) != size)
                throw new UserError(
                    $"'{folder}': the pictures of {Learnt} are {size.Width}x{size.Height}, those of {Judged} {width}x{height}; "
                    + "expected one size.");
            size = (width, height);
            sprites.AddRange(read);
        }
        int most = sprites.Max(sprite => sprite.Label);
        string[] names = [.. Enumerable.Range(0, most + 1).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        return new SpriteSet(size.Width, size.Height, sprites, names, null, new DataReport
        {
            Files = parts.Length,
            Pictures = sprites.Count,
            Kept = sprites.Count,
            Sizes = [new SizeCount(size.Width, size.Height, sprites.Count)],
            DistinctColours = new ColourHistogram(sprites).Count,
            LabelOrigin = names.Length > 0 ? "IDX label files" : "none",
        });
    }

    /// <summary>The parts of a set as its files have them; null unless there are both.</summary>
    public static (SpriteSet Train, SpriteSet HeldOut)? Split(SpriteSet all)
    {
        // Names of a large set lie on disk: the first says whether this is such a folder, whose files hold all sprites there are.
        if (all.Sprites.Count == 0 || !(IsOf(all.Sprites[0], Learnt) || IsOf(all.Sprites[0], Judged))) return null;
        SpriteSet Part(string name) => new(all.Width, all.Height, [.. all.Sprites.Where(sprite => IsOf(sprite, name))],
            all.Labels, null, all.Report);
        SpriteSet judged = Part(Judged), learnt = Part(Learnt);
        return judged.Sprites.Count == 0 || learnt.Sprites.Count == 0 ? null : (learnt, judged);
    }

    private static bool IsOf(Sprite sprite, string part) =>
        sprite.Path.StartsWith($"{part}-images-idx3", StringComparison.Ordinal);

    private static (List<Sprite> Sprites, int Width, int Height) Read(string folder, string part, LabelSource labels)
    {
        string path = Find(folder, part, "images-idx3")!;
        IdxFile pictures = IdxFile.Load(path);
        if (pictures.Dimensions is not [var count, var height, var width] || count < 1 || !new Canvas(width, height).IsAllowed)
            throw new UserError(
                $"'{path}' holds {string.Join(" x ", pictures.Dimensions)} bytes; expected pictures x rows x columns, with "
                + $"sides of {Canvas.MinSide} to {Canvas.MaxSide}.");
        byte[]? digits = null;
        if (!labels.IsNone && Find(folder, part, "labels-idx1") is { } labelPath)
        {
            IdxFile read = IdxFile.Load(labelPath);
            if (read.Data.Length != count) throw new UserError(
                $"'{labelPath}' has {read.Data.Length} labels, '{path}' {count} pictures: expected as many.");
            digits = read.Data;
        }
        string name = Path.GetFileName(path);
        int area = width * height;
        var sprites = new List<Sprite>(count);
        for (int i = 0; i < count; i++)
        {
            Rgba32[] pixels = Array.ConvertAll(pictures.Data[(i * area)..((i + 1) * area)], grey => new Rgba32(grey, grey, grey));
            sprites.Add(new Sprite(new PicturePath(name, Cell: i), pixels) { Label = digits?[i] ?? -1 });
        }
        return (sprites, width, height);
    }

    private static string? Find(string folder, string part, string kind) =>
        new[] { "", ".gz" }.Select(end => Path.Combine(folder, $"{part}-{kind}-ubyte{end}")).FirstOrDefault(File.Exists);
}
