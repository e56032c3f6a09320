using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using VaeContent.Trainer.Data;

namespace VaeContent.Trainer.Training;

/// <summary>What a run keeps on disk: <c>config.json</c>, <c>log.jsonl</c>, <c>checkpoint</c> and previews.</summary>
public sealed class RunFolder
{
    /// <summary>How settings are written: camelCase, enumerations by name, unknown names and nulls refused.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false), new WholeListConverter(),
            new FiniteFloatConverter(), new FiniteDoubleConverter(),
        },
        WriteIndented = true,
    };

    /// <summary>A run in the folder at <paramref name="path"/>, which need not exist yet.</summary>
    public RunFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Every setting of the run.</summary>
    public string ConfigPath => System.IO.Path.Combine(Path, RunFiles.Config);

    /// <summary>One line of figures per interval.</summary>
    public string LogPath => System.IO.Path.Combine(Path, RunFiles.Log);

    /// <summary>Weights and moments to continue from.</summary>
    public string CheckpointPath => System.IO.Path.Combine(Path, RunFiles.Checkpoint);

    /// <summary>Weights of the prior network, where the run has one.</summary>
    public string PriorPath => System.IO.Path.Combine(Path, RunFiles.Prior);

    /// <summary>Weights of the network that settles what the prior network draws, where the run has one.</summary>
    public string CorrectorPath => System.IO.Path.Combine(Path, RunFiles.Corrector);

    /// <summary>The page that <c>train --watch</c> keeps up to date.</summary>
    public string ReportPath => System.IO.Path.Combine(Path, RunFiles.Report);

    /// <summary>The previews saved so far, earliest first.</summary>
    public IReadOnlyList<(long Step, string Path)> Previews => !Directory.Exists(Path) ? [] :
    [
        .. from file in Directory.GetFiles(Path, "preview-*.png")
           where RunFiles.IsPreview(System.IO.Path.GetFileName(file))
           let digits = System.IO.Path.GetFileNameWithoutExtension(file)["preview-".Length..]
           let step = long.Parse(digits, CultureInfo.InvariantCulture)
           orderby step
           select (step, file),
    ];

    /// <summary>Whether a run was started here.</summary>
    public bool Exists => RunFiles.IsRun(Path);

    /// <summary>How long it has trained, in words.</summary>
    public string Trained => Checkpoint.Reached(CheckpointPath) is var (step, seconds)
        ? $"{step} steps, {(seconds / 60).ToString("F1", CultureInfo.InvariantCulture)} minutes" : "not at all";

    /// <summary>How far it has come by other settings than its own, 0..1.</summary>
    public double ProgressOf(RunConfig config) => Checkpoint.Reached(CheckpointPath) is var (step, seconds)
        ? Duration.FromConfig(config).Progress(step, seconds) : 0;

    /// <summary>Keeps other trainings out of the folder, until this is disposed or the process ends.</summary>
    /// <exception cref="UserError">Another process trains there, or nothing can be written.</exception>
    public IDisposable Lock()
    {
        try
        {
            return new RunLock(Path, System.IO.Path.Combine(Path, ".lock"));
        }
        catch (IOException) when (File.Exists(System.IO.Path.Combine(Path, ".lock")))
        {
            throw new UserError($"'{Path}' is in use by another training. Wait until it ends, stop it, or choose another --out.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"cannot write to '{Path}': {UserError.Reason(e)}. Choose another --out.", e);
        }
    }

    /// <summary>The picture of reconstructions and samples at a step.</summary>
    public string PreviewPath(long step) => System.IO.Path.Combine(Path, $"preview-{step:D7}.png");

    /// <summary>Removes what an earlier run left here; files that no run writes stay.</summary>
    /// <exception cref="UserError">A file cannot be removed.</exception>
    public void Clear()
    {
        if (!Directory.Exists(Path)) return;
        try
        {
            foreach (string file in Directory.GetFiles(Path).Where(file => RunFiles.IsWritten(System.IO.Path.GetFileName(file))))
                File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"cannot clear the earlier run in '{Path}': {UserError.Reason(e)}. Choose another --out.", e);
        }
    }

    /// <summary>Writes the settings.</summary>
    /// <exception cref="UserError">The folder cannot be written.</exception>
    public void SaveConfig(RunConfig config) => AtomicFile.WriteText(ConfigPath, JsonSerializer.Serialize(config, Json) + "\n");

    /// <summary>Reads the settings.</summary>
    /// <exception cref="UserError">There is no run here, or its config.json is damaged.</exception>
    public RunConfig LoadConfig()
    {
        if (!File.Exists(ConfigPath)) throw new UserError(
            $"'{Path}' holds no run (no config.json). Name the folder that 'vaecontent train ... --out' wrote.");
        try
        {
            return JsonSerializer.Deserialize<RunConfig>(File.ReadAllText(ConfigPath), Json)
                ?? throw new UserError($"'{ConfigPath}' is empty. Train again.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UserError($"'{ConfigPath}' cannot be read: {UserError.Reason(e)}. Train again, or correct the file.", e);
        }
    }

    // Takes the folder away again where nothing was written.
    private sealed class RunLock : IDisposable
    {
        private readonly string _folder;
        private readonly FileStream _file;

        public RunLock(string folder, string file)
        {
            _folder = folder;
            Directory.CreateDirectory(folder);
            _file = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1,
                FileOptions.DeleteOnClose);
        }

        public void Dispose()
        {
            _file.Dispose();
            if (Directory.Exists(_folder) && !Directory.EnumerateFileSystemEntries(_folder).Any()) Directory.Delete(_folder);
        }
    }
}
