using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace VaeContent.Trainer.Data;

/// <summary>
/// A small comma-separated table (RFC 4180): a header line, then rows of as many fields. Quoted fields, doubled quotes, line
/// breaks
/// in quotes, a byte order mark, CR LF, and a semicolon in place of the comma are understood.
/// </summary>
internal sealed class CsvTable
{
    private const int DistinctValues = 256;
    private readonly string _path, _text;
    private readonly char _separator;
    private readonly List<HashSet<string>> _values = [];
    private int _at, _line = 1;

    private CsvTable(string path, string text)
    {
        _path = path;
        _text = text;
        int end = text.AsSpan().IndexOfAny('\r', '\n');
        ReadOnlySpan<char> header = end < 0 ? text : text.AsSpan(0, end);
        _separator = header.Contains(';') && !header.Contains(',') ? ';' : ',';
        Columns = Array.ConvertAll(ReadRow(), name => name.Trim());
    }

    /// <summary>The names in the header line.</summary>
    public string[] Columns { get; }

    /// <summary>The rows, each with the line it starts on.</summary>
    public List<(int Line, string[] Fields)> Rows { get; } = [];

    /// <summary>Reads the file <paramref name="path"/>.</summary>
    /// <exception cref="UserError">It cannot be read, or a line is not as the header says.</exception>
    public static CsvTable Load(string path)
    {
        try
        {
            return Parse(path, File.ReadAllText(path, Encoding.UTF8));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"cannot read '{path}': {e.Message.Split('\n')[0].TrimEnd('\r', '.')}; check its " +
                "permissions.", e);
        }
    }

    /// <summary>Reads <paramref name="text"/>; <paramref name="path"/> is for messages.</summary>
    public static CsvTable Parse(string path, string text)
    {
        var table = new CsvTable(path, text.TrimStart('\uFEFF'));
        while (table._at < table._text.Length)
        {
            int line = table._line;
            string[] fields = table.ReadRow();
            if (fields.Length == 1 && fields[0].Length == 0) continue;
            if (fields.Length != table.Columns.Length)
                throw new UserError($"'{path}' line {line} has {fields.Length} fields; expected {table.Columns.Length} as in " +
                    "its first line.");
            table.Rows.Add((line, fields));
        }
        return table;
    }

    /// <summary>The position of a column, whatever its case; -1 when there is none.</summary>
    public int IndexOf(string column) =>
        Array.FindIndex(Columns, name => string.Equals(name, column, StringComparison.OrdinalIgnoreCase));

    /// <summary>A field as it stands in a table: in quotes where it would be read otherwise without.</summary>
    public static string Quote(string field) =>
        field.AsSpan().IndexOfAny(",;\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private string[] ReadRow()
    {
        var fields = new List<string>();
        do
        {
            fields.Add(_at < _text.Length && _text[_at] == '"' ? ReadQuoted() : ReadPlain(fields.Count));
        }
        while (Skip(_separator));

        if (_at < _text.Length && _text[_at] is not ('\r' or '\n'))
            throw new UserError($"'{_path}' line {_line}: text after a closing quote; double the quotes inside a quoted field.");
        Skip('\r');
        Skip('\n');
        _line++;
        return [.. fields];
    }

    private string ReadPlain(int column)
    {
        int start = _at;
        while (_at < _text.Length && _text[_at] != _separator && _text[_at] is not ('\r' or '\n')) _at++;
        // Most columns hold few values again and again: each is one string.
        while (_values.Count <= column) _values.Add([]);
        ReadOnlySpan<char> field = _text.AsSpan(start, _at - start);
        if (_values[column].GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(field, out string? known)) return known;
        string value = field.ToString();
        if (_values[column].Count < DistinctValues) _values[column].Add(value);
        return value;
    }

    private string ReadQuoted()
    {
        int opened = _line;
        var field = new StringBuilder();
        for (_at++; _at < _text.Length; _at++)
        {
            char c = _text[_at];
            if (c == '\n') _line++;
            if (c == '"')
            {
                _at++;
                if (_at == _text.Length || _text[_at] != '"') return field.ToString();
            }
            field.Append(c);
        }
        throw new UserError($"'{_path}' line {opened}: a quote is opened and never closed.");
    }

    private bool Skip(char expected)
    {
        if (_at >= _text.Length || _text[_at] != expected) return false;
        _at++;
        return true;
    }
}
