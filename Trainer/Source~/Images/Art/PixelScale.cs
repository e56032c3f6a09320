using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;

namespace VaeContent.Trainer.Images;

/// <summary>
/// Pixel art that was enlarged, each of its pixels now a square block: how large the blocks are, and where the first whole one
/// begins.
/// </summary>
/// <param name="Factor">The side of a block, 2..16; 1 for art as it was drawn.</param>
/// <param name="X">Columns before the first whole block, below the factor.</param>
/// <param name="Y">Rows before it.</param>
internal readonly record struct PixelScale(int Factor, int X, int Y)
{
    private const int Largest = 16, EnoughEdges = 10;
    private const double MostPictures = 0.5;

    /// <summary>
    /// Reads <c>--scale-down</c>: a whole number, and how far the first whole block is from the corner where that is not 0:
    /// <c>4</c>, <c>4:1:0</c>.
    /// </summary>
    /// <exception cref="UserError">It is written otherwise.</exception>
    public static PixelScale Parse(string text)
    {
        int[] numbers = [.. text.Split(':').Select(part =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1)];
        if (numbers.Length is not (1 or 3) || numbers[0] is < 2 or > Largest
            || numbers.Skip(1).Any(at => at < 0 || at >= numbers[0]))
            throw new UserError($"--scale-down {text}: expected auto, or a whole number from 2 to {Largest}, such as 4; with the "
                + "place of the first whole block, such as 4:1:0.");
        return numbers.Length == 1 ? new PixelScale(numbers[0], 0, 0) : new PixelScale(numbers[0], numbers[1], numbers[2]);
    }

    /// <summary>
    /// That of each picture; null where a picture says too little. All are 1 unless half of the others or more were enlarged:
    /// a single drawing may have even sides by chance.
    /// </summary>
    public static PixelScale?[] Find(IReadOnlyList<Bitmap> pictures)
    {
        PixelScale?[] scales = [.. pictures.Select(Find)];
        int known = scales.Count(scale => scale is not null), enlarged = scales.Count(scale => scale?.Factor > 1);
        return enlarged > MostPictures * known ? scales
            : [.. scales.Select(scale => scale is null ? scale : new PixelScale(1, 0, 0))];
    }

    /// <summary>That of one picture; null where it has too few edges to tell.</summary>
    public static PixelScale? Find(Bitmap picture)
    {
        List<int> columns = Edges(picture, isColumns: true), rows = Edges(picture, isColumns: false);
        if (columns.Count < 2 || rows.Count < 2 || columns.Count + rows.Count < EnoughEdges) return null;
        int step = (int)BigInteger.GreatestCommonDivisor(Step(columns), Step(rows));
        // An edge at every block is rare: of larger steps take the largest that divides them.
        int factor = Enumerable.Range(2, Largest - 1).Where(size => step % size == 0).DefaultIfEmpty(1).Max();
        return factor == 1 ? new PixelScale(1, 0, 0) : new PixelScale(factor, columns[0] % factor, rows[0] % factor);
    }

    /// <summary>
    /// The picture with a pixel for each block. Blocks that the border cuts count where something shows in them, or where the
    /// size would not come out.
    /// </summary>
    public Bitmap Reduce(Bitmap picture)
    {
        if (Factor == 1) return picture;
        int[] columns = Centres(picture.Width, X, at => IsShown(picture, at, isColumn: true)),
            rows = Centres(picture.Height, Y, at => IsShown(picture, at, isColumn: false));
        if (columns.Length == 0 || rows.Length == 0) return picture;
        var result = new Bitmap(columns.Length, rows.Length);
        for (int y = 0; y < rows.Length; y++)
        {
            for (int x = 0; x < columns.Length; x++) result[x, y] = picture[columns[x], rows[y]];
        }
        return result;
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => (X, Y) == (0, 0) ? $"{Factor}" : $"{Factor}:{X}:{Y}";

    private int[] Centres(int size, int first, Func<int, bool> isShown)
    {
        int factor = Factor, whole = (size - first) / factor, expected = size / factor, last = first + (whole * factor);
        List<int> centres = [.. Enumerable.Range(0, whole).Select(i => first + (i * factor) + (factor / 2))];
        bool isBefore = first > 0 && Enumerable.Range(0, first).Any(isShown),
            isAfter = last < size && Enumerable.Range(last, size - last).Any(isShown);
        if (isBefore) centres.Insert(0, first / 2);
        if (isAfter || (last < size && centres.Count < expected)) centres.Add((last + size - 1) / 2);
        return [.. centres];
    }

    private static bool IsShown(Bitmap picture, int at, bool isColumn)
    {
        for (int i = 0; i < (isColumn ? picture.Height : picture.Width); i++)
        {
            if ((isColumn ? picture[at, i] : picture[i, at]).A > 0) return true;
        }
        return false;
    }

    // Where a column, or row, differs from the one before.
    private static List<int> Edges(Bitmap picture, bool isColumns)
    {
        var edges = new List<int>();
        int size = isColumns ? picture.Width : picture.Height, length = isColumns ? picture.Height : picture.Width;
        for (int at = 1; at < size; at++)
        {
            for (int i = 0; i < length; i++)
            {
                Rgba32 one = isColumns ? picture[at - 1, i] : picture[i, at - 1],
                    other = isColumns ? picture[at, i] : picture[i, at];
                if (one == other || (one.A | other.A) == 0) continue;
                edges.Add(at);
                break;
            }
        }
        return edges;
    }

    private static BigInteger Step(List<int> edges) =>
        edges.Skip(1).Aggregate(BigInteger.Zero, (step, at) => BigInteger.GreatestCommonDivisor(step, at - edges[0]));
}
