using System;
using System.Collections.Generic;

namespace VaeContent.Trainer.Metrics;

/// <summary>Counts on which pixels of a sprite are visible, those of an alpha above 0; neighbours are eight.</summary>
/// <param name="Pieces">Pieces it falls into; pixels that touch at a corner are of one piece.</param>
/// <param name="Gaps">Invisible pixels with at least seven visible neighbours.</param>
internal readonly record struct Silhouette(int Pieces, int Gaps)
{
    private const int AroundGaps = 7;

    /// <summary>Counts in a sprite of <paramref name="width"/> pixels a row.</summary>
    public static Silhouette Of(Rgba32[] sprite, int width)
    {
        var seen = new bool[sprite.Length];
        var open = new Stack<int>();
        int pieces = 0, gaps = 0;
        for (int at = 0; at < sprite.Length; at++)
        {
            if (sprite[at].A == 0)
            {
                if (Visit(at, _ => { }) >= AroundGaps) gaps++;
                continue;
            }
            if (seen[at]) continue;
            pieces++;
            Reach(at);
            while (open.TryPop(out int next)) Visit(next, Reach);
        }
        return new Silhouette(pieces, gaps);

        void Reach(int pixel)
        {
            if (seen[pixel]) return;
            seen[pixel] = true;
            open.Push(pixel);
        }

        // How many neighbours are visible, having shown each.
        int Visit(int at, Action<int> show)
        {
            int x = at % width, y = at / width, count = 0;
            for (int ny = Math.Max(0, y - 1); ny <= y + 1 && ny * width < sprite.Length; ny++)
            {
                for (int nx = Math.Max(0, x - 1); nx <= Math.Min(width - 1, x + 1); nx++)
                {
                    int next = (ny * width) + nx;
                    if (next == at || sprite[next].A == 0) continue;
                    count++;
                    show(next);
                }
            }
            return count;
        }
    }
}
