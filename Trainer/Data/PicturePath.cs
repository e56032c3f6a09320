using System;

namespace VaeContent.Trainer.Data;

/// <summary>
/// Names of pictures that are parts of a file: <c>walk.gif@3</c> is frame 3 of an animation, <c>sheet.png#12</c> cell 12 of a sheet,
/// <c>walk.gif@3#12</c> a cell of a frame.
/// </summary>
internal static class PicturePath
{
    /// <summary>A frame of an animation, counted from 0.</summary>
    public static string Frame(string file, int frame) => $"{file}@{frame}";

    /// <summary>A cell of a sheet, counted from 0 over those that show anything.</summary>
    public static string Cell(string file, int cell) => $"{file}#{cell}";

    /// <summary>Whether it is a cell of a sheet.</summary>
    public static bool IsCell(string path) => path.Contains('#');

    /// <summary>The animation that a frame belongs to, or null.</summary>
    public static string? Animation(string path)
    {
        int at = path.LastIndexOf('@');
        return at > 0 && at < path.Length - 1 && path.AsSpan(at + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? path[..at] : null;
    }

    /// <summary>What it is a part of: a cell's sheet or frame, a frame's animation, else null.</summary>
    public static string? Whole(string path) => path.LastIndexOf('#') is > 0 and int cell ? path[..cell] : Animation(path);
}
