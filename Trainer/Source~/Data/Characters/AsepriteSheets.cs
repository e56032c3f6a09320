using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Data;

/// <summary>
/// Sheets of one character each with the JSON that Aseprite writes beside them: <c>knight.png</c> and <c>knight.json</c>. Tags
/// are poses; a sheet without tags is one pose. Frames that were trimmed get their margins back, rotated ones are turned back,
/// and frames that share a place on the sheet are each read.
/// </summary>
internal sealed class AsepriteSheets : CharacterSource
{
    private const string Untagged = "frames";

    private readonly Dictionary<string, List<AsepriteFrame>> _frames = new(StringComparer.Ordinal);

    private AsepriteSheets(IReadOnlyList<string> order) => Order = order;

    public override string Origin => "the JSON beside each sheet";

    public override IReadOnlyList<string> Order { get; }

    /// <summary>The sheets of a folder; null where no picture has such a JSON beside it.</summary>
    /// <exception cref="UserError">A JSON cannot be read, or some pictures have none.</exception>
    public static AsepriteSheets? TryLoad(string root, IReadOnlyList<string> pictures, IReadOnlyList<string> order)
    {
        var sheets = new AsepriteSheets(order);
        var others = new List<string>();
        foreach (string picture in pictures)
        {
            string path = Path.Combine(root, Path.ChangeExtension(picture, ".json"));
            if (File.Exists(path) && AsepriteFile.TryRead(path) is { } file) sheets._frames.Add(picture, file);
            else others.Add(picture);
        }
        if (sheets._frames.Count == 0) return null;
        string[] stems = [.. sheets._frames.Keys.Select(sheet => Path.ChangeExtension(sheet, "."))];
        if (others.Find(picture => !IsOf(stems, picture)) is { } without)
            throw new UserError($"'{Path.Combine(root, without)}' has no '{Path.ChangeExtension(without, ".json")}' with frames "
                + "beside it, but other sheets have theirs; export it with its JSON, or move it away.");
        return sheets;
    }

    /// <summary>Pictures that are named after a sheet, <c>knight.walk.gif</c>, show what it shows.</summary>
    public override bool LeavesOut(string path) => !_frames.ContainsKey(path);

    public override CharacterFrame? FrameOf(PicturePath picture)
    {
        AsepriteFrame frame = _frames[picture.File][picture.Cell!.Value];
        return new(Path.ChangeExtension(picture.File, null), frame.Pose ?? Untagged, frame.Number, frame.Milliseconds);
    }

    public override IReadOnlyList<Picture> Cut(string path, string file, Bitmap sheet) =>
        [.. _frames[path].Select((frame, i) => Cell(path, i, Restore(frame, sheet, file)))];

    private static bool IsOf(string[] stems, string picture) =>
        Array.Exists(stems, stem => picture.StartsWith(stem, StringComparison.Ordinal));

    private static Bitmap Restore(AsepriteFrame frame, Bitmap sheet, string file)
    {
        var (x, y, width, height) = frame.OnSheet;
        (int across, int down) = frame.IsRotated ? (height, width) : (width, height);
        if (x < 0 || y < 0 || (long)x + across > sheet.Width || (long)y + down > sheet.Height)
            throw new UserError($"'{Path.ChangeExtension(file, ".json")}' places frame '{frame.Name}' at {x},{y} with "
                + $"{across}x{down} pixels; expected within the sheet '{Path.GetFileName(file)}' of "
                + $"{sheet.Width}x{sheet.Height}. Export the sheet and its JSON together again.");
        Bitmap cut = sheet.Crop(x, y, across, down);
        if (frame.IsRotated) cut = TurnBack(cut);
        var whole = new Bitmap(frame.Width, frame.Height);
        whole.Blit(cut, frame.Left, frame.Top);
        return whole;
    }

    // Packers turn a frame clockwise to fit it in: its left column lies on the sheet as the top row, from right to left.
    private static Bitmap TurnBack(Bitmap turned)
    {
        var upright = new Bitmap(turned.Height, turned.Width);
        for (int y = 0; y < upright.Height; y++)
        {
            for (int x = 0; x < upright.Width; x++)
                upright.Pixels[(y * upright.Width) + x] = turned.Pixels[(x * turned.Width) + turned.Width - 1 - y];
        }
        return upright;
    }
}
