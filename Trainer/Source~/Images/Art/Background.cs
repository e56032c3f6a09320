using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace VaeContent.Trainer.Images;

/// <summary>
/// A background that stands for transparency: one colour, or the checkerboard that editors show for it, painted. A pure colour
/// key (magenta, green, cyan, ...) is removed wherever it is; others, which occur inside of drawings too, where they reach the
/// border.
/// </summary>
/// <param name="Colour">The colour, or the checkerboard's where x and y are 0.</param>
/// <param name="Other">The checkerboard's other colour; null for one colour.</param>
/// <param name="Square">The side of its squares, pixels.</param>
internal sealed record Background(Rgba32 Colour, Rgba32? Other = null, int Square = 0)
{
    private const double MostOfBorder = 0.75, MostPictures = 0.9, FewTransparent = 0.01;
    private const int LargestSquare = 32, GreyTolerance = 8, Tolerance = 3;

    /// <summary>The colour that a person wrote: <c>#ff00ff</c>.</summary>
    /// <exception cref="UserError">It is written otherwise.</exception>
    public static Background Parse(string text)
    {
        string digits = text.TrimStart('#');
        if (digits.Length == 6 && uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
            out uint rgb))
            return new Background(new Rgba32((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb));
        throw new UserError($"--key {text}: expected auto, or a colour as six hexadecimal digits, such as #ff00ff.");
    }

    /// <summary>The one that nearly all of some pictures have; null where there is none.</summary>
    public static Background? Find(IReadOnlyList<Bitmap> pictures)
    {
        if (pictures.Count == 0) return null;
        Background?[] found = [.. pictures.Select(Find)];
        var commonest = found.OfType<Background>().GroupBy(one => one).OrderByDescending(group => group.Count()).FirstOrDefault();
        return commonest?.Count() >= MostPictures * pictures.Count ? commonest.Key : null;
    }

    /// <summary>The picture without its background.</summary>
    public Bitmap Remove(Bitmap picture)
    {
        Bitmap result = picture.Crop(0, 0, picture.Width, picture.Height);
        if (Other is null && IsKey)
        {
            foreach (ref Rgba32 pixel in result.Pixels.AsSpan())
            {
                if (IsLike(pixel, Colour)) pixel = default;
            }
            return result;
        }
        var open = new Stack<(int X, int Y)>(Border(picture));
        while (open.TryPop(out var at))
        {
            if (at.X < 0 || at.Y < 0 || at.X >= picture.Width || at.Y >= picture.Height || result[at.X, at.Y].A == 0
                || !IsLike(picture[at.X, at.Y], At(at.X, at.Y))) continue;
            result[at.X, at.Y] = default;
            open.Push((at.X - 1, at.Y));
            open.Push((at.X + 1, at.Y));
            open.Push((at.X, at.Y - 1));
            open.Push((at.X, at.Y + 1));
        }
        return result;
    }

    /// <summary>For messages, and for a colour as <see cref="Parse"/> reads it: <c>#ff00ff</c>.</summary>
    public override string ToString() => Other is { } other
        ? $"a checkerboard of {Square}x{Square} squares, {Hex(Colour)} and {Hex(other)}" : Hex(Colour);

    // Colours that nobody paints with: all channels at one of their ends, but not grey.
    private bool IsKey => new[] { Colour.R, Colour.G, Colour.B }.All(channel => channel is <= 4 or >= 251)
        && !IsGrey(Colour);

    private Rgba32 At(int x, int y) => Other is { } other && ((x / Square) + (y / Square)) % 2 == 1 ? other : Colour;

    private static Background? Find(Bitmap picture)
    {
        if (picture.Width < 4 || picture.Height < 4) return null;
        int transparent = picture.Pixels.Count(pixel => pixel.A < 128);
        if (transparent > FewTransparent * picture.Pixels.Length) return null;
        (int X, int Y)[] border = [.. Border(picture)];
        Rgba32[] colours = [.. border.Select(at => picture[at.X, at.Y])];
        var counts = colours.CountBy(colour => colour).OrderByDescending(pair => pair.Value).ToArray();
        if (counts[0].Value >= MostOfBorder * border.Length)
            return counts[0].Value < border.Length || picture.Pixels.Any(pixel => pixel != counts[0].Key)
                ? new Background(counts[0].Key) : null;
        if (counts.Length < 2 || !IsGrey(counts[0].Key) || !IsGrey(counts[1].Key)
            || counts[0].Value + counts[1].Value < MostOfBorder * border.Length) return null;
        for (int square = 2; square <= Math.Min(LargestSquare, Math.Max(picture.Width, picture.Height) / 2); square++)
        {
            foreach (var (one, other) in new[] { (counts[0].Key, counts[1].Key), (counts[1].Key, counts[0].Key) })
            {
                var board = new Background(one, other, square);
                if (border.Count(at => picture[at.X, at.Y] == board.At(at.X, at.Y)) >= MostOfBorder * border.Length) return board;
            }
        }
        return null;
    }

    private static IEnumerable<(int X, int Y)> Border(Bitmap picture)
    {
        for (int x = 0; x < picture.Width; x++)
        {
            yield return (x, 0);
            yield return (x, picture.Height - 1);
        }
        for (int y = 1; y < picture.Height - 1; y++)
        {
            yield return (0, y);
            yield return (picture.Width - 1, y);
        }
    }

    private static bool IsGrey(Rgba32 colour) => Math.Max(colour.R, Math.Max(colour.G, colour.B))
        - Math.Min(colour.R, Math.Min(colour.G, colour.B)) <= GreyTolerance;

    private static bool IsLike(Rgba32 one, Rgba32 other) => Math.Abs(one.R - other.R) <= Tolerance
        && Math.Abs(one.G - other.G) <= Tolerance && Math.Abs(one.B - other.B) <= Tolerance && one.A >= 128;

    private static string Hex(Rgba32 colour) => $"#{colour.R:x2}{colour.G:x2}{colour.B:x2}";
}
