using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace VaeContent.Trainer.Data;

/// <summary>Characters by the columns <c>character</c>, <c>pose</c> and, where poses move, <c>frame</c> of labels.csv.</summary>
internal sealed class PoseTable : CharacterSource
{
    private readonly LabelTable _table;
    private readonly IReadOnlyList<string> _order;

    private PoseTable(LabelTable table, IReadOnlyList<string> order) => (_table, _order) = (table, order);

    public override string Origin => "labels.csv";

    public override IReadOnlyList<string> Order => _order;

    /// <summary>The table of a folder; null where it has none, or one without characters.</summary>
    /// <exception cref="UserError">It cannot be read, or lacks a column.</exception>
    public static PoseTable? TryLoad(string root, IReadOnlyList<string> order)
    {
        LabelTable? table = LabelTable.TryLoad(root, "label");
        if (table is null || !table.HasCharacters) return null;
        if (!table.HasPoses)
            throw new UserError($"'{Path.Combine(root, "labels.csv")}' has a column 'character' but none called 'pose'; found: "
                + $"{table.ColumnNames}. Add it, and 'frame' where poses move.");
        return new PoseTable(table, order);
    }

    public override CharacterFrame? FrameOf(PicturePath picture)
    {
        if (_table.CharacterOf(picture) is not [var character, var pose, var frame]) return null;
        if (character.Length == 0 || pose.Length == 0) return null;
        if (frame.Length == 0) return new(character, pose, picture.Frame ?? 0);
        if (int.TryParse(frame, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < 256)
            return new(character, pose, number);
        throw new UserError($"labels.csv: '{picture}' has frame '{frame}'; expected a whole number from 0 to 255.");
    }
}
