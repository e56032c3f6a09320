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
    private const long MostBytes = 256 << 20;
    private const double Large = 1e15, MostSeconds = 1e9; // 30 years

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

    /// <summary>
    /// The intervals in a log file. Lines that a killed process left unfinished are skipped, and such as no training writes.
    /// </summary>
    /// <exception cref="UserError">The file is larger than any log, or cannot be read.</exception>
    public static IReadOnlyList<LogEntry> Read(string path)
    {
        if (!File.Exists(path)) return [];
        try
        {
            if (new FileInfo(path).Length > MostBytes)
                throw new UserError($"'{path}' has more than the {MostBytes >> 20} MiB of any log. Move it away.");
            return ReadLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"cannot read '{path}': {UserError.Reason(e)}.", e);
        }
    }

    private static List<LogEntry> ReadLines(string path)
    {
        var entries = new List<LogEntry>();
        foreach (string line in File.ReadLines(path))
        {
            try
            {
                var entry = JsonSerializer.Deserialize<LogEntry>(line, Line);
                if (entry is not null && IsOfATraining(entry)) entries.Add(entry);
            }
            catch (JsonException)
            {
                // The last line of a killed process.
            }
        }
        return entries;
    }

    // Charts and durations are made for numbers that a training can have.
    private static bool IsOfATraining(LogEntry entry)
    {
        static bool IsIn(double least, double? value, double most) => value is null || (value >= least && value <= most);
        return IsIn(0, entry.Step, Large) && IsIn(0, entry.Progress, 2) && IsIn(0, entry.Seconds, MostSeconds)
            && IsIn(0, entry.Epoch, Large) && IsIn(0, entry.ActiveUnits, Large)
            && Array.TrueForAll([entry.Reconstruction, entry.Kl, entry.Beta, entry.LearningRate, entry.GradientNorm,
                entry.HeldOutReconstruction, entry.HeldOutKl, entry.MutualInformation, entry.Discriminator, entry.Generator,
                entry.AdversaryFactor], value => IsIn(-Large, value, Large))
            && (entry.KlPerDimension is null || entry.KlPerDimension.All(value => IsIn(-Large, value, Large)));
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
