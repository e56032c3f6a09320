using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace VaeContent.Trainer.Data;

/// <summary>What a training leaves in its folder, by name: readers of sprites pass it by.</summary>
internal static partial class RunFiles
{
    /// <summary>Every setting of the run.</summary>
    public const string Config = "config.json";

    /// <summary>One line of figures per interval.</summary>
    public const string Log = "log.jsonl";

    /// <summary>Weights and moments.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>Weights of the prior network.</summary>
    public const string Prior = "prior";

    /// <summary>Weights of the network that settles what the prior network draws.</summary>
    public const string Corrector = "corrector";

    /// <summary>The page that is kept up to date.</summary>
    public const string Report = "report.html";

    private const long MostConfigBytes = 1 << 20;

    /// <summary>Whether a folder is that of a run: it has the settings of one.</summary>
    public static bool IsRun(string folder)
    {
        var config = new FileInfo(Path.Combine(folder, Config));
        if (!config.Exists) return false;
        if (File.Exists(Path.Combine(folder, Checkpoint)) && File.Exists(Path.Combine(folder, Log))) return true;
        if (config.Length > MostConfigBytes) return false;
        try
        {
            string text = File.ReadAllText(config.FullName);
            return new[] { "\"preset\"", "\"data\"", "\"model\"", "\"training\"", "\"prior\"" }
                .All(group => text.Contains(group, StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether a file of a run's folder is one that the run wrote.</summary>
    public static bool IsWritten(string name) =>
        name is Config or Log or Checkpoint or Prior or Corrector or Report || IsPreview(name);

    /// <summary>Whether it is a preview, or the sprites beside it: <c>preview-0000120.png</c>, <c>.strip</c>.</summary>
    public static bool IsPreview(string name) => Preview().IsMatch(name);

    [GeneratedRegex(@"^preview-[0-9]{7,}\.(png|strip)$")]
    private static partial Regex Preview();
}
