using System.Collections.Generic;
using System.IO;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Reports;

/// <summary>What a report is made from.</summary>
/// <param name="Config">The settings of the run.</param>
/// <param name="Data">Its sprites.</param>
/// <param name="Decoder">Its decoder, as it ships.</param>
/// <param name="Encoder">Its encoder.</param>
/// <param name="Log">Its figures while it was trained.</param>
public sealed record ReportSource(RunConfig Config, Dataset Data, VaeBundle Decoder, EncoderBundle Encoder, IReadOnlyList<LogEntry> Log)
{
    /// <summary>The previews of the run, earliest first.</summary>
    public IReadOnlyList<(long Step, string Path)> Previews { get; init; } = [];

    /// <summary>Names and SHA-256 (hexadecimal) of the files of the run.</summary>
    public IReadOnlyList<(string Name, string Sha256)> Files { get; init; } = [];

    /// <summary>Whether to say how long training took; without it, the same run gives the same bytes however long that was.</summary>
    public bool ShowTimes { get; init; } = true;

    /// <summary>The name of the folder of sprites, without where it lies.</summary>
    public string Name => NameOf(Config);

    /// <summary>The name of the folder of sprites of a run.</summary>
    internal static string NameOf(RunConfig config) => Path.GetFileName(Path.TrimEndingDirectorySeparator(config.Data.Folder));
}
