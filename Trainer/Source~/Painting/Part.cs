using System;

namespace VaeContent.Trainer.Painting;

/// <summary>
/// One piece of a hero as a small text picture: a character a pixel, its top-left corner at (<see cref="X"/>, <see cref="Y"/>)
/// of the sprite. '.' is transparent; what the other characters mean is <see cref="Wardrobe"/>'s to say.
/// </summary>
internal sealed class Part
{
    internal Part(int x, int y, string picture)
    {
        X = x;
        Y = y;
        Rows = picture.Split('\n');
        foreach (string row in Rows)
        {
            if (row.Length != Rows[0].Length)
                throw new ArgumentException($"row '{row}' has {row.Length} pixels, not {Rows[0].Length}", nameof(picture));
        }
    }

    internal int X { get; }

    internal int Y { get; }

    internal string[] Rows { get; }

    internal int Width => Rows[0].Length;

    internal int Height => Rows.Length;
}
