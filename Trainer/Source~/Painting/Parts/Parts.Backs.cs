using System.Linq;

namespace VaeContent.Trainer.Painting;

/// <summary>Bodies as they look from behind.</summary>
internal static partial class Parts
{
    /// <summary>A body without what is worn on the chest: buckles become belt, emblems and laces cloth.</summary>
    internal static Part BackOf(Part body) => new(body.X, body.Y, string.Join('\n', body.Rows.Select(row =>
    {
        string belted = row.Replace("rvur", "rrrr").Replace("rrvu", "rrrr");
        int middle = Canvas.Size / 2 - body.X;
        return string.Concat(belted.Select((c, x) => x >= middle - 4 && x < middle + 4 && "vuhgdb".Contains(c) ? 'c' : c));
    })));
}
