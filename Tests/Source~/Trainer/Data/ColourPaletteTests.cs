using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer;
using VaeContent.Trainer.Data;

namespace VaeContent.Tests.Trainer.Data;

public sealed class ColourPaletteTests
{
    [Test]
    public void FewColoursAreKeptExactlyFromDarkToLightWithTheirAlpha()
    {
        Rgba32[] pixels = [new(255, 255, 255), new(200, 0, 0), new(0, 0, 0), new(200, 0, 0, 128), new(9, 9, 9, 96), default];
        ColourPalette palette = ColourPalette.Fit([new Sprite("a", pixels)], 6);
        Assert.That(palette.Palette.Colours.ToArray(),
            Is.EqualTo(new[] { default, pixels[2], pixels[4], pixels[3], pixels[1], pixels[0] })
                .Or.EqualTo(new[] { default, pixels[2], pixels[4], pixels[1], pixels[3], pixels[0] }));
        Assert.That(palette.Quantise(new Sprite("a", pixels)).Select(index => palette.Palette[index]), Is.EqualTo(pixels));
        Assert.That((palette.Report.IsComplete, palette.Report.P95Error), Is.EqualTo((true, 0.0)));
        Assert.That((palette.Report.ExactShare, palette.Report.AlphaLostShare), Is.EqualTo((1.0, 0.0)));
        Assert.That((palette.Report.IsCoherent, palette.HasSoftColours), Is.EqualTo((true, true)));
    }

    [Test]
    public void APaletteWithoutRoomForAShadowSaysSo()
    {
        Rgba32[] pixels = [.. Enumerable.Repeat(new Rgba32(200, 0, 0), 9), new(0, 0, 0, 96)];
        ColourPalette palette = ColourPalette.Fit([new Sprite("a", pixels)], 2);
        Assert.That(palette.Report.AlphaLostShare, Is.EqualTo(0.1).Within(1e-9));
        Assert.That((palette.Report.IsCoherent, palette.Report.MeanError > 0), Is.EqualTo((false, true)));
    }

    [Test]
    public void ManyColoursAreRepresentedByTheirOwn()
    {
        Sprite[] sprites = Noise(40);
        ColourPalette palette = ColourPalette.Fit(sprites, 32, seed: 5);
        var own = sprites.SelectMany(s => s.Pixels).ToHashSet();
        Rgba32[] colours = palette.Palette.Colours[1..].ToArray();
        Assert.That(colours, Has.Length.EqualTo(31).And.Unique.And.SubsetOf(own));
        Assert.That(palette.Report.MeanError, Is.InRange(0.02, 0.12));
        Assert.That(palette.Report.IsCoherent, Is.False);
    }

    // Colours of equal number, then rare ones, one pixel each, of 300 pixels for each of the first.
    [TestCase(94, 0, 95)]
    [TestCase(200, 0, 201)]
    [TestCase(255, 0, 256)]
    [TestCase(250, 300, 256)]
    [TestCase(250, 500, 96)]
    [TestCase(400, 0, 96)]
    public void APaletteIsAsLargeAsTheSetNeedsIfItCanHoldNearlyAll(int common, int rare, int entries)
    {
        Rgba32 Colour(int i) => new((byte)i, (byte)(i >> 8), 77);
        Rgba32[] pixels = [.. Enumerable.Range(0, common).SelectMany(i => Enumerable.Repeat(Colour(i), 300)),
            .. Enumerable.Range(common, rare).Select(Colour)];
        ColourPalette palette = ColourPalette.Fit([new Sprite("a", pixels)]);
        Assert.That(palette.Palette.Count, Is.EqualTo(entries));
        Assert.That(palette.Report.IsComplete, Is.EqualTo(common + rare < entries));
    }

    [Test]
    public void SameSeedGivesSamePalette()
    {
        Rgba32[] Colours(long seed) => ColourPalette.Fit(Noise(20), 16, seed).Palette.Colours.ToArray();
        Rgba32[] one = Colours(1), again = Colours(1), two = Colours(2);
        Assert.That(again, Is.EqualTo(one));
        Assert.That(two, Is.Not.EqualTo(one));
    }

    [Test]
    public void UnknownColoursGoToTheNearestEntry()
    {
        var palette = new ColourPalette(new Palette([default, new(10, 10, 10), new(250, 0, 0), new(0, 250, 0)]));
        Assert.That(palette.IndexOf(new Rgba32(240, 20, 30)), Is.EqualTo(2));
        Assert.That(palette.IndexOf(new Rgba32(60, 200, 60, 200)), Is.EqualTo(3));
        Assert.That(palette.IndexOf(new Rgba32(60, 200, 60, 20)), Is.EqualTo(0), "hardly there");
        Assert.That(palette.IndexOf(new Rgba32(128, 128, 128)), Is.Not.EqualTo(0), "opaque pixels stay");
    }

    [TestCase(1)]
    [TestCase(257)]
    public void OddSizesAreRefused(int maxColours) =>
        Assert.That(() => ColourPalette.Fit(Noise(1), maxColours), Throws.TypeOf<UserError>());

    // Ottosson 2020, to the digits of his table's neighbours.
    [TestCase(255, 255, 255, 1f, 0f, 0f)]
    [TestCase(255, 0, 0, 0.62796f, 0.22486f, 0.12585f)]
    [TestCase(0, 0, 255, 0.45201f, -0.03246f, -0.31153f)]
    [TestCase(0, 0, 0, 0f, 0f, 0f)]
    public void OklabIsOttossons(int r, int g, int b, float l, float a, float bb)
    {
        Oklab lab = Oklab.FromColour(new Rgba32((byte)r, (byte)g, (byte)b));
        Assert.That(new[] { lab.L, lab.A, lab.B }, Is.EqualTo(new[] { l, a, bb }).Within(2e-5f));
    }

    private static Sprite[] Noise(int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(i => new Sprite($"{i}", [.. Enumerable.Range(0, 64).Select(_ =>
            new Rgba32((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)))]))];
    }
}
