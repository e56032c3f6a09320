using System;
using System.Collections.Generic;

namespace VaeContent.Trainer.Model;

/// <summary>
/// Which colours of a palette occur in the same part of a sprite: log-likelihood ratios, counted over the parts of all sprites of
/// a set. K: the palette's visible colours. Two occurrences are added to each count and to what it would be by chance, so that
/// rare pairs say little.
/// </summary>
/// <param name="Colours">K.</param>
/// <param name="Present">(K, K) at [j, k]: log P(j occurs | k occurs) / P(j occurs).</param>
/// <param name="Missing">(K, K) at [j, k]: log P(j does not occur | k occurs) / P(j does not occur); 0 at [k, k].</param>
internal sealed record ColourPairs(int Colours, float[] Present, float[] Missing)
{
    // Pixels: of a colour that occurs, one may be a slip; and of a part that says something.
    private const float OfColour = 1.5f, OfPart = 6f;
    private const double ByChance = 2;

    /// <summary>Counts sprites of <paramref name="width"/> pixels a row: palette indices, 0 where nothing is visible.</summary>
    public static ColourPairs Count(IEnumerable<byte[]> sprites, int width, int height, int colours)
    {
        SpriteRegions regions = SpriteRegions.ForSize(width, height);
        var both = new int[colours, colours]; // at [k, k] in how many parts k occurs
        int parts = 0;
        var occurring = new List<int>();
        foreach (byte[] sprite in sprites)
        {
            float[,] pixels = Count(sprite, width, regions, colours);
            for (int part = 0; part < regions.Count; part++)
            {
                occurring.Clear();
                float all = 0;
                for (int k = 0; k < colours; k++)
                {
                    all += pixels[part, k];
                    if (pixels[part, k] >= OfColour) occurring.Add(k);
                }
                if (all < OfPart) continue;
                foreach (int j in occurring)
                    foreach (int k in occurring) both[j, k]++;
                parts++;
            }
        }
        return FromCounts(both, parts);
    }

    // (parts, K): pixels of each colour, as far as they belong to each part.
    private static float[,] Count(byte[] sprite, int width, SpriteRegions regions, int colours)
    {
        var pixels = new float[regions.Count, colours];
        for (int i = 0; i < sprite.Length; i++)
        {
            if (sprite[i] == 0) continue;
            int block = (i / width / 2 * ((width + 1) / 2)) + (i % width / 2);
            for (int part = 0; part < regions.Count; part++)
                pixels[part, sprite[i] - 1] += regions.Weights[(block * regions.Count) + part];
        }
        return pixels;
    }

    private static ColourPairs FromCounts(int[,] both, int parts)
    {
        int colours = both.GetLength(0);
        float[] present = new float[colours * colours], missing = new float[colours * colours];
        for (int j = 0; j < colours; j++)
        {
            double share = both[j, j] / Math.Max(1.0, parts);
            for (int k = 0; k < colours; k++)
            {
                present[(j * colours) + k] = Ratio(both[j, k], share * both[k, k]);
                if (j != k) missing[(j * colours) + k] = Ratio(both[k, k] - both[j, k], (1 - share) * both[k, k]);
            }
        }
        return new ColourPairs(colours, present, missing);
    }

    private static float Ratio(double found, double expected) => (float)Math.Log((found + ByChance) / (expected + ByChance));
}
