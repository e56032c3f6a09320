using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>Sorts pictures into sprites to keep and pictures to drop, and remembers why.</summary>
internal sealed class SpriteSieve
{
    private readonly Dictionary<ulong, Sprite> _seen = [];

    private readonly bool _keepCopies;

    /// <summary>Sieves <paramref name="pictures"/> in order; of equal ones the first stays, or all do.</summary>
    public SpriteSieve(Canvas canvas, IReadOnlyList<Picture> pictures, bool keepCopies = false)
    {
        _keepCopies = keepCopies;
        foreach (Picture picture in pictures)
        {
            if (!canvas.Fits(picture))
                Skipped.Add(picture.Path.ToString());
            else if (picture.IsBlank)
                Blank.Add(picture.Path.ToString());
            else
                Keep(picture, canvas);
        }
        SkippedSizes = Canvas.Count(pictures.Where(picture => !canvas.Fits(picture)));
    }

    public List<Sprite> Kept { get; } = [];

    public List<string> Blank { get; } = [];

    public List<string> Copies { get; } = [];

    public List<string> Skipped { get; } = [];

    public IReadOnlyList<SizeCount> SkippedSizes { get; }

    public int Padded { get; private set; }

    private void Keep(in Picture picture, Canvas canvas)
    {
        var sprite = picture.PlaceOn(canvas);
        if (!_keepCopies && _seen.TryGetValue(sprite.Hash, out Sprite? original)
            && original.Pixels.AsSpan().SequenceEqual(sprite.Pixels))
        {
            Copies.Add($"{sprite.Path} = {original.Path}");
            return;
        }
        _seen.TryAdd(sprite.Hash, sprite);
        Kept.Add(sprite);
        if ((picture.Width, picture.Height) != (canvas.Width, canvas.Height)) Padded++;
    }
}
