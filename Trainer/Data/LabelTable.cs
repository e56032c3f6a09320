using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>The rows of <c>labels.csv</c>, by the file each speaks of.</summary>
internal sealed class LabelTable
{
    private const string FileColumn = "file", GroupColumn = "group";
    private readonly string _path;
    private readonly CsvTable _csv;
    private readonly Dictionary<string, (int Line, string[] Fields)> _rows = new(StringComparer.Ordinal);
    private readonly int _label, _group;
    private readonly int[] _factors;

    private LabelTable(string path, CsvTable csv, string labelColumn)
    {
        (_path, _csv) = (path, csv);
        int file = csv.IndexOf(FileColumn);
        if (file < 0) throw new UserError($"'{path}' has no column 'file'; found: {string.Join(", ", csv.Columns)}.");
        _label = csv.IndexOf(labelColumn);
        _group = csv.IndexOf(GroupColumn);
        _factors = [.. Enumerable.Range(0, csv.Columns.Length).Where(i => i != file && i != _label && i != _group)];
        foreach ((int line, string[] fields) in csv.Rows)
        {
            string name = fields[file].Trim().Replace('\\', '/');
            if (name.StartsWith("./", StringComparison.Ordinal)) name = name[2..];
            if (!_rows.TryAdd(name, (line, fields)))
                throw new UserError($"'{path}' line {line} names '{name}' again, first named in line {_rows[name].Line}; " +
                    "keep one of them.");
        }
    }

    /// <summary>Whether the label column exists.</summary>
    public bool HasLabels => _label >= 0;

    /// <summary>The names of the columns, for messages.</summary>
    public string ColumnNames => string.Join(", ", _csv.Columns);

    /// <summary>The columns that are not the file, the label or the group.</summary>
    public string[] FactorNames => [.. _factors.Select(i => _csv.Columns[i])];

    /// <summary>The table of folder <paramref name="root"/>, or null when it has none.</summary>
    public static LabelTable? TryLoad(string root, string labelColumn)
    {
        string path = Path.Combine(root, "labels.csv");
        return File.Exists(path) ? new LabelTable(path, CsvTable.Load(path), labelColumn) : null;
    }

    /// <summary>Refuses rows about files that do not exist.</summary>
    public void CheckFiles(IEnumerable<string> files, IEnumerable<Picture> pictures)
    {
        var known = new HashSet<string>(files.Concat(pictures.Select(picture => picture.Path)), StringComparer.Ordinal);
        foreach ((string name, (int line, _)) in _rows.OrderBy(row => row.Value.Line))
        {
            if (!known.Contains(name))
                throw new UserError($"'{_path}' line {line} names '{name}', which is not there; " +
                    "correct the path (relative to labels.csv) or remove the line.");
        }
    }

    /// <summary>The label text of a sprite, or null when it has no row or an empty cell.</summary>
    public string? LabelOf(string path) =>
        HasLabels && Find(path) is { } fields && fields[_label].Trim() is { Length: > 0 } label ? label : null;

    /// <summary>The sprite with its group and factors from its row, if it has one.</summary>
    public Sprite Describe(Sprite sprite)
    {
        if (Find(sprite.Path) is not { } fields) return sprite;
        string group = _group >= 0 ? fields[_group].Trim() : "";
        return sprite with { Factors = [.. _factors.Select(i => fields[i])], Group = group.Length > 0 ? group : sprite.Group };
    }

    // A row for sheet.png holds for each of its cells, one for walk.gif for each of its frames, that has no row of its own.
    private string[]? Find(string path)
    {
        for (string? part = path; part is not null; part = PicturePath.Whole(part))
        {
            if (_rows.TryGetValue(part, out var row)) return row.Fields;
        }
        return null;
    }
}
