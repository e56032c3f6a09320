using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Internal;
using VaeContent.Trainer.Data;

namespace VaeContent.Trainer.Export;

/// <summary>
/// Directions in latent space that ship with a model: mean latent of the sprites that have something, less the mean of those that
/// have not (Larsen et al. 2016, "visual attribute vectors"). Named by label, by <c>column=value</c> of labels.csv, and by the
/// column alone where one of its values is <c>none</c>.
/// </summary>
internal static class AttributeFit
{
    private const int Fewest = 8, Most = 256, MostValues = 32;
    private const string None = "none";

    /// <summary>
    /// Rows of the bundle's metadata: name, direction. A model that receives the label keeps it out of its latents, so labels are
    /// left out then.
    /// </summary>
    public static string Rows(Posteriors posteriors, SpriteSet set, bool conditional)
    {
        int z = posteriors.LatentSize;
        var rows = new List<string>();
        foreach (var (name, members) in Groups(set, conditional))
        {
            double[]? direction = Direction(posteriors, members);
            if (direction is null || rows.Count == Most) continue;
            int[] numbers = [.. direction.Select(value => (int)Math.Round(Math.Clamp(value, -1000, 1000) * Q16.One))];
            rows.Add($"{name}\t{Q16.ToBase64(numbers)}");
        }
        return string.Join('\n', rows);
    }

    // What there is to have, and who has it; null where it is not known.
    private static IEnumerable<(string Name, bool?[] Members)> Groups(SpriteSet set, bool conditional)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int label = 0; label < set.Labels.Count && !conditional; label++)
        {
            int asked = label;
            if (seen.Add(set.Labels[label])) yield return (set.Labels[label],
                Members(set, sprite => sprite.Label < 0 ? null : sprite.Label == asked));
        }
        for (int f = 0; f < set.FactorNames.Count; f++)
        {
            int factor = f;
            string column = set.FactorNames[f];
            string[] values = [.. set.Sprites.Where(sprite => sprite.Factors.Count > 0).Select(sprite => sprite.Factors[factor])
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            if (values.Length is < 2 or > MostValues) continue;
            bool?[] Having(Func<string, bool> has) =>
                Members(set, sprite => sprite.Factors.Count == 0 ? null : has(sprite.Factors[factor]));
            if (values.Contains(None) && seen.Add(column)) yield return (column, Having(value => value != None));
            foreach (string value in values.Where(value =>
                BundleReader.IsName(value) && value != None && seen.Add($"{column}={value}")))
                yield return ($"{column}={value}", Having(other => other == value));
        }
    }

    private static bool?[] Members(SpriteSet set, Func<Sprite, bool?> has) => [.. set.Sprites.Select(has)];

    private static double[]? Direction(Posteriors posteriors, bool?[] members)
    {
        int z = posteriors.LatentSize;
        var (with, without) = (new double[z], new double[z]);
        int has = members.Count(one => one == true), lacks = members.Count(one => one == false);
        if (Math.Min(has, lacks) < Fewest) return null;
        for (int i = 0; i < members.Length; i++)
        {
            if (members[i] is not { } member) continue;
            for (int d = 0; d < z; d++) (member ? with : without)[d] += posteriors.Mu[(i * z) + d] / (member ? has : lacks);
        }
        return [.. with.Zip(without, (a, b) => a - b)];
    }
}
