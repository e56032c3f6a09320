using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>Labels named by folders.</summary>
internal static class FolderLabels
{
    private const int MaxDepth = 8, MaxAutomatic = 64, MinSprites = 4, EnoughToSplit = 16;
    private const double MinCovered = 0.9;

    /// <summary>
    /// The first <paramref name="depth"/> folders of a path joined by slashes, fewer if it has fewer; null when it has none.
    /// </summary>
    public static string? FromPath(string path, int depth)
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
            string? first = FromPath(sprites[0].Path, depth);
            if (sprites.Any(sprite => FromPath(sprite.Path, depth) != first)) return depth;
        }
        return 0;
    }

    /// <summary>
    /// What to label by when nobody asked: folders of 4 sprites or more, of the shallowest level that tells sprites apart, if
    /// they are 2..64 and hold 90% of all. Finer folders name their sprites instead as long as they are no more than 64 and hold
    /// 16 sprites each on average, those of fewer than 4 keeping the name of the folder above. No names and, where there are
    /// folders at all, why not.
    /// </summary>
    public static (int Depth, string?[] Names, string? Refusal) Automatic(IReadOnlyList<Sprite> sprites)
    {
        int depth = Separating(sprites);
        if (depth == 0) return (0, [], null);
        var enough = Folders(sprites).CountBy(folder => folder).Where(folder => folder.Value >= MinSprites)
            .Select(folder => folder.Key).ToHashSet();
        string?[] names = Name(sprites, depth, depth, enough);
        int found = Kinds(names), covered = names.Count(name => name is not null);
        string? refusal =
            found > MaxAutomatic ? $"{found} folders are too many for labels (at most {MaxAutomatic})"
            : found < 2 ? $"fewer than 2 folders hold {MinSprites} distinct sprites or more"
            : covered < MinCovered * sprites.Count ? $"only {covered} of {sprites.Count} lie in folders of {MinSprites} or more"
            : null;
        if (refusal is not null) return (0, [], refusal);
        for (int deeper = depth + 1; deeper <= MaxDepth; deeper++)
        {
            string?[] finer = Name(sprites, depth, deeper, enough);
            if (Kinds(finer) <= Kinds(names) || Kinds(finer) > Math.Min(MaxAutomatic, covered / EnoughToSplit))
                return (deeper - 1, names, null);
            names = finer;
        }
        return (MaxDepth, names, null);
    }

    // All folders that a sprite lies in, for each sprite.
    private static IEnumerable<string> Folders(IEnumerable<Sprite> sprites) =>
        from sprite in sprites
        from depth in Enumerable.Range(1, Math.Min(MaxDepth, sprite.Path.Count(c => c == '/')))
        select FromPath(sprite.Path, depth)!;

    // The deepest folder that is enough, for each sprite; null where not even the shallowest is.
    private static string?[] Name(IEnumerable<Sprite> sprites, int shallowest, int deepest, HashSet<string> enough)
    {
        string? NameOf(string path)
        {
            for (int depth = Math.Min(deepest, path.Count(c => c == '/')); depth >= shallowest; depth--)
            {
                if (FromPath(path, depth) is { } folder && enough.TryGetValue(folder, out string? known)) return known;
            }
            return null;
        }
        return [.. sprites.Select(sprite => NameOf(sprite.Path))];
    }

    private static int Kinds(string?[] names) => names.OfType<string>().Distinct().Count();
}
