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
        Description = "cut every file into cells, as in 16x16 or 16x16:1:1 (cell:margin:spacing)",
    };
    private readonly Option<string?> _labels = new("--labels")
    {
        Description = "auto, folders, none, a column of labels.csv, or several, as in dir,sex",
    };
    private readonly Option<string[]> _include = new("--include")
    {
        Description = "only these sub-folders",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_size, _grid, _labels, _include];

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
            Labels = parsed.GetValue(_labels) ?? settings.Labels,
            Include = include.Length > 0 ? [.. include.Select(name => name.TrimEnd('/'))] : settings.Include,
        };
    }
}
