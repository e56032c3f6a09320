namespace VaeContent.Trainer.Data;

/// <summary>Where a picture comes from: a file, one frame of an animation, one cell of a sheet, or a cell of a frame.</summary>
/// <param name="File">The file, relative to its set's folder, with forward slashes.</param>
/// <param name="Frame">The frame of an animation, counted from 0; null for a file of one picture.</param>
/// <param name="Cell">The cell of a sheet, counted from 0 over those that show anything; null for a picture taken whole.</param>
public readonly record struct PicturePath(string File, int? Frame = null, int? Cell = null)
{
    /// <summary>A file of one picture.</summary>
    public static implicit operator PicturePath(string file) => new(file);

    /// <summary>For showing, and for rows of labels.csv: <c>sheet.png#12</c>, <c>walk.gif@3</c>, <c>walk.gif@3#12</c>.</summary>
    public override string ToString() => (Frame, Cell) is (null, null) ? File
        : File + (Frame is null ? "" : $"@{Frame}") + (Cell is null ? "" : $"#{Cell}");
}
