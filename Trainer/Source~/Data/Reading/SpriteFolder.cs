using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Data;

/// <summary>
/// Reads a folder of sprites into a <see cref="SpriteSet"/>, the same set on every machine.
/// <para>Files: every file in it and below whose name ends as those that <see cref="PictureReader"/> reads, in ordinal order of
/// relative path; names that start with a dot are ignored. Each frame of an animation is a picture.</para>
/// <para>
/// Canvas: <c>--size</c> if given; otherwise the commonest size if 90% of the pictures have it; otherwise the largest width and
/// height if no picture is less than half of either; otherwise an error. Its sides are 8..128 pixels. Smaller pictures are
/// centred horizontally and stand on its bottom row; larger ones are skipped and reported. A picture below 8 pixels both ways is
/// an error, unless <c>--size</c> is given, which skips it.
/// </para>
/// <para>Pixels: alpha of 250 and more becomes 255, below 8 it becomes 0; RGB under alpha 0 is cleared. Blank pictures and
/// exact copies of an earlier one are dropped and reported.</para>
/// <para>
/// Labels: see <see cref="LabelSource"/>. A row of labels.csv for a file that is missing is an error; a sprite without a row, or
/// with an empty cell, has label -1. A row for a sheet holds for all its cells. A column <c>group</c> overrides the groups;
/// the other columns become <see cref="SpriteSet.FactorNames"/>.
/// </para>
/// <para>
/// Groups: sprites of one folder are variants if their names agree once trailing digits and <c>_word</c>, <c>-word</c> endings
/// are taken off, as far as 2..12 sprites agree (<c>goblin</c>, <c>goblin_2</c>, <c>goblin-old</c>). Frames of one file are one
/// group, and so are recolours, mirror images and neighbours that hardly differ, whatever their names: see
/// <see cref="Likeness"/>.
/// </para>
/// </summary>
public static class SpriteFolder
{
    /// <summary>The fewest distinct sprites a set can have.</summary>
    public const int MinSprites = 16;

    private const int FewSprites = 500, VeryFewSprites = 100, FilesAtOnce = 512;

    /// <summary>Loads <paramref name="dir"/>, a folder or a single sheet.</summary>
    /// <exception cref="UserError">The folder, a file in it, labels.csv or an option is not as the rules say.</exception>
    public static SpriteSet Load(string dir, SpriteFolderOptions? options = null)
    {
        options ??= new SpriteFolderOptions();
        if (IdxFolder.Is(dir)) return IdxFolder.Load(dir, options);
        SpriteScan scan = SpriteScan.Find(dir, options.Include);
        CharacterSource? characters = CharacterFinder.Find(scan, options);
        var survey = new ArtSurvey(scan, options, areCharacters: characters is not null);
        string hints = string.Concat(survey.Hints.Select(hint => " " + hint));
        List<string> warnings = [];
        PictureShelf shelf = Read(dir, scan, options, survey, characters, warnings);
        List<Picture> pictures = shelf.Pictures;
        List<SizeCount> sizes = Canvas.Count(pictures);
        Canvas canvas = options.Size is { } asked ? Canvas.Asked(asked) : Canvas.Decide(dir, pictures, sizes, hints);

        var sieve = new SpriteSieve(canvas, pictures, options.KeepAll || characters is not null);
        if (sieve.Kept.Count < (options.KeepAll ? 1 : MinSprites))
            throw new UserError($"'{dir}' holds {sieve.Kept.Count} distinct sprites of {canvas} or less in " +
                $"{scan.Included.Count} {PictureReader.Names} files (blank {sieve.Blank.Count}, copies {sieve.Copies.Count}, " +
                $"skipped for size {sieve.Skipped.Count}); expected {(options.KeepAll ? 1 : MinSprites)} or more.{hints}");

        if (sieve.Kept.Count < FewSprites)
            warnings.Add($"Only {sieve.Kept.Count} distinct sprites: expect " +
                (sieve.Kept.Count < VeryFewSprites ? "variations of these, many" : "new combinations of these, some") +
                $" of them close to one of your sprites; {FewSprites} or more do better.");
        if (sieve.Skipped.Count > 0)
            warnings.Add($"Skipped {sieve.Skipped.Count} pictures that do not suit {canvas}: " +
                $"{string.Join(", ", sieve.SkippedSizes.Take(3))}.");

        warnings.AddRange([.. survey.Hints, .. scan.Notes]);
        int snapped = pictures.Count(picture => picture.IsSnapped);
        if (snapped > 0)
            warnings.Add($"{snapped} of {pictures.Count} pictures have pixels that are nearly opaque or nearly nothing: alpha "
                + $"{AlphaBands.OpaqueFrom} and more was read as opaque, below {AlphaBands.VisibleFrom} as invisible.");

        var labels = new SpriteLabels(scan, pictures, sieve.Kept, canvas.Width, options.Labels, characters, warnings);
        var colours = new ColourHistogram(sieve.Kept);
        return new SpriteSet(canvas.Width, canvas.Height, labels.Sprites, labels.Names, labels.FactorNames, new DataReport
        {
            Files = scan.Included.Count,
            Pictures = pictures.Count,
            Kept = labels.Sprites.Count,
            Blank = Dropped.FromNames(sieve.Blank),
            Duplicates = Dropped.FromNames([.. sieve.Copies, .. labels.Copies]),
            Skipped = Dropped.FromNames(sieve.Skipped),
            SkippedSizes = sieve.SkippedSizes,
            Sizes = sizes,
            Padded = sieve.Padded,
            Snapped = snapped,
            Groups = labels.Groups,
            DistinctColours = colours.Count,
            SoftAlphaRatio = colours.SoftRatio,
            LabelOrigin = labels.Origin,
            LabelColumns = labels.ColumnValues,
            Poses = labels.Poses,
            BytesOnDisk = shelf.IsOnDisk ? shelf.Bytes : 0,
            Warnings = warnings,
        });
    }

