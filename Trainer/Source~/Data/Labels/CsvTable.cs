using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using nietras.SeparatedValues;

namespace VaeContent.Trainer.Data;

/// <summary>
/// A table as spreadsheets write it, read by Sep: a header line, then rows of as many fields, read as they are asked for. The
/// separator is the one of comma, semicolon and tab that the header has most of, or what a first line <c>sep=;</c> says.
/// </summary>
internal sealed class CsvTable
{
    private readonly string _path;
    private readonly TextReader _reader;
    private readonly char _separator;
    private readonly int _linesAbove;

    /// <summary>A table whose header is read now; <paramref name="path"/> is for messages.</summary>
    public CsvTable(string path, TextReader reader)
    {
        (_path, _reader, _linesAbove) = (path, reader, 1);
        string header = reader.ReadLine() ?? "";
        if (header.Length == 5 && header.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
        {
            _separator = ",;\t|".Contains(header[4], StringComparison.Ordinal) ? header[4]
                : throw new UserError(
                    $"'{path}' line 1 is {PlainText.Of(header)}; expected sep= and a comma, semicolon, tab or |.");
            header = reader.ReadLine() ?? "";
            _linesAbove++;
        }
        else
        {
            string unquoted = Regex.Replace(header, "\"[^\"]*\"", "");
            _separator = ",;\t".MaxBy(separator => unquoted.Count(c => c == separator));
        }
        using SepReader line = Options().FromText(header);
        Columns = line.MoveNext() ? Fields(line.Current) : [];
    }

    /// <summary>The names in the header line.</summary>
    public string[] Columns { get; }

    /// <summary>Reads the rows, each with the line it starts on; once only.</summary>
    /// <exception cref="UserError">A line is not as the header says.</exception>
    public IEnumerable<(int Line, string[] Fields)> Rows()
    {
        using SepReader reader = Options().From(_reader);
        // Sep gives the first row's last line as its first one; the end of the row above is right for all.
        for (int line = _linesAbove + 1, next; reader.MoveNext(); line = next)
        {
            next = reader.Current.LineNumberToExcl + _linesAbove;
            CheckQuotes(reader.Current.Span, line);
            string[] fields = Fields(reader.Current);
            if (Array.TrueForAll(fields, field => field.Length == 0)) continue;
            if (fields.Length > Columns.Length && Array.TrueForAll(fields[Columns.Length..], field => field.Length == 0))
                fields = fields[..Columns.Length];
            if (fields.Length != Columns.Length)
                throw new UserError(
                    $"'{_path}' line {line} has {fields.Length} fields; expected {Columns.Length} as in its first line.");
            // What a decoder puts for bytes that are no UTF-8.
            if (Array.Exists(fields, field => field.Contains('\uFFFD')))
                throw new UserError($"'{_path}' line {line} is not UTF-8, expected that of all lines; save the table as UTF-8.");
            yield return (line, fields);
        }
    }

    /// <summary>The position of a column, whatever its case; -1 when there is none.</summary>
    public int IndexOf(string column) =>
        Array.FindIndex(Columns, name => string.Equals(name, column, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// A table as text: a header and rows, with quotes where a field would be read otherwise without. What a spreadsheet would
    /// take for a formula gets an apostrophe before it.
    /// </summary>
    public static string Write(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        using SepWriter writer = Sep.New(',').Writer(options => options with { Escape = true }).ToText();
        foreach (IReadOnlyList<string> fields in rows)
        {
            using SepWriter.Row row = writer.NewRow();
            for (int i = 0; i < columns.Count; i++) row[PlainText.Cell(columns[i])].Set(PlainText.Cell(fields[i]));
        }
        return writer.ToString();
    }

    // Most columns hold few values again and again: each is one string.
    private SepReaderOptions Options() => Sep.New(_separator).Reader(options => options with
    {
        HasHeader = false,
        Unescape = true,
        Trim = SepTrim.Outer,
        DisableColCountCheck = true,
        CreateToString = SepToString.PoolPerCol(),
    });

    private static string[] Fields(SepReader.Row row)
    {
        var fields = new string[row.ColCount];
        for (int i = 0; i < fields.Length; i++) fields[i] = row[i].ToString();
        return fields;
    }

    private void CheckQuotes(ReadOnlySpan<char> row, int line)
    {
        if (row.Count('"') % 2 != 0) throw new UserError($"'{_path}' line {line}: a quote is opened and never closed.");
        bool isOpen = false;
        for (int i = 0; i < row.Length - 1; i++)
        {
            if (row[i] != '"') continue;
            isOpen = !isOpen;
            if (!isOpen && row[i + 1] != _separator && row[i + 1] is not ('"' or ' '))
                throw new UserError(
                    $"'{_path}' line {line}: text after a closing quote; double the quotes inside a quoted field.");
        }
    }
}
