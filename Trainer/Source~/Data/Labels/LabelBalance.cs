using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>Class-balanced sampling: a label with few sprites is shown as often as one with many.</summary>
public static class LabelBalance
{
    /// <summary>
    /// The sprites of a set, those of rarer labels several times, until every label that occurs counts as many as the commonest.
    /// Each sprite of a label comes up equally often, give or take one; sprites without a label come up once. In order of the
    /// set, repeats side by side.
    /// </summary>
    public static SpriteSet Oversample(SpriteSet set)
    {
        int most = set.LabelCounts.Count > 0 ? set.LabelCounts.Max() : 0;
        var seen = new int[set.LabelCounts.Count];
        var sprites = new List<Sprite>();
        foreach (Sprite sprite in set.Sprites)
        {
            // The k-th of n sprites stands for the places k most / n up to (k + 1) most / n of its label.
            int times = 1;
            if (sprite.Label >= 0)
            {
                long n = set.LabelCounts[sprite.Label], k = seen[sprite.Label]++;
                times = (int)(((k + 1) * most / n) - (k * most / n));
            }
            for (int i = 0; i < times; i++) sprites.Add(sprite);
        }
        return new SpriteSet(set.Width, set.Height, sprites, set.Labels, set.FactorNames, set.Report);
    }
}
