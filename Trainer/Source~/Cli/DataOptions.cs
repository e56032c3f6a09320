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
    private readonly Option<string?> _poses = new("--poses")
    {
        Description = "characters: the rows of their sheets, as in up,left,down,right; without --frames, which poses are wanted",
    };
    private readonly Option<string?> _frames = new("--frames")
    {
        Description = "characters: columns of their sheets, as in 4, or 4,4,1 for each pose",
    };
    private readonly Option<bool> _transposed = new("--transposed")
    {
        Description = "characters: sheets have their poses side by side, and frames beneath each other",
    };
    private readonly Option<string[]> _include = new("--include")
    {
        Description = "only these sub-folders",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Add(_size);
        command.Add(_grid);
        command.Add(_labels);
        command.Add(_poses);
        command.Add(_frames);
        command.Add(_transposed);
        command.Add(_include);
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
            Poses = parsed.GetValue(_poses) ?? settings.Poses,
            Frames = parsed.GetValue(_frames) ?? settings.Frames,
            Transposed = parsed.GetValue(_transposed) || settings.Transposed,
            Include = include.Length > 0 ? [.. include.Select(name => name.TrimEnd('/'))] : settings.Include,
        };
    }
}
