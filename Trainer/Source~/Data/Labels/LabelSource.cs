using System;
using System.Globalization;

namespace VaeContent.Trainer.Data;

/// <summary>
/// Where sprites get their labels from; written <c>auto</c>, <c>none</c>, <c>folders</c>, <c>folders:2</c> or a column name.
/// </summary>
public readonly record struct LabelSource
{
    /// <summary>
    /// <c>labels.csv</c> when it has the columns <c>file</c> and <c>label</c>; otherwise folders, as fine as leaves them sprites
    /// enough: see
    /// <see cref="FolderLabels.Automatic"/>; otherwise none. The default.
    /// </summary>
    public static LabelSource Auto => default;

    /// <summary>What stands between the values of several columns in a label, as in <c>left+Feminine</c>.</summary>
    public const char Separator = '+';

    /// <summary>No labels.</summary>
    public static LabelSource None => new() { IsNone = true };

    /// <summary>Whether the folder decides.</summary>
    public bool IsAuto => !IsNone && !IsFolders && Column is null;

    /// <summary>Whether labels are refused.</summary>
    public bool IsNone { get; private init; }

    /// <summary>Whether folders name the labels, however few sprites they hold.</summary>
    public bool IsFolders { get; private init; }

    /// <summary>
    /// How many folder levels make a label (<c>mon/animals</c> is 2), or 0 for the shallowest that tells sprites apart.
    /// </summary>
    public int Depth { get; private init; }

    /// <summary>The column of labels.csv to use, or several with commas between, or null.</summary>
    public string? Column { get; private init; }

    /// <summary>
    /// Folders, <paramref name="depth"/> levels of them joined by a slash; 0 finds the shallowest that tells sprites apart.
    /// </summary>
    public static LabelSource Folders(int depth = 0) => new() { IsFolders = true, Depth = depth };

    /// <summary>A column of labels.csv.</summary>
    public static LabelSource Csv(string column) => new() { Column = column };

    /// <summary>Reads what a person wrote after <c>--labels</c>.</summary>
    /// <exception cref="UserError">It is empty, or <c>folders:</c> is not followed by 1..8.</exception>
    public static LabelSource Parse(string text)
    {
        const string Prefix = "folders:";
        text = text.Trim();
        if (text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            bool isNumber = int.TryParse(text[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int depth);
            if (isNumber && depth is > 0 and < 9) return Folders(depth);
            throw new UserError($"labels '{text}': expected 'folders:' and the number of folder levels, 1..8, such as " +
                "'folders:2'.");
        }
        return text switch
        {
            "" => throw new UserError("labels '': expected auto, none, folders, folders:2 or a column of labels.csv."),
            "auto" => Auto,
            "none" => None,
            "folders" => Folders(),
            _ => Csv(text),
        };
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() =>
        Column ?? (IsNone ? "none" : !IsFolders ? "auto" : Depth == 0 ? "folders" : $"folders:{Depth}");
}
