using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Data;

/// <summary>
/// How each file of a set is cut into cells: by its row in <c>grids.csv</c> (<c>file,grid</c>, as in <c>hero.png,24x24</c>), else
/// by <c>--grid</c>, otherwise not at all.
/// </summary>
internal sealed class FileGrids
{
    private const string Table = "grids.csv", Column = "grid", Auto = "auto", None = "none";

    private readonly SpriteFolderOptions _options;
    private readonly Dictionary<string, string> _ofFile = new(StringComparer.Ordinal);

    /// <summary>Reads the table, where there is one.</summary>
    /// <exception cref="UserError">It cannot be read, or names a file that is not there.</exception>
    public FileGrids(SpriteScan scan, SpriteFolderOptions options)
    {
        _options = options;
        string? path = Directory.Exists(scan.Root) ? Directory.EnumerateFiles(scan.Root)
            .FirstOrDefault(file => Path.GetFileName(file).Equals(Table, StringComparison.OrdinalIgnoreCase)) : null;
        if (path is null) return;
        using StreamReader reader = CsvTable.Open(path);
        var csv = new CsvTable(path, reader);
        int file = csv.IndexOfFile(), grid = csv.IndexOf(Column);
        if (file < 0 || grid < 0)
            throw new UserError($"'{path}' has the columns {string.Join(", ", csv.Columns)}; expected file and {Column}.");
        var names = new FileNames(scan.All);
        foreach ((int line, string[] fields) in csv.Rows())
        {
            string name = fields[file].Replace('\\', '/');
            string[] found = scan.All.Contains(name) ? [name] : [.. names.Find(name)];
            if (found.Length != 1)
                throw new UserError($"'{path}' line {line} names '{name}', which is "
                    + (found.Length == 0 ? "not there" : "there twice")
                    + "; correct the path (relative to grids.csv) or remove the line.");
            if (fields[grid] is not (Auto or None)) SheetGrid.Parse(fields[grid]);
            _ofFile[found[0]] = fields[grid];
        }
    }

    /// <summary>The cells of a picture, and what is left over; the whole picture where it is not a sheet.</summary>
    /// <exception cref="UserError">No grid is found, or the one given cuts through drawings.</exception>
    public IReadOnlyList<Bitmap>? Cut(string file, string path, Bitmap sheet, out int empty, out (int X, int Y) rest)
    {
        (empty, rest) = (0, default);
        _ofFile.TryGetValue(file, out string? own);
        if (own == None) return null;
        if (own == Auto || (own is null && _options.IsGridAuto))
        {
            // Among sheets there may be single sprites.
            if (GridSearch.Find(sheet) is { } found) return SheetSlicer.Slice(sheet, found, path, out empty, out rest);
            if (new Canvas(sheet.Width, sheet.Height).IsAllowed) return null;
            throw new UserError($"'{path}' ({sheet.Width}x{sheet.Height}): no grid is found whose lines cut no drawing; give it "
                + "with --grid WIDTHxHEIGHT:MARGIN:SPACING, or by file in grids.csv (file,grid).")
            {
                Brief = "no grid found"
            };
        }
        if ((own is null ? _options.Grid : SheetGrid.Parse(own)) is not { } grid) return null;
        if (own is null && GridSearch.CutsDrawings(sheet, grid, out SheetGrid better)
            && (better.CellWidth % grid.CellWidth != 0 || better.CellHeight % grid.CellHeight != 0
                || (better.SpacingX, better.SpacingY) != (grid.SpacingX, grid.SpacingY)))
        {
            throw new UserError($"'{path}': the grid {grid} cuts through its drawings; its own looks like {better}. Pass "
                + "--grid auto, or give each file its grid in grids.csv (file,grid).")
            {
                Brief = $"grid {grid} cuts through its drawings, {better} would not"
            };
        }
        return SheetSlicer.Slice(sheet, grid, path, out empty, out rest);
    }
}
