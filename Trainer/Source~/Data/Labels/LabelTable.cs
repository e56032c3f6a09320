using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace VaeContent.Trainer.Data;

/// <summary>The rows of <c>labels.csv</c>, by the file each speaks of.</summary>
internal sealed class LabelTable
{
    private const string GroupColumn = "group";

    private static readonly string[] Names = ["labels.csv", "labels.tsv"];
    private static readonly string[] CharacterColumns = ["character", "pose", "frame"];
    private readonly string _path;
    private readonly Dictionary<string, Row> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _values = new(StringComparer.Ordinal);

    private LabelTable(string path, CsvTable csv, string labelColumn)
    {
        _path = path;
        int file = csv.IndexOfFile(), group = csv.IndexOf(GroupColumn);
        if (file < 0)
            throw new UserError($"'{path}' has no column 'file' (or filename, image, path); found: "
                + $"{string.Join(", ", csv.Columns)}.");
        int[] labels = Array.ConvertAll(labelColumn.Split(','), column => csv.IndexOf(column.Trim()));
        int[] poses = csv.IndexOf(CharacterColumns[0]) < 0 ? [] : Array.ConvertAll(CharacterColumns, csv.IndexOf);
        HasCharacters = poses.Length > 0;
        HasPoses = HasCharacters && poses[1] >= 0;
        int[] factors = [.. Enumerable.Range(0, csv.Columns.Length)
            .Where(i => i != file && !labels.Contains(i) && i != group && !poses.Contains(i))];
        HasLabels = Array.TrueForAll(labels, label => label >= 0);
        ColumnNames = string.Join(", ", csv.Columns);
        FactorNames = Array.ConvertAll(factors, i => csv.Columns[i]);
        var values = new FactorValues(factors.Length);
        foreach ((int line, string[] fields) in csv.Rows())
        {
            string name = fields[file].Trim().Replace('\\', '/');
            if (name.StartsWith("./", StringComparison.Ordinal)) name = name[2..];
            var row = new Row(line, Label(fields), group < 0 ? "" : fields[group].Trim(),
                values.Keep(Array.ConvertAll(factors, i => fields[i])),
                Array.ConvertAll(poses, i => i < 0 ? "" : fields[i].Trim()));
            if (!_rows.TryAdd(name, row))
                throw new UserError($"'{path}' line {line} names '{name}' again, first named in line {_rows[name].Line}; " +
                    "keep one of them.");
        }

        // Several columns joined; null where a cell is empty.
        string? Label(string[] fields)
        {
            if (!HasLabels) return null;
            string[] texts = Array.ConvertAll(labels, label => fields[label].Trim());
            if (!Array.TrueForAll(texts, text => text.Length > 0)) return null;
            string label = string.Join(LabelSource.Separator, texts);
            _values[label] = texts;
            return label;
        }
    }

    /// <summary>Whether the label column, or all of several, exist.</summary>
    public bool HasLabels { get; }

    /// <summary>Whether there is a column 'character'.</summary>
    public bool HasCharacters { get; }

    /// <summary>Whether there is also a column 'pose'.</summary>
    public bool HasPoses { get; }

    /// <summary>The names of the columns, for messages.</summary>
    public string ColumnNames { get; }

    /// <summary>The columns that are not the file, the label, the group or a character's pose.</summary>
    public string[] FactorNames { get; }

    /// <summary>Whether a folder has such a table.</summary>
    public static bool Exists(string root) => File.Exists(Path.Combine(root, "labels.csv"));

