using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Data;

/// <summary>Sheets of one character each: a row for each pose, a column for each frame, or the other way round.</summary>
internal sealed class PoseRows : CharacterSource
{
    private readonly string[] _poses;
    private readonly int[] _frames;
    private readonly (int Width, int Height)? _size;
    private readonly SheetGrid? _grid;
    private readonly bool _transposed;

    /// <summary>Sheets with these poses from the top, of this many frames each.</summary>
    /// <param name="poses">One for each row.</param>
    /// <param name="frames">One number for each pose, or one for all.</param>
    /// <param name="options">The size or the grid of cells; without either, a sheet is divided evenly.</param>
    /// <exception cref="UserError">The numbers do not go with the poses.</exception>
    public PoseRows(string[] poses, int[] frames, SpriteFolderOptions options)
    {
        if (frames.Length != 1 && frames.Length != poses.Length)
            throw new UserError($"--frames has {frames.Length} numbers for {poses.Length} poses; expected one for each, or one "
                + "for all.");
        _poses = poses;
        _frames = frames.Length == 1 ? [.. poses.Select(_ => frames[0])] : frames;
        (_size, _grid, _transposed) = (options.Size, options.Grid, options.Transposed);
    }

    public override string Origin => _transposed ? "the columns of each sheet" : "the rows of each sheet";

    public override IReadOnlyList<string> Order => _poses;

    public override CharacterFrame? FrameOf(PicturePath picture)
    {
        int most = _frames.Max(), cell = picture.Cell!.Value;
        return new(Path.ChangeExtension(picture.File, null), _poses[cell / most], cell % most);
    }

    public override IReadOnlyList<Picture> Cut(string path, string file, Bitmap sheet)
    {
        int most = _frames.Max();
        int columns = _transposed ? _poses.Length : most, rows = _transposed ? most : _poses.Length;
        SheetGrid grid = GridOf(file, sheet, columns, rows);
        var pictures = new List<Picture>();
        for (int pose = 0; pose < _poses.Length; pose++)
        {
            for (int frame = 0; frame < _frames[pose]; frame++)
            {
                int column = _transposed ? pose : frame, row = _transposed ? frame : pose;
                pictures.Add(Cell(path, (pose * most) + frame, sheet.Crop(
                    grid.Left + (column * (grid.CellWidth + grid.SpacingX)),
                    grid.Top + (row * (grid.CellHeight + grid.SpacingY)), grid.CellWidth, grid.CellHeight)));
            }
        }
        return pictures;
    }

    private SheetGrid GridOf(string file, Bitmap sheet, int columns, int rows)
    {
        SheetGrid grid = _grid ?? (_size is { } size ? new SheetGrid(size.Width, size.Height)
            : new SheetGrid(sheet.Width / columns, sheet.Height / rows));
        int width = Side(columns, grid.CellWidth, grid.Left + grid.Right, grid.SpacingX),
            height = Side(rows, grid.CellHeight, grid.Top + grid.Bottom, grid.SpacingY);
        if (grid.CellWidth > 0 && grid.CellHeight > 0 && Suits(sheet.Width, width, grid.SpacingX)
            && Suits(sheet.Height, height, grid.SpacingY))
            return grid;
        string across = $"{columns} columns ({(_transposed ? Names() : $"{columns} frames")})",
            down = $"{rows} rows ({(_transposed ? $"{rows} frames" : Names())})";
        if (_grid is null && _size is null)
            throw new UserError($"'{file}' is {sheet.Width}x{sheet.Height}, which {across} and {down} do not divide evenly; "
                + "name the cell with --size WxH, or correct --poses and --frames.");
        throw new UserError($"'{file}' is {sheet.Width}x{sheet.Height}; expected {width}x{height}: {across} and {down} of "
            + $"{grid}{Found(sheet, grid, columns, rows)}. Correct the sheet, or --poses, --frames and --size.");
    }

    private static int Side(int count, int cell, int margins, int spacing) =>
        margins + (count * cell) + ((count - 1) * spacing);

    // A spacing behind the last cell is common.
    private static bool Suits(int found, int expected, int spacing) =>
        found == expected || (spacing > 0 && found == expected + spacing);

    private static string Found(Bitmap sheet, SheetGrid grid, int columns, int rows)
    {
        int across = (sheet.Width - grid.Left - grid.Right + grid.SpacingX) / Math.Max(1, grid.CellWidth + grid.SpacingX),
            down = (sheet.Height - grid.Top - grid.Bottom + grid.SpacingY)
                / Math.Max(1, grid.CellHeight + grid.SpacingY);
        bool isTurned = across == rows && down == columns && rows != columns;
        return isTurned ? "; it has its poses side by side: add --transposed"
            : $"; it has room for {across} columns and {down} rows";
    }

    private string Names() => string.Join(", ", _poses.Take(6)) + (_poses.Length > 6 ? ", ..." : "");
}