    // Files are decoded side by side, some at a time, but the result, and the errors reported, are those of reading them in
    // order.
    private static PictureShelf Read(string dir, SpriteScan scan, SpriteFolderOptions options, ArtSurvey survey,
        CharacterSource? characters, List<string> notes)
    {
        var shelf = new PictureShelf(options.Budget, options.Cache);
        var bad = new BadFiles();
        var grids = new FileGrids(scan, options);
        var rests = new List<string>();
        for (int start = 0, count; start < scan.Included.Count; start += count)
        {
            count = FilesThatFit(scan, start, options.Budget);
            var files = new ReadFile[count];
            Parallel.For(0, files.Length, Cores.All, i =>
                files[i] = new ReadFile(scan.Root, scan.Included[start + i], grids, survey, characters));
            foreach (ReadFile file in files)
            {
                if (file.Error is { } error) bad.Add(file.Name, error);
                else if (file.Faults.Length > 0) bad.AddFaults(file.Name, file.Faults);
                if (file.Rest != default) rests.Add($"'{file.Name}' ({file.Rest.X} columns, {file.Rest.Y} rows)");
            }
            shelf.Add(files.SelectMany(file => file.Pictures));
        }
        bad.Check(dir, options.SkipBad);
        if (bad.Count == scan.Included.Count)
            throw new UserError($"'{dir}': none of the {bad.Count} pictures can be read."
                + string.Concat(bad.Notes.Select(note => " " + note)));
        notes.AddRange([.. survey.Deeds, .. bad.Notes]);
        if (rests.Count > 0)
            notes.Add($"{rests.Count} sheets end with less than a cell, which is left out: {string.Join(", ", rests.Take(3))}"
                + $"{(rests.Count > 3 ? ", ..." : "")}.");
        return shelf;
    }

    // Sheets take far more memory while they are decoded and cut than the sprites in them: as many at once as the budget has room
    // for, one at the least.
    private static int FilesThatFit(SpriteScan scan, int start, long budget)
    {
        long bytes = 0;
        int count = 0;
        while (count < FilesAtOnce && start + count < scan.Included.Count)
        {
            bytes += PictureReader.BytesToDecode(Path.Combine(scan.Root, scan.Included[start + count]));
            if (count > 0 && bytes > budget) break;
            count++;
        }
        return count;
    }
}
