using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace VaeContent.Trainer.Data;

/// <summary>
/// A small comma-separated table (RFC 4180): a header line, then rows of as many fields, read as they are asked for. Quoted fields,
/// doubled quotes, line breaks in quotes, CR LF, and a semicolon in place of the comma are understood.
/// </summary>
internal sealed class CsvTable
{
    private const int DistinctValues = 256;
    private readonly string _path;
    private readonly TextReader _reader;
    private readonly char _separator;
    private readonly List<HashSet<string>> _values = [];
    private string _text = ""; // the line in hand
    private int _at, _line;

    /// <summary>A table whose header is read now; <paramref name="path"/> is for messages.</summary>
    /// <exception cref="UserError">A quote in the header is never closed.</exception>
    public CsvTable(string path, TextReader reader)
    {
        (_path, _reader) = (path, reader);
        NextLine();
        _separator = _text.Contains(';') && !_text.Contains(',') ? ';' : ',';
        Columns = Array.ConvertAll(ReadRow(), name => name.Trim());
    }

    /// <summary>The names in the header line.</summary>
    public string[] Columns { get; }

    /// <summary>Reads the rows, each with the line it starts on; once only.</summary>
    /// <exception cref="UserError">A line is not as the header says.</exception>
    public IEnumerable<(int Line, string[] Fields)> Rows()
    {
        while (NextLine())
        {
            int line = _line;
            string[] fields = ReadRow();
            if (fields.Length == 1 && fields[0].Length == 0) continue;
            if (fields.Length != Columns.Length)
                throw new UserError($"'{_path}' line {line} has {fields.Length} fields; expected {Columns.Length} as in its first line.");
            yield return (line, fields);
        }
    }

    /// <summary>The position of a column, whatever its case; -1 when there is none.</summary>
    public int IndexOf(string column) =>
        Array.FindIndex(Columns, name => string.Equals(name, column, StringComparison.OrdinalIgnoreCase));

    /// <summary>A field as it stands in a table: in quotes where it would be read otherwise without.</summary>
    public static string Quote(string field) =>
        field.AsSpan().IndexOfAny(",;\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private bool NextLine()
    {
        string? text = _reader.ReadLine();
        (_text, _at, _line) = (text ?? "", 0, _line + 1);
        return text is not null;
    }

    private string[] ReadRow()
    {
        var fields = new List<string>();
        do
        {
            fields.Add(_at < _text.Length && _text[_at] == '"' ? ReadQuoted() : ReadPlain(fields.Count));
        }
        while (SkipSeparator());

        if (_at < _text.Length)
            throw new UserError($"'{_path}' line {_line}: text after a closing quote; double the quotes inside a quoted field.");
        return [.. fields];
    }

    private string ReadPlain(int column)
    {
        int start = _at;
        while (_at < _text.Length && _text[_at] != _separator) _at++;
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
        for (_at++; ; _at++)
        {
            while (_at == _text.Length)
            {
                field.Append('\n');
                if (!NextLine()) throw new UserError($"'{_path}' line {opened}: a quote is opened and never closed.");
            }
            if (_text[_at] == '"')
            {
                _at++;
                if (_at == _text.Length || _text[_at] != '"') return field.ToString();
            }
            field.Append(_text[_at]);
        }
    }

    private bool SkipSeparator()
    {
        if (_at == _text.Length || _text[_at] != _separator) return false;
        _at++;
        return true;
    }
}
