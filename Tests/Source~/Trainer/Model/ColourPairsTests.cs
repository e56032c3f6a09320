using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Model;

namespace VaeContent.Tests.Trainer.Model;

/// <summary>Which colours occur together, as counts say.</summary>
public sealed class ColourPairsTests
{
    // In sprites of one part, 4x2: 1 and 2 share theirs, 3 never meets them; of 4 there is one pixel a sprite, which may be a
    // slip. The last has too few pixels to say anything.
    private static readonly byte[][] Sprites =
    [
        .. Enumerable.Repeat<byte[]>([1, 1, 2, 2, 2, 0, 4, 1], 30),
        .. Enumerable.Repeat<byte[]>([3, 3, 0, 3, 3, 3, 4, 3], 10),
        [1, 1, 3, 3, 0, 0, 0, 0],
    ];

    [Test]
    public void RatiosAreThoseOfTheDefinition()
    {
        ColourPairs pairs = ColourPairs.Count(Sprites, width: 4, height: 2, colours: 4);
        float Present(int j, int k) => pairs.Present[((j - 1) * 4) + k - 1];
        float Missing(int j, int k) => pairs.Missing[((j - 1) * 4) + k - 1];
        Assert.Multiple(() =>
        {
            Assert.That(pairs.Colours, Is.EqualTo(4));
            Assert.That(Present(1, 2), Is.EqualTo(Math.Log(32 / 24.5)).Within(1e-6), "30 of 30, by chance 22.5");
            Assert.That(Present(3, 1), Is.EqualTo(Math.Log(2 / 9.5)).Within(1e-6), "none, by chance 7.5");
            Assert.That(Missing(2, 1), Is.EqualTo(Math.Log(2 / 9.5)).Within(1e-6), "never missing, by chance 7.5");
            Assert.That(Missing(3, 1), Is.EqualTo(Math.Log(32 / 24.5)).Within(1e-6), "always missing, by chance 22.5");
            Assert.That(Missing(1, 1), Is.Zero);
            Assert.That(Enumerable.Range(1, 4).Select(j => Present(j, 4)), Is.All.Zero, "one pixel is no occurrence");
        });
    }

    // A head of 1, a body of 2 and boots of 3 in every sprite: together in the sprite, head and boots in no part of it.
    [Test]
    public void ColoursOfDistantPartsDoNotOccurTogether()
    {
        byte[] sprite = [.. Enumerable.Range(0, 8 * 48).Select(i => (byte)(1 + (i / (8 * 16))))];
        ColourPairs pairs = ColourPairs.Count(Enumerable.Repeat(sprite, 20), width: 8, height: 48, colours: 3);
        Assert.That(pairs.Present[2], Is.LessThan(-2f));
        Assert.That(pairs.Present[0], Is.GreaterThan(0.5f));
    }

    [Test]
    public void NoSpritesSayNothing() => Assert.That(ColourPairs.Count([], 4, 2, 2).Present, Is.All.Zero);
}
