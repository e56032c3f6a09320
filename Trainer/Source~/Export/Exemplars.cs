using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using VaeContent.Internal;
using VaeContent.Trainer.Data;

namespace VaeContent.Trainer.Export;

/// <summary>Which of the artist's own sprites ship as named latents: the most typical one of each label.</summary>
internal static class Exemplars
{
    private const int Unlabelled = 8;

    /// <summary>Rows of the bundle's metadata: name, label index or -1, latent.</summary>
    /// <param name="posteriors">Of the sprites, in order.</param>
    /// <param name="set">The sprites.</param>
    /// <param name="areCharacters">Whether each stands for a character, and is named after it.</param>
    public static string Rows(Posteriors posteriors, SpriteSet set, bool areCharacters)
    {
        int z = posteriors.LatentSize;
        var rows = new List<string>();
        foreach (var (name, label, sprite) in Choose(posteriors, set, areCharacters).DistinctBy(one => one.Name))
        {
            int[] latent = [.. posteriors.Mu.AsSpan(sprite * z, z).ToArray()
                .Select(value => (int)Math.Round(value * (double)Q16.One))];
            rows.Add($"{name}\t{label}\t{Q16.ToBase64(latent)}");
        }
        return string.Join('\n', rows);
    }

    private static IEnumerable<(string Name, int Label, int Sprite)> Choose(Posteriors posteriors, SpriteSet set,
        bool areCharacters)
    {
        if (set.Labels.Count == 0)
        {
            // Without labels: sprites spread evenly over the set, by file name.
            foreach (int sprite in Enumerable.Range(0, Math.Min(Unlabelled, set.Sprites.Count))
                .Select(i => i * set.Sprites.Count / Unlabelled).Distinct())
                yield return (NameOf(set.Sprites[sprite], areCharacters), -1, sprite);
            yield break;
        }
        for (int label = 0; label < set.Labels.Count; label++)
        {
            int[] members = [.. Enumerable.Range(0, set.Sprites.Count).Where(i => set.Sprites[i].Label == label)];
            if (members.Length > 0) yield return (set.Labels[label], label, NearestToMean(posteriors, members));
        }
    }

    // A character's name, or the file's; cells and frames of one file keep their numbers.
    private static string NameOf(Sprite sprite, bool isCharacter) => isCharacter ? sprite.Group
        : sprite.Source is { Frame: null, Cell: null } ? Path.ChangeExtension(sprite.Path, null) : sprite.Path;

    private static int NearestToMean(Posteriors posteriors, int[] members)
    {
        int z = posteriors.LatentSize;
        var mean = new double[z];
        foreach (int member in members)
            for (int d = 0; d < z; d++) mean[d] += posteriors.Mu[(member * z) + d] / members.Length;
        return members.MinBy(member =>
        {
            double distance = 0;
            for (int d = 0; d < z; d++) distance += Math.Pow(posteriors.Mu[(member * z) + d] - mean[d], 2);
            return distance;
        });
    }
}
