using System;
using System.Collections.Generic;

namespace VaeContent.Trainer.Data;

/// <summary>Guesses from their names which sprites are variants of one; <see cref="SpriteFolder"/> states the rule.</summary>
internal static class SpriteGroups
{
    private const int MaxVariants = 12;

    /// <summary>The group of each path, in order.</summary>
    public static string[] FromPaths(IReadOnlyList<PicturePath> paths)
    {
        var shared = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (PicturePath path in paths)
        {
            foreach (string stem in Stems(path))
                shared[stem] = shared.GetValueOrDefault(stem) + 1;
        }
        var groups = new string[paths.Count];
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i] = paths[i].Frame is null ? paths[i].ToString() : paths[i].File;
            // A shorter stem is shared by at least as many, and all who share it see the same shorter ones: they agree on the
            // last.
            foreach (string stem in Stems(paths[i]))
            {
                if (shared[stem] is > 1 and <= MaxVariants) groups[i] = stem;
            }
        }
        return groups;
    }

    // mon/goblin_old2.png: mon/goblin_old2, mon/goblin_old, mon/goblin. 00017.png: 00017. sheet.png#3, walk.gif@3: none.
    internal static IEnumerable<string> Stems(PicturePath picture)
    {
        if (picture.Frame is not null || picture.Cell is not null) yield break;
        string path = picture.File;
        int nameAt = path.LastIndexOf('/') + 1, dot = path.LastIndexOf('.');
        int end = dot > nameAt ? dot : path.Length;
        while (end > nameAt)
        {
            yield return path[..end];
            int shorter = end;
            while (shorter > nameAt && char.IsAsciiDigit(path[shorter - 1])) shorter--;
            if (shorter == end)
            {
                while (shorter > nameAt && !IsSeparator(path[shorter - 1])) shorter--;
            }
            while (shorter > nameAt && IsSeparator(path[shorter - 1])) shorter--;
            end = shorter;
        }
    }

    private static bool IsSeparator(char c) => c is '_' or '-' or ' ' or '.' or '(' or ')';
}
