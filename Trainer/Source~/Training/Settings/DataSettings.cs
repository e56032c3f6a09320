using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Serialization;

namespace VaeContent.Trainer.Training;

/// <summary>Which sprites, and how they are read.</summary>
public sealed record DataSettings
{
    /// <summary>The folder of sprites.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Canvas, as in <c>32x48</c>; null decides from the files.</summary>
    public string? Size { get; init; }

    /// <summary>Cuts sheets by a grid, as in <c>16x16:1:1</c>, or by that of each file (<c>auto</c>); null takes each file
    /// whole.</summary>
    public string? Grid { get; init; }

    /// <summary>
    /// Poses of characters, as in <c>up,left,down,right</c>: the rows of sheets where <see cref="Frames"/> is given, otherwise
    /// which poses of those found are wanted; null to find them.
    /// </summary>
    public string? Poses { get; init; }

    /// <summary>Frames of each pose, as in <c>4</c> for all or <c>4,4,1</c>; null where sheets are not cut into poses.</summary>
    public string? Frames { get; init; }

    /// <summary>Whether sheets have their poses side by side and the frames below each other.</summary>
    public bool Transposed { get; init; }

    /// <summary>A background to make transparent: <c>auto</c>, or a colour such as <c>#ff00ff</c>; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>By how much pictures were enlarged: <c>auto</c>, or a number such as <c>4</c>; null leaves them.</summary>
    public string? ScaleDown { get; init; }

    /// <summary><c>auto</c>, <c>folders</c>, <c>none</c>, or a column of labels.csv.</summary>
    public string Labels { get; init; } = "auto";

    /// <summary>Only these sub-folders; empty for all.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Whether to continue without files that cannot be read.</summary>
    public bool SkipBad { get; init; }

    /// <summary>
    /// Whether rare labels are shown as often as common ones, and drawn as often by seeds: see
    /// <see cref="VaeContent.Trainer.Data.LabelBalance"/>.
    /// </summary>
    public bool Balance { get; init; }

    /// <summary>The share of sprites kept away from training to judge it by, 0.02..0.5.</summary>
    public double HeldOut { get; init; } = 0.2;

    /// <summary>
    /// The most colours a palette may have, the transparent one included: 2..256. Null: 256 where these hold nearly all of the
    /// set, otherwise 96.
    /// </summary>
    public int? Colours { get; init; }

    /// <summary>
    /// How many MiB of decoded sprites may lie in memory; larger sets are read from a temporary file, step by step.
    /// </summary>
    public double Memory { get; init; } = 64;

    /// <summary>The folder for that file; null for the system's temporary one.</summary>
    public string? Cache { get; init; }

    /// <summary>That of all sprites as they were when a run learnt from them; null before.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>That of the held-out ones.</summary>
    public string? HeldOutFingerprint { get; init; }

    /// <summary>These settings as a run keeps them: they lead to the same sprites from any folder, and tell others
    /// apart.</summary>
    public DataSettings Remember(Dataset dataset) => this with
    {
        Folder = Path.GetFullPath(Folder),
        Cache = Cache is null ? null : Path.GetFullPath(Cache),
        Fingerprint = dataset.All.Fingerprint,
        HeldOutFingerprint = dataset.HeldOut.Fingerprint,
    };

    /// <summary>The folder and how it is read, as a command line says it: what is as usual is left out.</summary>
    [JsonIgnore]
    public string Arguments
    {
        get
        {
            var usual = new DataSettings();
            return ShellWord.Quote(Folder)
                + (Size != usual.Size ? $" --size {Size}" : "") + (Grid != usual.Grid ? $" --grid {ShellWord.Quote(Grid!)}" : "")
                + (Key is null ? "" : $" --key {ShellWord.Quote(Key)}")
                + (ScaleDown is null ? "" : $" --scale-down {ShellWord.Quote(ScaleDown)}")
                + (Poses is null ? "" : $" --poses {ShellWord.Quote(Poses)}") + (Frames is null ? "" : $" --frames {Frames}")
                + (Transposed ? " --transposed" : "")
                + (Labels != usual.Labels ? $" --labels {ShellWord.Quote(Labels)}" : "")
                + (SkipBad ? " --skip-bad" : "")
                + (Balance ? " --set data.balance=true" : "")
                + (Include.Count > 0 ? " --include " + string.Join(' ', Include.Select(ShellWord.Quote)) : "");
        }
    }
}
