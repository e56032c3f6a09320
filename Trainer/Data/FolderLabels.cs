using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>Labels named by folders.</summary>
internal static class FolderLabels
{
    private const int MaxDepth = 8, MaxAutomatic = 64, MinSprites = 4;

    /// <summary>The first <paramref name="depth"/> folders of a path joined by slashes, fewer if it has fewer; null when it has none.</summary>
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

    /// <summary>The level to label by when nobody asked, or 0 and, where folders come close, why not.</summary>
    public static (int Depth, string? Refusal) Automatic(IReadOnlyList<Sprite> sprites)
    {
        int depth = Separating(sprites);
        if (depth == 0) return (0, null);
        if (sprites.Any(sprite => sprite.Path.Count(c => c == '/') < depth))
            return (0, "some sprites lie outside the folders that would name the labels");
        var folders = sprites.CountBy(sprite => Of(sprite.Path, depth)!).ToList();
        if (folders.Count > MaxAutomatic) return (0, $"{folders.Count} folders are too many to be labels by themselves (at most {MaxAutomatic})");
        var smallest = folders.MinBy(folder => folder.Value);
        return smallest.Value >= MinSprites
            ? (depth, null)
            : (0, $"folder '{smallest.Key}' holds {smallest.Value} distinct sprites (a label needs {MinSprites})");
    }
}
