using System.Collections.Generic;
using System.IO;
using System.Linq;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Data;

/// <summary>The pictures of one file of a set, or why it cannot be read.</summary>
internal sealed class ReadFile
{
    /// <summary>Reads the file; its name is relative to <paramref name="root"/>.</summary>
    public ReadFile(string root, string name, FileGrids grids, ArtSurvey survey, CharacterSource? characters)
    {
        Name = name;
        if (characters?.LeavesOut(name) == true) return;
        try
        {
            string path = Path.Combine(root, name);
            IReadOnlyList<Bitmap> frames = PictureReader.Load(path, out string faults);
            Faults = faults;
            if (frames.Count == 1 && characters?.Cut(name, path, survey.Apply(frames[0])) is { } poses)
            {
                Pictures = [.. poses];
                return;
            }
            Pictures = frames.Count == 1 ? Cut(name, path, survey.Apply(frames[0]), grids)
                : [.. frames.SelectMany((frame, i) => Cut(new PicturePath(name, i), path, survey.Apply(frame), grids))];
        }
        catch (UserError e)
        {
            Error = e;
        }
    }

    /// <summary>The file.</summary>
    public string Name { get; }

    /// <summary>What is on it: frames of an animation, cells of a sheet; none where it cannot be read.</summary>
    public Picture[] Pictures { get; } = [];

    /// <summary>What a strict reader would have refused; otherwise empty.</summary>
    public string Faults { get; } = "";

    /// <summary>Why it cannot be read; otherwise null.</summary>
    public UserError? Error { get; }

    /// <summary>Columns and rows of a sheet that are less than a cell.</summary>
    public (int X, int Y) Rest { get; private set; }

    private Picture[] Cut(PicturePath picture, string path, Bitmap bitmap, FileGrids grids)
    {
        if (grids.Cut(Name, path, bitmap, out int empty, out (int X, int Y) rest) is not { } shown)
            return [Picture.FromBitmap(picture, bitmap)];
        Rest = rest;
        var blank = new Picture(picture, shown.Count > 0 ? shown[0].Width : 0, shown.Count > 0 ? shown[0].Height : 0,
            Pixels: null, IsBlank: true);
        return [.. shown.Select((cell, i) => Picture.FromBitmap(picture with { Cell = i }, cell)),
            .. Enumerable.Repeat(blank, shown.Count > 0 ? empty : 0)];
    }
}
