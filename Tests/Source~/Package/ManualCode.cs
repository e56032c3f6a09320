using System;

namespace VaeContent.Tests.Package;

/// <summary>The C# of the manual's pages, which <see cref="DocumentationTests"/> compares with them and runs.</summary>
internal static class ManualCode
{
    /// <summary>Documentation~/encoder-products.md; reads both files from the current folder.</summary>
    public static Rgba32[] Breed(Rgba32[] twoSprites)
    {
        var bundle = VaeBundle.Load("heroes.vae");
        using var encoder = new SpriteEncoder(EncoderBundle.Load("heroes.encoder.vae"));
        using var sprites = new SpriteGenerator(bundle);
        int z = bundle.LatentSize;
        float[] mu = new float[2 * z], logVar = new float[2 * z], child = new float[z];
        encoder.Encode(twoSprites, 2, mu, logVar);                                     // (2, H, W) pixels -> two posteriors
        Latent.Crossover(mu.AsSpan(0, z), mu.AsSpan(z, z), seed: 7, child);            // a child of both
        ReadOnlySpan<Rgba32> pixels = sprites.Decode(child);
        Latent.Neighbour(mu.AsSpan(0, z), logVar.AsSpan(0, z), seed: 8, 2f, child);    // a sibling of the first
        pixels = sprites.Decode(child);
        return pixels.ToArray();
    }

    /// <summary>Documentation~/sampling.md.</summary>
    public static Rgba32[] AddBeard(VaeBundle bundle, SpriteGenerator sprites)
    {
        var z = new float[bundle.LatentSize];
        sprites.SampleLatent(seed: 7, z);
        Latent.Shift(z, bundle.Attribute("beard").Direction, 1f, z);
        ReadOnlySpan<Rgba32> bearded = sprites.Decode(z);
        return bearded.ToArray();
    }
}
