using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace VaeContent.Trainer.Training;

/// <summary>The figures of a run, kept in memory and appended to <c>log.jsonl</c>.</summary>
public sealed class TrainingLog
{
    private static readonly JsonSerializerOptions Line = new(RunFolder.Json) { WriteIndented = false };
    private readonly string? _path;
    private readonly List<LogEntry> _entries = [];

    private TrainingLog(string? path) => _path = path;

    /// <summary>All intervals so far.</summary>
    public IReadOnlyList<LogEntry> Entries => _entries;

    /// <summary>
    /// A log at <paramref name="path"/>: empty, or what was logged up to <paramref name="resumedStep"/>. With null it is kept in
    /// memory alone.
    /// </summary>
    /// <exception cref="UserError">The file cannot be read or written.</exception>
    public static TrainingLog Open(string? path, long resumedStep = 0)
    {
        var log = new TrainingLog(path);
        if (path is null) return log;
        if (resumedStep > 0) log._entries.AddRange(Read(path).Where(entry => entry.Step <= resumedStep));
        AtomicFile.WriteText(path, string.Concat(log._entries.Select(Format)));
        return log;
    }

    /// <summary>The intervals in a log file; lines that a killed process left unfinished are skipped.</summary>
    public static IReadOnlyList<LogEntry> Read(string path)
    {
        if (!File.Exists(path)) return [];
        var entries = new List<LogEntry>();
        foreach (string line in File.ReadLines(path))
        {
            try
            {
                if (JsonSerializer.Deserialize<LogEntry>(line, Line) is { } entry) entries.Add(entry);
            }
            catch (JsonException)
            {
                // The last line of a killed process.
            }
        }
        return entries;
    }

    /// <summary>Appends an interval.</summary>
    /// <exception cref="UserError">The file cannot be written.</exception>
    public void Add(LogEntry entry)
    {
        _entries.Add(entry);
        if (_path is null) return;
        try
        {
            File.AppendAllText(_path, Format(entry));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"cannot write '{_path}': {UserError.Reason(e)}. Make room, then continue with --resume.", e);
        }
    }

    private static string Format(LogEntry entry) => JsonSerializer.Serialize(entry, Line) + "\n";
}
