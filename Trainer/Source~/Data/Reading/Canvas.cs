using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>The one size all sprites of a set get, by the rules that <see cref="SpriteFolder"/> states.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
internal readonly record struct Canvas(int Width, int Height)
{
    public const int MinSide = 8, MaxSide = 128;
    private const double ClearMajority = 0.9;

    /// <summary>Whether a picture can stand on it.</summary>
    public bool Fits(in Picture picture) => picture.Width <= Width && picture.Height <= Height && !IsTiny(picture);

    /// <summary>
    /// Puts a picture that fits on the canvas: centred horizontally, standing on its bottom row, nothing around it.
    /// </summary>
    public void Place(ReadOnlySpan<Rgba32> picture, int width, Span<Rgba32> target)
    {
        target.Clear();
        int rows = picture.Length / width, left = (Width - width) / 2, top = Height - rows;
        for (int y = 0; y < rows; y++)
            picture.Slice(y * width, width).CopyTo(target[(((top + y) * Width) + left)..]);
    }

    /// <summary>Sizes and how often they occur, commonest first.</summary>
    public static List<SizeCount> Count(IEnumerable<Picture> pictures) =>
        [.. pictures.GroupBy(p => (p.Width, p.Height)).Select(g => new SizeCount(g.Key.Width, g.Key.Height, g.Count()))
            .OrderByDescending(s => s.Count).ThenBy(s => s.Width).ThenBy(s => s.Height)];

    /// <summary>The canvas a person asked for.</summary>
    public static Canvas Asked((int Width, int Height) size)
    {
        var canvas = new Canvas(size.Width, size.Height);
        return canvas.IsAllowed
            ? canvas
            : throw new UserError($"size {canvas}: each side must be {MinSide}..{MaxSide} pixels; choose another --size.");
    }

    /// <summary>The canvas that suits the pictures themselves.</summary>
    /// <param name="dir">The set's folder.</param>
    /// <param name="pictures">All of it.</param>
    /// <param name="sizes">Their sizes.</param>
    /// <param name="hints">What might help, for the end of a message: empty, or sentences with a space before each.</param>
    public static Canvas Decide(string dir, IReadOnlyList<Picture> pictures, IReadOnlyList<SizeCount> sizes, string hints = "")
    {
        foreach (Picture picture in pictures)
        {
            if (IsTiny(picture))
                throw new UserError($"'{dir}': '{picture.Path}' is {picture.Width}x{picture.Height}, " +
                    $"smaller than {MinSide}x{MinSide}; remove it, or pass --size WxH, which skips such pictures.");
        }
        SizeCount common = sizes[0];
        var canvas = new Canvas(common.Width, common.Height);
        if (common.Count < ClearMajority * pictures.Count)
        {
            canvas = new Canvas(sizes.Max(s => s.Width), sizes.Max(s => s.Height));
            if (canvas.Width > 2 * sizes.Min(s => s.Width) || canvas.Height > 2 * sizes.Min(s => s.Height))
                throw new UserError($"'{dir}' mixes {sizes.Count} sizes too unlike for one canvas: " +
                    $"{string.Join(", ", sizes.Take(3))}{(sizes.Count > 3 ? ", ..." : "")}; " +
                    "pass --size WxH, which pads smaller and skips larger ones, or --grid WxH if these are sheets." + hints);
        }
        if (canvas.IsAllowed) return canvas;
        PicturePath example = pictures.First(p => p.Width == canvas.Width || p.Height == canvas.Height).Path;
        throw new UserError($"'{dir}': '{example}' asks for a canvas of {canvas}, but each side must be " +
            $"{MinSide}..{MaxSide} pixels; pass --grid WxH if it is a sheet of sprites, or scale the pictures first." + hints);
    }

    /// <summary>For a message: <c>32x48</c>.</summary>
    public override string ToString() => $"{Width}x{Height}";

    /// <summary>Whether its sides are in range.</summary>
    public bool IsAllowed => Width is >= MinSide and <= MaxSide && Height is >= MinSide and <= MaxSide;

    // 7x12 is a thin sprite; 1x1 and 7x7 are not sprites.
    private static bool IsTiny(in Picture picture) => picture.Width < MinSide && picture.Height < MinSide;
}
