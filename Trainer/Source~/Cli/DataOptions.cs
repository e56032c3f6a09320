using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Cli;

/// <summary>How a folder of sprites is read, for every verb that reads one.</summary>
internal sealed class DataOptions
{
    private readonly Option<string?> _size = new("--size")
    {
        Description = "canvas, as in 32x48; larger sprites are left out, smaller ones padded",
    };
    private readonly Option<string?> _grid = new("--grid")
    {
        Description = "cut every file into cells, as in 16x16 or 16x16:1:1 (cell:margin:spacing); auto finds each file's own",
    };
    private readonly Option<string?> _key = new("--key")
    {
        Description = "a background to make transparent: auto, or a colour such as #ff00ff",
    };
    private readonly Option<string?> _scaleDown = new("--scale-down")
    {
        Description = "undo an enlargement of pixel art: auto, or a whole number such as 4",
    };
    private readonly Option<string?> _labels = new("--labels")
    {
        Description = "auto, folders, none, a column of labels.csv, or several, as in dir,sex",
    };
    private readonly Option<string?> _poses = new("--poses")
    {
        Description = "characters: the rows of their sheets, as in up,left,down,right; without --frames, which poses are wanted",
    };
    private readonly Option<string?> _frames = new("--frames")
    {
        Description = "characters: columns of their sheets, as in 4, or 4,4,1 for each pose",
    };
    private readonly Option<bool> _transposed =
        Flag.Create("--transposed", "characters: sheets have their poses side by side, and frames below each other");
    private readonly Option<string[]> _include = new("--include")
    {
        Description = "only these sub-folders",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _skipBad = Flag.Create("--skip-bad", "continue without files that cannot be read");

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_size, _grid, _key, _scaleDown, _labels, _poses, _frames, _transposed, _include,
        _skipBad];

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in All) command.Add(option);
    }

    /// <summary>The settings that were given, over those of <paramref name="otherwise"/>.</summary>
    public DataSettings Read(ParseResult parsed, string folder, DataSettings? otherwise = null)
    {
        DataSettings settings = otherwise ?? new DataSettings();
        string[] include = parsed.GetValue(_include) ?? [];
        return settings with
        {
            Folder = folder,
            Size = parsed.GetValue(_size) ?? settings.Size,
            Grid = parsed.GetValue(_grid) ?? settings.Grid,
            Key = parsed.GetValue(_key) ?? settings.Key,
            ScaleDown = parsed.GetValue(_scaleDown) ?? settings.ScaleDown,
            Labels = parsed.GetValue(_labels) ?? settings.Labels,
            Poses = parsed.GetValue(_poses) ?? settings.Poses,
            Frames = parsed.GetValue(_frames) ?? settings.Frames,
            Transposed = parsed.GetValue(_transposed) || settings.Transposed,
            SkipBad = parsed.GetValue(_skipBad) || settings.SkipBad,
            Include = include.Length > 0 ? [.. include.Select(name => name.TrimEnd('/'))] : settings.Include,
        };
    }
}
