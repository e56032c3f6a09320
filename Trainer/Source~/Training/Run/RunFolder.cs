using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;

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
        },
        WriteIndented = true,
    };

    /// <summary>A run in the folder at <paramref name="path"/>, which need not exist yet.</summary>
    public RunFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Every setting of the run.</summary>
    public string ConfigPath => System.IO.Path.Combine(Path, "config.json");

    /// <summary>One line of figures per interval.</summary>
    public string LogPath => System.IO.Path.Combine(Path, "log.jsonl");

    /// <summary>Weights and moments to continue from.</summary>
    public string CheckpointPath => System.IO.Path.Combine(Path, "checkpoint");

    /// <summary>Weights of the prior network, where the run has one.</summary>
    public string PriorPath => System.IO.Path.Combine(Path, "prior");

    /// <summary>Weights of the network that settles what the prior network draws, where the run has one.</summary>
    public string CorrectorPath => System.IO.Path.Combine(Path, "corrector");

    /// <summary>The page that <c>train --watch</c> keeps up to date.</summary>
    public string ReportPath => System.IO.Path.Combine(Path, "report.html");

    /// <summary>The previews saved so far, earliest first.</summary>
    public IReadOnlyList<(long Step, string Path)> Previews => !Directory.Exists(Path) ? [] :
    [
        .. from file in Directory.GetFiles(Path, "preview-*.png")
           let digits = System.IO.Path.GetFileNameWithoutExtension(file)["preview-".Length..]
           where long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out _)
           let step = long.Parse(digits, CultureInfo.InvariantCulture)
           orderby step
           select (step, file),
    ];

    /// <summary>Whether a run was started here.</summary>
    public bool Exists => File.Exists(ConfigPath);

    /// <summary>The picture of reconstructions and samples at a step.</summary>
    public string PreviewPath(long step) => System.IO.Path.Combine(Path, $"preview-{step:D7}.png");

    /// <summary>Removes what an earlier run left here; files that no run writes stay.</summary>
    /// <exception cref="UserError">A file cannot be removed.</exception>
    public void Clear()
    {
        if (!Directory.Exists(Path)) return;
        try
        {
            foreach (string file in Directory.GetFiles(Path, "preview-*.*")) File.Delete(file);
            foreach (string file in new[] { CheckpointPath, PriorPath, CorrectorPath, LogPath, ConfigPath, ReportPath })
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
        if (!Exists) throw new UserError(
            $"'{Path}' holds no run (no config.json). Name the folder that 'vaecontent train ... --out' wrote.");
        try
        {
            return JsonSerializer.Deserialize<RunConfig>(File.ReadAllText(ConfigPath), Json)
                ?? throw new UserError($"'{ConfigPath}' is empty. Train again.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UserError($"'{ConfigPath}' cannot be read: {UserError.Reason(e)}. Train again, or mend the file.", e);
        }
    }
}