    /// <summary>The table of folder <paramref name="root"/>, or null when it has none.</summary>
    /// <exception cref="UserError">It cannot be read, or a line is not as its header says.</exception>
    public static LabelTable? TryLoad(string root, string labelColumn)
    {
        if (!Directory.Exists(root) || Find(root) is not { } path) return null;
        try
        {
            using StreamReader reader = CsvTable.Open(path);
            return new LabelTable(path, new CsvTable(path, reader), labelColumn);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"cannot read '{path}': {UserError.Reason(e)}; check its permissions.", e);
        }
    }

    // The one in lower case, where there are several.
    private static string? Find(string root) => Directory.EnumerateFiles(root)
        .Where(file => Names.Contains(Path.GetFileName(file), StringComparer.OrdinalIgnoreCase))
        .OrderBy(file => Array.IndexOf(Names, Path.GetFileName(file).ToLowerInvariant()))
        .ThenByDescending(file => file, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>
    /// Gives rows whose name only looks like that of a file the file's own name, and refuses rows about files that do not exist;
    /// <paramref name="files"/> are in ordinal order.
    /// </summary>
    /// <exception cref="UserError">A row names a file that is not there, or may be several.</exception>
    public void CheckFiles(List<string> files, IEnumerable<Picture> pictures)
    {
        Rename(files);
        Dictionary<string, Row> others = _rows.Where(row => files.BinarySearch(row.Key, StringComparer.Ordinal) < 0)
            .ToDictionary(StringComparer.Ordinal);
        if (others.Count == 0) return;
        foreach (Picture picture in pictures) others.Remove(picture.Path.ToString());
        if (others.Count == 0) return;
        (string name, Row first) = others.MinBy(row => row.Value.Line);
        throw new UserError(
            $"'{_path}' line {first.Line} names '{name}', which is not there"
            + (others.Count > 1 ? $" (nor are {others.Count - 1} others)" : "")
            + "; correct the path (relative to labels.csv) or remove the line.");
    }

    private void Rename(List<string> files)
    {
        FileNames? names = null;
        foreach (var (name, row) in _rows.ToArray())
        {
            string file = Regex.Replace(name, @"(@\d+)?(#\d+)?$", "");
            if (files.BinarySearch(file, StringComparer.Ordinal) >= 0
                || files.BinarySearch(name, StringComparer.Ordinal) >= 0) continue;
            IReadOnlyList<string> found = (names ??= new FileNames(files)).Find(file);
            if (found.Count > 1)
                throw new UserError($"'{_path}' line {row.Line} names '{name}', which may be '{found[0]}' or '{found[1]}'; write "
                    + "the name exactly.");
            if (found.Count == 0) continue;
            _rows.Remove(name);
            string exact = found[0] + name[file.Length..];
            if (!_rows.TryAdd(exact, row))
                throw new UserError($"'{_path}' line {row.Line} names '{name}' again, first named in line {_rows[exact].Line}; "
                    + "keep one of them.");
        }
    }

    /// <summary>The label text of a sprite, several columns joined; null when it has no row or an empty cell.</summary>
    public string? LabelOf(PicturePath picture) => Find(picture)?.Label;

    /// <summary>
    /// Character, pose and frame of a picture, each empty where its cell is; null when it has no row, or the table no characters.
    /// </summary>
    public string[]? CharacterOf(PicturePath picture) => Find(picture) is { Character.Length: > 0 } row ? row.Character : null;

    /// <summary>The value in each label column that a label is made of.</summary>
    public IReadOnlyList<string> ValuesOf(string label) => _values[label];

    /// <summary>The sprite with its group and factors from its row, if it has one.</summary>
    public Sprite Describe(Sprite sprite) => Find(sprite.Source) is not { } row ? sprite
        : row.Group.Length == 0 ? sprite with { Factors = row.Factors }
        : sprite with { Factors = row.Factors, Group = row.Group };

    // A row for sheet.png holds for each of its cells, one for walk.gif for each of its frames, that has no row itself.
    private Row? Find(PicturePath picture) =>
        _rows.TryGetValue(picture.ToString(), out Row row)
        || (picture.Cell is not null && _rows.TryGetValue((picture with { Cell = null }).ToString(), out row))
        || (picture.Frame is not null && _rows.TryGetValue(picture.File, out row))
            ? row : null;

    private readonly record struct Row(int Line, string? Label, string Group, IReadOnlyList<string> Factors,
        string[] Character);
}
