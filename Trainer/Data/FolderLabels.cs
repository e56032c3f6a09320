using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>Labels named by folders.</summary>
internal static class FolderLabels
{
    private const int MaxDepth = 8, MaxAutomatic = 64, MinSprites = 4;
    private const double MinCovered = 0.9;

    /// <summary>
    /// The first <paramref name="depth"/> folders of a path joined by slashes, fewer if it has fewer; null when it has none.
    /// </summary>
    public static string? Of(string path, int depth)
    {
        int end = -1;
        for (int level = 0; level < depth; level++)
        {
            int next = path.IndexOf('/', end + 1);
            if (next < 0) break;
            end = next;
        }
        return end < 0 ? null : path[..end];
    }

    /// <summary>The shallowest level at which two sprites have different folders; 0 when there is none.</summary>
    public static int Separating(IReadOnlyList<Sprite> sprites)
    {
        for (int depth = 1; depth <= MaxDepth; depth++)
        {
            string? first = Of(sprites[0].Path, depth);
            if (sprites.Any(sprite => Of(sprite.Path, depth) != first)) return depth;
        }
        return 0;
    }

    /// <summary>
    /// What to label by when nobody asked: the shallowest level that tells sprites apart, and its folders of 4 sprites or more,
    /// if
    /// they are 2..64 and hold 90% of all. Else level 0 and, where there are folders at all, why not.
    /// </summary>
    public static (int Depth, HashSet<string> Folders, string? Refusal) Automatic(IReadOnlyList<Sprite> sprites)
    {
        int depth = Separating(sprites);
        if (depth == 0) return (0, [], null);
        var folders = sprites.Where(sprite => sprite.Path.Count(c => c == '/') >= depth)
            .CountBy(sprite => Of(sprite.Path, depth)!).Where(folder => folder.Value >= MinSprites).ToList();
        int covered = folders.Sum(folder => folder.Value);
        string? refusal =
            folders.Count > MaxAutomatic ? $"{folders.Count} folders are too many for labels (at most {MaxAutomatic})"
            : folders.Count < 2 ? $"fewer than 2 folders hold {MinSprites} distinct sprites or more"
            : covered < MinCovered * sprites.Count ? $"only {covered} of {sprites.Count} lie in folders of {MinSprites} or more"
            : null;
        return refusal is null ? (depth, [.. folders.Select(folder => folder.Key)], null) : (0, [], refusal);
    }
}
