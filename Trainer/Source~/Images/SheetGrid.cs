using System;
using System.Globalization;
using System.Linq;

namespace VaeContent.Trainer.Images;

/// <summary>
/// Where the cells of a sprite sheet are: cells of equal size from a margin on, with spacing between them.
/// </summary>
/// <param name="CellWidth">Columns of a cell.</param>
/// <param name="CellHeight">Rows of a cell.</param>
/// <param name="Left">Columns before the first cell.</param>
/// <param name="Top">Rows above it.</param>
/// <param name="SpacingX">Columns between cells.</param>
/// <param name="SpacingY">Rows between cells.</param>
/// <param name="Right">Columns behind the last cell, which no cell may touch; what is left over besides is not cut.</param>
/// <param name="Bottom">Rows below the last cell, likewise.</param>
public readonly record struct SheetGrid(int CellWidth, int CellHeight, int Left = 0, int Top = 0, int SpacingX = 0,
    int SpacingY = 0, int Right = 0, int Bottom = 0)
{
    private const int MaxPixels = 8192;

    /// <summary>
    /// Reads <c>WIDTHxHEIGHT[:MARGIN[:SPACING]]</c> in pixels: "16x16" is a sheet without gaps, "16x16:0:1" has 1 pixel between
    /// cells, "16x24:2:1" also 2 pixels around the edge. A margin may be <c>LEFT,TOP</c>, with nothing at the right and bottom,
    /// or
    /// <c>LEFT,TOP,RIGHT,BOTTOM</c>; a spacing <c>X,Y</c>.
    /// </summary>
    /// <exception cref="UserError">The text has another form, or a number is out of range.</exception>
    public static SheetGrid Parse(string text)
    {
        string[] parts = text.Split(':');
        int[] size = Read(parts[0].Split('x', 'X')), margin = parts.Length > 1 ? Read(parts[1].Split(',')) : [0],
            spacing = parts.Length > 2 ? Read(parts[2].Split(',')) : [0];
        if (parts.Length > 3 || size.Length != 2 || margin.Length is not (1 or 2 or 4) || spacing.Length is not (1 or 2)
            || size.Min() < 1 || margin.Min() < 0 || spacing.Min() < 0)
        {
            throw new UserError($"'{text}' is not a sheet grid; expected WIDTHxHEIGHT[:MARGIN[:SPACING]] in pixels, sizes " +
                $"1 to {MaxPixels}, margin and spacing 0 to {MaxPixels}. " +
                "Write for example 16x16, or 16x16:0:1 for 1 pixel between cells, or 16x16:2,2 for 2 pixels at left and top.");
        }
        bool isAround = margin.Length == 1;
        return new SheetGrid(size[0], size[1], margin[0], margin[isAround ? 0 : 1], spacing[0], spacing[^1],
            isAround ? margin[0] : margin.Length == 4 ? margin[2] : 0, isAround ? margin[0] : margin.Length == 4 ? margin[3] : 0);
    }

    /// <summary>The text that <see cref="Parse"/> reads, as short as it goes.</summary>
    public override string ToString()
    {
        string margin = (Left, Right, Bottom) == (Top, Top, Top) ? $"{Left}"
            : (Right, Bottom) == (0, 0) ? $"{Left},{Top}" : $"{Left},{Top},{Right},{Bottom}";
        string spacing = SpacingX == SpacingY ? $"{SpacingX}" : $"{SpacingX},{SpacingY}";
        return $"{CellWidth}x{CellHeight}" + (spacing != "0" ? $":{margin}:{spacing}" : margin != "0" ? $":{margin}" : "");
    }

    private static int[] Read(string[] texts) => Array.ConvertAll(texts, text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= MaxPixels ? value : -1);
}
