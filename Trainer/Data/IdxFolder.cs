using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>
/// A folder as MNIST comes: <c>train-images-idx3-ubyte</c> and <c>train-labels-idx1-ubyte</c>, and the same with <c>t10k</c> for what
/// is judged by; each may end in <c>.gz</c>. Pictures become opaque grey sprites, and labels their names <c>0</c>, <c>1</c>, ...
/// </summary>
internal static class IdxFolder
{
    private const string Learnt = "train", Judged = "t10k";

    /// <summary>Whether a folder holds such files.</summary>
    public static bool Is(string folder) => Find(folder, Learnt, "images-idx3") is not null;

    /// <summary>
    /// Reads both parts: all sprites, those to learn from, those held out. Without t10k files <paramref name="heldOut"/> of the first part is held out.
    /// Without label files, or where <paramref name="labels"/> are refused, there are no labels.
    /// </summary>
    /// <exception cref="UserError">A file is damaged, or two of them do not fit together.</exception>
    public static (SpriteSet All, SpriteSet Train, SpriteSet HeldOut) Load(string folder, LabelSource labels, double heldOut)
    {
        var (sprites, width, height) = Read(folder, Learnt, labels);
        List<Sprite> judged = [];
        if (Find(folder, Judged, "images-idx3") is not null)
        {
            (judged, int judgedWidth, int judgedHeight) = Read(folder, Judged, labels);
            if ((judgedWidth, judgedHeight) != (width, height))
                throw new UserError($"'{folder}': the pictures of {Learnt} are {width}x{height}, those of {Judged} {judgedWidth}x{judgedHeight}; expected one size.");
        }
        Sprite[] both = [.. sprites, .. judged];
        int most = both.Max(sprite => sprite.Label);
        string[] names = [.. Enumerable.Range(0, most + 1).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        var report = new DataReport
        {
            Files = judged.Count > 0 ? 2 : 1,
            Pictures = both.Length,
            Kept = both.Length,
            Sizes = [new SizeCount(width, height, both.Length)],
            DistinctColours = both.Take(1000).SelectMany(sprite => sprite.Pixels).Select(pixel => pixel.R).Distinct().Count(),
            LabelOrigin = names.Length > 0 ? "IDX label files" : "none",
        };
        SpriteSet Set(IReadOnlyList<Sprite> part) => new(width, height, part, names, null, report);
        SpriteSet all = Set(both);
        return judged.Count > 0 ? (all, Set(sprites), Set(judged)) : (all, all.Split(heldOut).Train, all.Split(heldOut).HeldOut);
    }

    private static (List<Sprite> Sprites, int Width, int Height) Read(string folder, string part, LabelSource labels)
    {
        string path = Find(folder, part, "images-idx3")!;
        IdxFile pictures = IdxFile.Load(path);
        if (pictures.Dimensions is not [var count, var height, var width] || count < 1 || !new Canvas(width, height).IsAllowed)
            throw new UserError($"'{path}' holds {string.Join(" x ", pictures.Dimensions)} bytes; expected pictures x rows x columns, with sides of {Canvas.MinSide} to {Canvas.MaxSide}.");
        byte[]? digits = null;
        if (!labels.IsNone && Find(folder, part, "labels-idx1") is { } labelPath)
        {
            IdxFile read = IdxFile.Load(labelPath);
            if (read.Data.Length != count) throw new UserError($"'{labelPath}' has {read.Data.Length} labels, '{path}' {count} pictures: expected as many.");
            digits = read.Data;
        }
        string name = Path.GetFileName(path);
        int area = width * height;
        var sprites = new List<Sprite>(count);
        for (int i = 0; i < count; i++)
        {
            Rgba32[] pixels = Array.ConvertAll(pictures.Data[(i * area)..((i + 1) * area)], grey => new Rgba32(grey, grey, grey));
            sprites.Add(new Sprite($"{name}#{i}", pixels) { Label = digits?[i] ?? -1 });
        }
        return (sprites, width, height);
    }

    private static string? Find(string folder, string part, string kind) =>
        new[] { "", ".gz" }.Select(end => Path.Combine(folder, $"{part}-{kind}-ubyte{end}")).FirstOrDefault(File.Exists);
}
