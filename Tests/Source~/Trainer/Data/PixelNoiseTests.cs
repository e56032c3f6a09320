using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Data;

namespace VaeContent.Tests.Trainer.Data;

public sealed class PixelNoiseTests
{
    private const int Pixels = 100_000;

    [Test]
    public void SaltAndPepperFallOnTheirShareEvenly()
    {
        byte[] rgba = Fill(100);
        PixelNoise.SaltAndPepper(rgba, share: 0.2, seed: 1, stream: 2);
        int white = Count(rgba, 255), black = Count(rgba, 0);
        Assert.That(white, Is.EqualTo(0.1 * Pixels).Within(3).Percent);
        Assert.That(black, Is.EqualTo(0.1 * Pixels).Within(3).Percent);
        Assert.That(Count(rgba, 100), Is.EqualTo(Pixels - white - black), "the others stay");
    }

    [TestCase(0, 0.0)]
    [TestCase(255, 1.0)]
    [TestCase(51, 0.2)]
    [TestCase(204, 0.8)]
    public void APixelIsWhiteAsOftenAsItIsBright(byte grey, double share)
    {
        byte[] rgba = Fill(grey);
        PixelNoise.Binarise(rgba, seed: 1, stream: 3);
        Assert.That(Count(rgba, 255) / (double)Pixels, Is.EqualTo(share).Within(0.005));
        Assert.That(Count(rgba, 255) + Count(rgba, 0), Is.EqualTo(Pixels));
    }

    [Test]
    public void ChanceFollowsSeedAndStream()
    {
        byte[] Noisy(long seed, long stream)
        {
            byte[] rgba = Fill(100);
            PixelNoise.Binarise(rgba, seed, stream);
            return rgba;
        }
        byte[] again = Noisy(1, 1);
        Assert.That(again, Is.EqualTo(Noisy(1, 1)));
        Assert.That(Noisy(1, 2), Is.Not.EqualTo(again));
        Assert.That(Noisy(2, 1), Is.Not.EqualTo(again));
    }

    private static byte[] Fill(byte grey) => [.. Enumerable.Range(0, Pixels)
        .SelectMany(_ => new[] { grey, grey, grey, (byte)255 })];

    private static int Count(byte[] rgba, byte red) =>
        Enumerable.Range(0, Pixels).Count(i => rgba[4 * i] == red && rgba[(4 * i) + 3] == 255);
}
