using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>Characters instead of their sprites: one posterior each, whatever the pose.</summary>
internal static class CharacterPosteriors
{
    /// <summary>
    /// The characters of a set, each by its first sprite and without a label, and the posterior of each: the mean of its sprites'
    /// means, and the mean of their variances, the width that the decoder learnt to read. The set and the posteriors themselves
    /// where it has no characters.
    /// </summary>
    public static (SpriteSet Characters, Posteriors Posteriors) FromSprites(Posteriors sprites, SpriteSet set)
    {
        if (set.Poses.Count == 0) return (set, sprites);
        int z = sprites.LatentSize;
        var first = new List<Sprite>();
        var (mu, logVar) = (new List<float>(), new List<float>());
        foreach (var character in set.Sprites.Index().GroupBy(sprite => sprite.Item.Group, StringComparer.Ordinal))
        {
            int[] members = [.. character.Select(sprite => sprite.Index)];
            first.Add(character.First().Item with { Label = -1 });
            for (int d = 0; d < z; d++)
            {
                mu.Add((float)members.Average(i => (double)sprites.Mu[(i * z) + d]));
                logVar.Add((float)Math.Log(members.Average(i => Math.Exp(sprites.LogVar[(i * z) + d]))));
            }
        }
        return (new SpriteSet(set.Width, set.Height, first, null, set.FactorNames), new Posteriors(z, [.. mu], [.. logVar]));
    }
}
