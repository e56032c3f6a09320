using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace VaeContent.Trainer.Data;

/// <summary>
/// Joins groups of sprites that are one drawing, or one animation, so that none of it is learnt while the rest judges: the same
/// drawing in other colours, mirrored or moved; and neighbours in a numbered row of files, in the cells of a sheet, that hardly
/// differ.
/// </summary>
internal static class Likeness
{
    // Of the median difference of two sprites of the set, drawn at random: of neighbours, and of a row of them at the median.
    private const double OfNeighbours = 0.35, OfRow = 0.5;
    private const int RandomPairs = 400, LongestRow = 256, Move = 1;

    /// <summary>The group of each sprite, given those that its name says.</summary>
    /// <param name="sprites">In order of path.</param>
    /// <param name="groups">What names say, in the same order.</param>
    /// <param name="width">Columns of the canvas.</param>
    public static string[] Join(IReadOnlyList<Sprite> sprites, string[] groups, int width)
    {
        var joined = new Union(sprites.Count);
        JoinEqual(joined, groups);
        var shapes = new ulong?[sprites.Count];
        Parallel.For(0, shapes.Length, Cores.All, i => shapes[i] = Shape(sprites[i].Pixels, width));
        JoinEqual(joined, shapes);
        JoinRows(joined, sprites, width);
        return [.. Enumerable.Range(0, groups.Length).Select(i => groups[joined.Find(i)])];
    }

    private static void JoinEqual<T>(Union joined, IReadOnlyList<T?> keys)
    {
        var first = new Dictionary<object, int>();
        for (int i = 0; i < keys.Count; i++)
        {
            if (keys[i] is { } key && !first.TryAdd(key, i)) joined.Join(first[key], i);
        }
    }

    // Which pixels share a colour, wherever the drawing stands, whichever way it looks; null for what is not a drawing.
    private static ulong? Shape(Rgba32[] pixels, int width)
    {
        Placement margins = Placement.Margins(pixels, width);
        int columns = width - margins.Left - margins.Right, rows = (pixels.Length / width) - margins.Top - margins.Bottom;
        var numbers = new Dictionary<uint, int>(); // of colours, from 1
        var drawn = new int[columns * rows];
        (uint last, int number) = (0, 0);
        for (int i = 0; i < drawn.Length; i++)
        {
            uint colour = pixels[((margins.Top + (i / columns)) * width) + margins.Left + (i % columns)].Packed;
            if (colour != last)
            {
                if (colour == 0) number = 0;
                else if (!numbers.TryGetValue(colour, out number)) numbers.Add(colour, number = numbers.Count + 1);
                last = colour;
            }
            drawn[i] = number;
        }
        if (numbers.Count < 2) return null;
        ulong Hash(bool mirrored)
        {
            var codes = new uint[numbers.Count + 1]; // numbers in the order in which they are met this way
            uint met = 0;
            var shape = new Rgba32[drawn.Length];
            for (int i = 0; i < shape.Length; i++)
            {
                int x = i % columns, colour = drawn[mirrored ? i - x + columns - 1 - x : i];
                if (colour != 0 && codes[colour] == 0) codes[colour] = ++met;
                shape[i] = Rgba32.FromPacked(codes[colour]);
            }
            return StableHash.Compute(shape) ^ StableHash.Mix((ulong)columns);
        }
        return Math.Min(Hash(mirrored: false), Hash(mirrored: true));
    }

    private static void JoinRows(Union joined, IReadOnlyList<Sprite> sprites, int width)
    {
        double usual = UsualDifference(sprites, width);
        if (usual == 0) return;
        foreach (int[] row in Rows(sprites))
        {
            double[] steps = new double[row.Length - 1];
            Rgba32[] before = sprites[row[0]].Pixels;
            for (int i = 1; i < row.Length; i++)
            {
                Rgba32[] next = sprites[row[i]].Pixels;
                steps[i - 1] = Difference(before, next, width);
                before = next;
            }
            bool isAnimation = row.Length <= LongestRow && steps.Order().ElementAt(steps.Length / 2) < OfRow * usual;
            for (int i = 0; i < steps.Length; i++)
            {
                if (isAnimation || steps[i] < OfNeighbours * usual) joined.Join(row[i], row[i + 1]);
            }
        }
    }

