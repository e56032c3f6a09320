using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Data;

/// <summary>
/// What some pictures of a set have in common that nobody means to be learnt: a background instead of transparency, pixels
/// enlarged to blocks, many sprites on one sheet. What was asked to be undone is undone to each picture; of the rest there are
/// hints.
/// </summary>
internal sealed class ArtSurvey
{
    private const int Looked = 48, Sheets = 4;

    private readonly SpriteFolderOptions _options;
    private readonly Background? _background;
    private readonly Dictionary<(int, int), PixelScale> _scales = []; // of enlarged pictures, by size
    private readonly SheetGrid? _grid;

    /// <summary>Looks at some of the files, evenly over all; those of characters are cut as their source says.</summary>
    public ArtSurvey(SpriteScan scan, SpriteFolderOptions options, bool areCharacters)
    {
        _options = options;
        int count = Math.Min(Looked, scan.Included.Count);
        List<Bitmap> pictures = [];
        for (int i = 0; i < count; i++)
        {
            if (TryLoad(Path.Combine(scan.Root, scan.Included[(int)((long)i * scan.Included.Count / count)])) is { } picture)
                pictures.Add(picture);
        }
        _background = options.Key ?? Background.Find(pictures);
        if (Removed is { } background) pictures = pictures.ConvertAll(background.Remove);
        PixelScale?[] scales = PixelScale.Find(pictures);
        foreach (var size in pictures.Zip(scales).Where(pair => pair.Second is { Factor: > 1 })
            .GroupBy(pair => (pair.First.Width, pair.First.Height)))
            _scales[size.Key] = size.GroupBy(pair => pair.Second!.Value).MaxBy(group => group.Count())!.Key;
        if (options.Grid is null && _scales.Count == 0 && !areCharacters)
            _grid = pictures
                .Where(picture => picture.Width > Canvas.MaxSide || picture.Height > Canvas.MaxSide
                    || scan.Included.Count < SpriteFolder.MinSprites)
                .Take(Sheets).Select(GridSearch.Find).FirstOrDefault(grid => grid is not null);
    }

    /// <summary>What the options at hand would do for the set, each in a sentence.</summary>
    public IEnumerable<string> Hints
    {
        get
        {
            if (_background is { } background && Removed is null)
                yield return $"The pictures have a background, {background}, that is learnt as part of the sprites; --key auto "
                    + "makes it transparent.";
            if (_scales.Count > 0 && _options.ScaleDown is null)
            {
                PixelScale[] scales = [.. _scales.Values.Distinct()];
                yield return $"The pictures are enlarged, each of their pixels a block of "
                    + $"{string.Join(" or ", scales.Select(scale => $"{scale.Factor}x{scale.Factor}").Distinct())}; --scale-down "
                    + (scales.Length == 1 ? $"{scales[0]} (or auto) " : "auto ") + "undoes it.";
            }
            if (_grid is { } grid && _options.Grid is null && !_options.IsGridAuto)
                yield return $"A picture looks like a sheet of cells: --grid {grid} (or auto) cuts it.";
        }
    }

    /// <summary>What is undone, each in a sentence.</summary>
    public IEnumerable<string> Deeds
    {
        get
        {
            if (Removed is { } background) yield return $"Made the background {background} transparent.";
            else if (_options.IsKeyAuto) yield return "--key auto: found no background that the pictures share.";
            if (_options.ScaleDown is { } given)
            {
                if (given.Factor > 1) yield return $"Scaled all pictures down by {given.Factor}.";
                else if (_scales.Count == 0) yield return "--scale-down auto: the pictures are not enlarged.";
                else yield return "Scaled pictures down: "
                    + string.Join(", ", _scales.Select(size => $"{size.Key.Item1}x{size.Key.Item2} by {size.Value.Factor}"))
                    + ".";
            }
        }
    }

    /// <summary>The picture as it is to be read.</summary>
    public Bitmap Apply(Bitmap picture)
    {
        if (Removed is { } background) picture = background.Remove(picture);
        if (_options.ScaleDown is not { } given) return picture;
        if (given.Factor > 1) return given.Reduce(picture);
        if (_scales.Count == 0) return picture;
        PixelScale scale = PixelScale.Find(picture)
            ?? (_scales.TryGetValue((picture.Width, picture.Height), out PixelScale usual) ? usual : new PixelScale(1, 0, 0));
        return scale.Reduce(picture);
    }

    private Background? Removed => _options.Key ?? (_options.IsKeyAuto ? _background : null);

    private static Bitmap? TryLoad(string file)
    {
        try
        {
            return PictureReader.Load(file)[0];
        }
        catch (UserError)
        {
            return null; // said when all are read
        }
    }
}
