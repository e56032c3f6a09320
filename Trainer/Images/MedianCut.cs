using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Images;

/// <summary>
/// Reduces colours to a small palette (Heckbert 1982): the box of colours with the largest spread is cut at its median until
/// there are enough boxes; a box's colour is the mean of its pixels.
/// </summary>
internal static class MedianCut
{
    /// <summary>
    /// At most <paramref name="count"/> opaque colours that stand for <paramref name="pixels"/> (alpha is ignored): those
    /// themselves where they are few enough, in order of appearance.
    /// </summary>
    public static Rgba32[] Palette(IEnumerable<Rgba32> pixels, int count)
    {
        var counts = new Dictionary<Rgba32, int>();
        var colors = new List<Rgba32>();
        foreach (Rgba32 pixel in pixels)
        {
            var color = new Rgba32(pixel.R, pixel.G, pixel.B);
            counts[color] = counts.GetValueOrDefault(color) + 1;
            if (counts[color] == 1) colors.Add(color);
        }
        if (colors.Count <= count) return colors.ToArray();

        var boxes = new List<Box> { Box.Of(colors.ToArray()) };
        while (boxes.Count < count)
        {
            Box widest = boxes.MaxBy(box => box.Spread)!;
            boxes.Remove(widest);
            int cut = Median(widest.Colors, counts);
            boxes.Add(Box.Of(widest.Colors[..cut]));
            boxes.Add(Box.Of(widest.Colors[cut..]));
        }
        return boxes.Select(box => Mean(box.Colors, counts)).Distinct().ToArray();
    }

    /// <summary>The index of the colour in <paramref name="palette"/> that is nearest to <paramref name="color"/>.</summary>
    public static int Nearest(ReadOnlySpan<Rgba32> palette, Rgba32 color)
    {
        int best = 0;
        int least = int.MaxValue;
        for (int i = 0; i < palette.Length; i++)
        {
            int r = palette[i].R - color.R;
            int g = palette[i].G - color.G;
            int b = palette[i].B - color.B;
            // The eye sees differences of green best, of blue worst.
            int distance = 3 * r * r + 4 * g * g + 2 * b * b;
            if (distance >= least) continue;
            least = distance;
            best = i;
        }
        return best;
    }

    // Where to cut sorted colours so that both halves hold a colour and, as nearly as that allows, half of the pixels.
    private static int Median(Rgba32[] sorted, Dictionary<Rgba32, int> counts)
    {
        long half = sorted.Sum(color => (long)counts[color]) / 2;
        long sum = counts[sorted[0]];
        int cut = 1;
        while (cut < sorted.Length - 1 && sum + counts[sorted[cut]] <= half) sum += counts[sorted[cut++]];
        return cut;
    }

    private static Rgba32 Mean(Rgba32[] box, Dictionary<Rgba32, int> counts)
    {
        long r = 0, g = 0, b = 0, n = 0;
        foreach (Rgba32 color in box)
        {
            long count = counts[color];
            r += color.R * count;
            g += color.G * count;
            b += color.B * count;
            n += count;
        }
        return new Rgba32((byte)((r + n / 2) / n), (byte)((g + n / 2) / n), (byte)((b + n / 2) / n));
    }

    // Some colours, sorted by the channel in which they differ most, and by how much they differ there.
    private sealed record Box(Rgba32[] Colors, int Spread)
    {
        private static readonly Func<Rgba32, byte>[] Channels = [color => color.G, color => color.R, color => color.B];

        public static Box Of(Rgba32[] colors)
        {
            Func<Rgba32, byte> widest = Channels.MaxBy(Size)!;
            return new Box(colors.OrderBy(widest).ThenBy(color => color.Packed).ToArray(), Size(widest));

            int Size(Func<Rgba32, byte> channel) => colors.Max(channel) - colors.Min(channel);
        }
    }
}