    // Files of one folder whose names differ in a last number alone, in its order; cells of one sheet or frame.
    private static IEnumerable<int[]> Rows(IReadOnlyList<Sprite> sprites) =>
        from sprite in sprites.Select((sprite, i) => (Place: PlaceOf(sprite.Source), Index: i))
        group sprite by sprite.Place.Row into row
        where row.Count() > 1
        select row.OrderBy(one => one.Place.Number).Select(one => one.Index).ToArray();

    private static (string Row, long Number) PlaceOf(PicturePath path)
    {
        if (path.Cell is { } cell) return ($"{path.File}@{path.Frame}#", cell);
        if (path.Frame is { } frame) return ($"{path.File}@", frame);
        int end = path.File.LastIndexOf('.') is var dot && dot > path.File.LastIndexOf('/') ? dot : path.File.Length, start = end;
        while (start > 0 && end - start < 18 && char.IsAsciiDigit(path.File[start - 1])) start--;
        return start == end ? (path.File, 0)
            : (path.File[..start] + "*" + path.File[end..], long.Parse(path.File.AsSpan(start, end - start),
                System.Globalization.CultureInfo.InvariantCulture));
    }

    private static double UsualDifference(IReadOnlyList<Sprite> sprites, int width)
    {
        var random = new SplitMix(seed: 1);
        double[] differences = [.. Enumerable.Range(0, RandomPairs)
            .Select(_ =>
                Difference(sprites[random.Below(sprites.Count)].Pixels, sprites[random.Below(sprites.Count)].Pixels, width))
            .Where(difference => difference > 0).Order()];
        return differences.Length == 0 ? 0 : differences[differences.Length / 2];
    }

    // The share of pixels visible in either that are not the same in both; the least of all moves by a pixel, since a figure that
    // walks bobs.
    private static double Difference(Rgba32[] one, Rgba32[] other, int width)
    {
        double least = double.MaxValue;
        for (int dy = -Move; dy <= Move; dy++)
        {
            for (int dx = -Move; dx <= Move; dx++) least = Math.Min(least, Difference(one, other, width, dx, dy));
        }
        return least;
    }

    private static double Difference(Rgba32[] one, Rgba32[] other, int width, int dx, int dy)
    {
        int visible = 0, unlike = 0, height = one.Length / width;
        for (int y = Math.Max(0, -dy); y < Math.Min(height, height - dy); y++)
        {
            int from = Math.Max(0, -dx), length = width - Math.Abs(dx);
            ReadOnlySpan<Rgba32> row = one.AsSpan((y * width) + from, length),
                moved = other.AsSpan(((y + dy) * width) + from + dx, length);
            Count(MemoryMarshal.Cast<Rgba32, uint>(row), MemoryMarshal.Cast<Rgba32, uint>(moved), ref visible, ref unlike);
        }
        return visible == 0 ? 0 : (double)unlike / visible;
    }

    // What is invisible is 0.
    private static void Count(ReadOnlySpan<uint> one, ReadOnlySpan<uint> other, ref int visible, ref int unlike)
    {
        Vector<uint> nothing = Vector<uint>.Zero, alike = nothing; // counts, negative
        int x = 0;
        for (; x <= one.Length - Vector<uint>.Count; x += Vector<uint>.Count)
        {
            Vector<uint> a = new(one[x..]), b = new(other[x..]);
            alike += Vector.Equals(a, b);
            nothing += Vector.Equals(a | b, Vector<uint>.Zero);
        }
        visible += x + (int)Vector.Sum(nothing);
        unlike += x + (int)Vector.Sum(alike);
        for (; x < one.Length; x++)
        {
            if ((one[x] | other[x]) != 0) visible++;
            if (one[x] != other[x]) unlike++;
        }
    }

    // Disjoint sets; the first of each stands for it.
    private sealed class Union(int count)
    {
        private readonly int[] _above = [.. Enumerable.Range(0, count)];

        public int Find(int i)
        {
            while (_above[i] != i) i = _above[i] = _above[_above[i]];
            return i;
        }

        public void Join(int one, int other)
        {
            (one, other) = (Find(one), Find(other));
            _above[Math.Max(one, other)] = Math.Min(one, other);
        }
    }
}
