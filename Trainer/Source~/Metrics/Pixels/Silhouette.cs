using System;
using System.Collections.Generic;

namespace VaeContent.Trainer.Metrics;

/// <summary>Counts on which pixels of a sprite are visible, those of an alpha above 0; neighbours are eight.</summary>
/// <param name="Pieces">Pieces it falls into; pixels that touch at a corner are of one piece.</param>
/// <param name="Gaps">Invisible pixels with at least seven visible neighbours.</param>
internal readonly record struct Silhouette(int Pieces, int Gaps)
{
    private const int Neighbours = 8, AroundGaps = 7;

    /// <summary>Counts in a sprite of <paramref name="width"/> pixels a row.</summary>
    public static Silhouette FromSprite(Rgba32[] sprite, int width)
    {
        var seen = new bool[sprite.Length];
        var open = new Stack<int>();
        Span<int> around = stackalloc int[Neighbours];
        int pieces = 0, gaps = 0;
        for (int start = 0; start < sprite.Length; start++)
        {
            if (sprite[start].A == 0)
            {
                if (VisibleAround(sprite, width, start, around) >= AroundGaps) gaps++;
                continue;
            }
            if (seen[start]) continue;
            pieces++;
            seen[start] = true;
            open.Push(start);
            while (open.TryPop(out int at))
            {
                foreach (int next in around[..VisibleAround(sprite, width, at, around)])
                {
                    if (seen[next]) continue;
                    seen[next] = true;
                    open.Push(next);
                }
            }
        }
        return new Silhouette(pieces, gaps);
    }

    // How many, and which.
    private static int VisibleAround(Rgba32[] sprite, int width, int at, Span<int> found)
    {
        int x = at % width, y = at / width, count = 0;
        for (int ny = Math.Max(0, y - 1); ny <= y + 1 && ny * width < sprite.Length; ny++)
        {
            for (int nx = Math.Max(0, x - 1); nx <= Math.Min(width - 1, x + 1); nx++)
            {
                int next = (ny * width) + nx;
                if (next != at && sprite[next].A > 0) found[count++] = next;
            }
        }
        return count;
    }
}
