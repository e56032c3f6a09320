using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Data;

namespace VaeContent.Tests.Trainer.Data;

public sealed class LabelBalanceTests
{
    [Test]
    public void EveryLabelCountsAsMuchAsTheCommonest()
    {
        SpriteSet set = Labelled(22, i => i % 11 == 0 ? 1 : 0), balanced = LabelBalance.Oversample(set); // 20 to 2
        Assert.That(balanced.LabelCounts, Is.EqualTo(new[] { 20, 20 }));
        Assert.That(balanced.Sprites.Distinct(), Is.EqualTo(set.Sprites));
    }

    [Test]
    public void SpritesOfALabelComeUpEquallyOften()
    {
        SpriteSet balanced = LabelBalance.Oversample(Labelled(14, i => i < 4 ? 1 : 0)); // 10 to 4: two or three times each
        int[] times = [.. balanced.Sprites.Where(sprite => sprite.Label == 1).CountBy(sprite => sprite.Path)
            .Select(one => one.Value)];
        Assert.That(times, Is.EquivalentTo(new[] { 2, 2, 3, 3 }));
    }

    [Test]
    public void SpritesWithoutLabelStayAsTheyAre()
    {
        SpriteSet balanced = LabelBalance.Oversample(Labelled(13, i => i == 0 ? -1 : i % 4 == 0 ? 1 : 0));
        Assert.That(balanced.LabelCounts, Is.EqualTo(new[] { 9, 9 }));
        Assert.That(balanced.Sprites.Count(sprite => sprite.Label < 0), Is.EqualTo(1));
    }

    [Test]
    public void BatchesOfABalancedSetHoldLabelsEqually()
    {
        var batches = new BatchSource(LabelBalance.Oversample(Labelled(110, i => i % 11 == 0 ? 1 : 0)), 200, seed: 1);
        var labels = new float[200 * 2];
        batches.Next([], [], labels);
        Assert.That(labels.Where((_, i) => i % 2 == 1).Sum(), Is.EqualTo(100));
    }

    private static SpriteSet Labelled(int count, System.Func<int, int> label)
    {
        SpriteSet painted = SpriteSplitTests.Painted(count, i => $"{i}");
        return new SpriteSet(8, 8, [.. painted.Sprites.Select((sprite, i) => sprite with { Label = label(i) })], ["a", "b"]);
    }
}
