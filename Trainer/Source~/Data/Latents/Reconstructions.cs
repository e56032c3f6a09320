using System;
using System.Collections.Generic;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Data;

/// <summary>Sprites through the shipped encoder and decoder: x -> mu -> xHat.</summary>
public static class Reconstructions
{
    /// <summary>
    /// What a model redraws from <paramref name="sprites"/>, all of the size and labels of <paramref name="set"/>.
    /// </summary>
    public static IEnumerable<Bitmap> Decode(EncoderBundle encoder, SpriteGenerator decoder, SpriteSet set,
        IReadOnlyList<Sprite> sprites)
    {
        var subset = new SpriteSet(set.Width, set.Height, sprites, set.Labels);
        return Decode(Posteriors.Encode(encoder, subset), decoder, subset);
    }

    /// <summary>What a decoder redraws of a set's sprites, given their latents.</summary>
    internal static IEnumerable<Bitmap> Decode(Posteriors posteriors, SpriteGenerator decoder, SpriteSet set)
    {
        int z = posteriors.LatentSize;
        for (int i = 0; i < set.Sprites.Count; i++)
        {
            string? label = decoder.Bundle.IsConditional && set.Sprites[i].Label >= 0 ? set.Labels[set.Sprites[i].Label] : null;
            yield return new Bitmap(set.Width, set.Height, decoder.Decode(posteriors.Mu.AsSpan(i * z, z), label).ToArray());
        }
    }
}
