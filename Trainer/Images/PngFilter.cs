using System;

namespace VaeContent.Trainer.Images;

/// <summary>
/// The five row filters of PNG (specification 9): a byte is stored as its difference to a prediction from its neighbours
/// a (left), b (above) and c (above left), where "left" is one pixel back.
/// </summary>
internal static class PngFilter
{
    /// <summary>How many filters there are: None, Sub, Up, Average, Paeth.</summary>
    public const int Count = 5;

    /// <summary>Turns the stored <paramref name="row"/> into pixels in place; false if there is no such filter.</summary>
    public static bool Undo(int filter, Span<byte> row, ReadOnlySpan<byte> above, int stride)
    {
        switch (filter)
        {
            case 0:
                return true;
            case 1:
                for (int i = stride; i < row.Length; i++) row[i] += row[i - stride];
                return true;
            case 2:
                for (int i = 0; i < row.Length; i++) row[i] += above[i];
                return true;
            case 3:
                for (int i = 0; i < row.Length; i++) row[i] += (byte)((Back(row, i, stride) + above[i]) >> 1);
                return true;
            case 4:
                for (int i = 0; i < row.Length; i++)
                    row[i] += Paeth(Back(row, i, stride), above[i], Back(above, i, stride));
                return true;
            default:
                return false;
        }
    }

    /// <summary>Writes <paramref name="row"/> as <paramref name="filter"/> stores it to <paramref name="stored"/>.</summary>
    public static void Apply(int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int stride, Span<byte> stored)
    {
        for (int i = 0; i < row.Length; i++)
        {
            stored[i] = (byte)(row[i] - filter switch
            {
                0 => 0,
                1 => Back(row, i, stride),
                2 => above[i],
                3 => (Back(row, i, stride) + above[i]) >> 1,
                4 => Paeth(Back(row, i, stride), above[i], Back(above, i, stride)),
                _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "PNG has filters 0 to 4"),
            });
        }
    }

    private static int Back(ReadOnlySpan<byte> row, int i, int stride) => i < stride ? 0 : row[i - stride];

    // The neighbour nearest to a + b - c; ties go to a, then b.
    private static byte Paeth(int a, int b, int c)
    {
        int toA = Math.Abs(b - c);
        int toB = Math.Abs(a - c);
        int toC = Math.Abs(a + b - 2 * c);
        return (byte)(toA <= toB && toA <= toC ? a : toB <= toC ? b : c);
    }
}
