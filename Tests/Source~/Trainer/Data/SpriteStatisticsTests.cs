using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Data;

namespace VaeContent.Tests.Trainer.Data;

public sealed class SpriteStatisticsTests
{
    [Test]
    public void CountsColoursCoverageAndLabels()
    {
        SpriteStatistics of = SpriteStatistics.FromSet(SpriteSplitTests.Painted(30, i => i < 4 ? "g" : $"{i}"));
        Assert.That((of.Count, of.Variants, of.DistinctColours, of.MedianColours), Is.EqualTo((30, 4, 31, 2)));
        Assert.That(of.Coverage, Is.EqualTo(2 / 64.0));
        Assert.That(of.LabelTable, Is.EqualTo(new[] { ("a", 10), ("b", 10) }));
    }

    [Test]
    public void SpritesThatAllFaceOneWayAreNotToBeFlipped()
    {
        SpriteStatistics one = SpriteStatistics.FromSet(Facing(_ => true)),
            either = SpriteStatistics.FromSet(Facing(i => i % 2 == 0));
        Assert.That((one.SuggestFlip, one.MirrorShare), Is.EqualTo((false, 0.0)));
        Assert.That(one.FacingAgreement, Is.GreaterThan(0.9));
        Assert.That((either.SuggestFlip, either.FacingAgreement), Is.EqualTo((true, 0.0)));
    }

    [Test]
    public void ASymmetricSpriteOffCentreIsSymmetric()
    {
        var pixels = new Rgba32[64];
        foreach (int x in new[] { 1, 2, 3 }) pixels[8 + x] = new Rgba32(100, 50, 20);
        Assert.That(SpriteStatistics.FromSet(new SpriteSet(8, 8, [new Sprite("a", pixels)])).MirrorShare, Is.EqualTo(1));
    }

    private static SpriteSet Facing(System.Func<int, bool> left) => new(8, 8, [.. Enumerable.Range(0, 20).Select(i =>
    {
        var pixels = new Rgba32[64];
        for (int x = 0; x < 8; x++) pixels[24 + x] = x < 4 == left(i) ? new Rgba32(250, 250, 250) : new Rgba32(20, 20, (byte)i);
        return new Sprite($"{i}", pixels);
    })]);
}
