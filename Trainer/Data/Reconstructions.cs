using System;
using System.Collections.Generic;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Data;

/// <summary>Sprites through the shipped encoder and decoder: x -> mu -> xHat.</summary>
public static class Reconstructions
{
    /// <summary>What a model makes of <paramref name="sprites"/>, all of the size and labels of <paramref name="set"/>.</summary>
    public static IEnumerable<Bitmap> Of(EncoderBundle encoder, SpriteGenerator decoder, SpriteSet set, IReadOnlyList<Sprite> sprites)
    {
        var subset = new SpriteSet(set.Width, set.Height, sprites, set.Labels);
        Posteriors posteriors = Posteriors.Of(encoder, subset);
        int z = encoder.LatentSize;
        for (int i = 0; i < sprites.Count; i++)
        {
            string? label = encoder.IsConditional && sprites[i].Label >= 0 ? set.Labels[sprites[i].Label] : null;
            yield return new Bitmap(set.Width, set.Height, decoder.Decode(posteriors.Mu.AsSpan(i * z, z), label).ToArray());
        }
    }
}
