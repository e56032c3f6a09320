using System;
using System.Linq;

namespace VaeContent.Trainer.Painting;

/// <summary>Parts as a hero turns round and walks. The sprite's middle lies between columns 15 and 16.</summary>
internal static class PartMoves
{
    // A leg that is lifted loses these rows of its thigh, so that its boot comes up by as many.
    private const int Thigh = 24, Lift = 2;

    /// <summary>The same part elsewhere.</summary>
    internal static Part Moved(this Part part, int x, int y) =>
        x == 0 && y == 0 ? part : new Part(part.X + x, part.Y + y, string.Join('\n', part.Rows));

    /// <summary>The part as it lies on a hero seen from behind.</summary>
    internal static Part Mirrored(this Part part) => new(Canvas.Size - part.X - part.Width, part.Y,
        string.Join('\n', part.Rows.Select(row => new string([.. row.Reverse()]))));

    /// <summary>With the leg in the left or the right half of the sprite lifted.</summary>
    internal static Part Lifted(this Part part, bool left)
    {
        char[][] rows = [.. part.Rows.Select(row => row.ToCharArray())];
        for (int y = Math.Max(0, Thigh - part.Y); y < part.Height; y++)
        {
            for (int x = 0; x < part.Width; x++)
            {
                if (part.X + x < Canvas.Size / 2 == left) rows[y][x] = y + Lift < part.Height ? part.Rows[y + Lift][x] : '.';
            }
        }
        return new Part(part.X, part.Y, string.Join('\n', rows.Select(row => new string(row))));
    }

    /// <summary>
    /// Without holes between what is drawn in a row, from row <paramref name="fromRow"/> of the sprite on: they get what most of
    /// the part is made of.
    /// </summary>
    internal static Part Filled(this Part part, int fromRow)
    {
        char common = string.Concat(part.Rows).Where(c => c != '.').CountBy(c => c).MaxBy(c => c.Value).Key;
        return new(part.X, part.Y, string.Join('\n',
            part.Rows.Select((row, y) => part.Y + y < fromRow ? row : Fill(row, common))));
    }

    /// <summary>With other materials: each character of <paramref name="from"/> as that of <paramref name="to"/>.</summary>
    internal static Part Recoloured(this Part part, string from, string to) => new(part.X, part.Y, string.Join('\n',
        part.Rows.Select(row => string.Concat(row.Select(c => from.Contains(c, StringComparison.Ordinal)
            ? to[from.IndexOf(c, StringComparison.Ordinal)] : c)))));

    private static string Fill(string row, char with)
    {
        int first = row.AsSpan().IndexOfAnyExcept('.'), last = row.AsSpan().LastIndexOfAnyExcept('.');
        return string.Concat(row.Select((c, x) => c == '.' && x > first && x < last ? with : c));
    }
}
