using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using nietras.SeparatedValues;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Data;

/// <summary>
/// A table as spreadsheets write it, read by Sep: a header line, then rows of as many fields, read as they are asked for. The
/// separator is the one of comma, semicolon and tab that the header has most of, or what a first line <c>sep=;</c> says. Lines
/// that start with <c>#</c> are comments, unless a picture's name starts so.
/// </summary>
internal sealed class CsvTable
{
    // What data sites and spreadsheets call it, without spaces and strokes.
    private static readonly string[] FileColumns =
        ["file", "filename", "filepath", "image", "imagefile", "imagename", "imagepath", "path"];
    private static readonly char[] Separators = [',', ';', '\t', ' '];

    private readonly string _path;
    private readonly TextReader _reader;
    private readonly char _separator;
    private int _linesAbove;

    /// <summary>A table whose header is read now; <paramref name="path"/> is for messages.</summary>
    public CsvTable(string path, TextReader reader)
    {
        (_path, _reader, _linesAbove) = (path, reader, 1);
        string header = NextHeader();
        if (header.Length == 5 && header.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
        {
            _separator = ",;\t|".Contains(header[4], StringComparison.Ordinal) ? header[4]
                : throw new UserError(
                    $"'{path}' line 1 is {PlainText.Clean(header)}; expected sep= and a comma, semicolon, tab or |.");
            _linesAbove++;
            header = NextHeader();
        }
        else
        {
            string unquoted = Regex.Replace(header, "\"[^\"]*\"", "");
            _separator = ",;\t".MaxBy(separator => unquoted.Count(c => c == separator));
        }
        using SepReader line = Options().FromText(header);
        string[] columns = line.MoveNext() ? Fields(line.Current) : [];
        Columns = columns[..(Array.FindLastIndex(columns, name => name.Length > 0) + 1)];

        // The next line that is neither empty nor a comment.
        string NextHeader()
        {
            string? text;
            while ((text = reader.ReadLine()) is not null
                && (text.Trim(Separators).Length == 0 || text.StartsWith('#'))) _linesAbove++;
            return text ?? "";
        }
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
            if (IsComment(reader.Current.Span)) continue;
            CheckQuotes(reader.Current.Span, line);
            string[] fields = Fields(reader.Current);
            if (Array.TrueForAll(fields, field => field.Length == 0)) continue;
            if (fields.Length > Columns.Length && Array.TrueForAll(fields[Columns.Length..], field => field.Length == 0))
                fields = fields[..Columns.Length];
            if (fields.Length != Columns.Length)
                throw new UserError(
                    $"'{_path}' line {line} has {fields.Length} fields; expected {Columns.Length} as in its first line.");
            // What a decoder puts for bytes that are not UTF-8.
            if (Array.Exists(fields, field => field.Contains('\uFFFD')))
                throw new UserError($"'{_path}' line {line} is not UTF-8, expected that of all lines; save the table as UTF-8.");
            yield return (line, fields);
        }
    }

    /// <summary>
    /// Opens a table as its byte order mark says; without one, text in which every other byte is 0 is UTF-16, all else UTF-8.
    /// </summary>
    public static StreamReader Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> start = stackalloc byte[2];
        int read = file.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        file.Position = 0;
        Encoding encoding = read < 2 ? Encoding.UTF8 : (start[0], start[1]) switch
        {
            (not 0, 0) => Encoding.Unicode,
            (0, not 0) => Encoding.BigEndianUnicode,
            _ => Encoding.UTF8,
        };
        return new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: true);
    }

    /// <summary>The position of the column that names files; -1 when there is none.</summary>
    public int IndexOfFile()
    {
        string[] plain = Array.ConvertAll(Columns, name => Regex.Replace(name, "[ _-]", "").ToLowerInvariant());
        return FileColumns.Select(name => Array.IndexOf(plain, name)).FirstOrDefault(at => at >= 0, -1);
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

    // Most columns hold few values repeatedly: each is one string.
    private SepReaderOptions Options() => Sep.New(_separator).Reader(options => options with
    {
        HasHeader = false,
        Unescape = true,
        Trim = SepTrim.Outer,
        DisableColCountCheck = true,
        CreateToString = SepToString.PoolPerCol(),
    });

    private bool IsComment(ReadOnlySpan<char> row)
    {
        if (!row.StartsWith('#')) return false;
        int end = row.IndexOf(_separator);
        return !PictureReader.IsPicture((end < 0 ? row : row[..end]).Trim().ToString());
    }

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
