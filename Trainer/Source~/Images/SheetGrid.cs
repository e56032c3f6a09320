using System.Globalization;
using System.Linq;

namespace VaeContent.Trainer.Images;

/// <summary>
/// Where the cells of a sprite sheet are: cells of equal size, <see cref="Margin"/> pixels from every edge of the sheet,
/// <see cref="Spacing"/> pixels from each other.
/// </summary>
public readonly record struct SheetGrid(int CellWidth, int CellHeight, int Margin = 0, int Spacing = 0)
{
    private const int MaxPixels = PictureReader.MaxSide;

    /// <summary>
    /// Reads <c>WIDTHxHEIGHT[:MARGIN[:SPACING]]</c> in pixels: "16x16" is a sheet without gaps, "16x16:0:1" has 1 pixel between
    /// cells, "16x24:2:1" also 2 pixels around the edge.
    /// </summary>
    /// <exception cref="UserError">The text has another form, or a number is out of range.</exception>
    public static SheetGrid Parse(string text)
    {
        string[] parts = text.Split(':');
        string[] size = parts[0].Split('x', 'X');
        int?[] numbers = size.Concat(parts.Skip(1)).Select(Number).ToArray();
        if (size.Length != 2 || numbers.Length > 4 || numbers.Contains(null) || numbers[0] == 0 || numbers[1] == 0)
        {
            throw new UserError($"'{text}' is no sheet grid; expected WIDTHxHEIGHT[:MARGIN[:SPACING]] in pixels, sizes " +
                $"1 to {MaxPixels}, margin and spacing 0 to {MaxPixels}. " +
                "Write for example 16x16, or 16x16:0:1 for 1 pixel between cells.");
        }
        return new SheetGrid(At(0), At(1), At(2), At(3));

        int At(int i) => numbers.ElementAtOrDefault(i) ?? 0;
    }

    /// <summary>The text that <see cref="Parse"/> reads, as short as it goes.</summary>
    public override string ToString() => $"{CellWidth}x{CellHeight}" +
        (Spacing != 0 ? $":{Margin}:{Spacing}" : Margin != 0 ? $":{Margin}" : "");

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= MaxPixels ? value : null;
}
