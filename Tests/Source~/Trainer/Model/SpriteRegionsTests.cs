using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Model;

namespace VaeContent.Tests.Trainer.Model;

/// <summary>The parts that a sprite's pixels are counted in.</summary>
public sealed class SpriteRegionsTests
{
    [TestCase(1, 1, 1)]
    [TestCase(11, 9, 1)]
    [TestCase(16, 24, 6)]
    [TestCase(32, 32, 16)]
    [TestCase(32, 48, 24)]
    [TestCase(128, 128, 36)]
    public void EachBlockBelongsToThePartsAroundIt(int width, int height, int parts)
    {
        SpriteRegions regions = SpriteRegions.ForSize(width, height);
        Assert.That(regions.Count, Is.EqualTo(parts));
        Assert.That(regions.Blocks, Is.EqualTo((width + 1) / 2 * ((height + 1) / 2)));
        Assert.That(regions.Weights, Is.All.InRange(0f, 1f));
        float[][] blocks = [.. regions.Weights.Chunk(parts)];
        Assert.That(blocks.Select(weights => weights.Sum()), Is.All.EqualTo(1f).Within(1e-5f));
        Assert.That((blocks[0][0], blocks[^1][^1]), Is.EqualTo((1f, 1f)), "corners belong to the corners' parts");
        Assert.That(Enumerable.Range(0, parts).Select(part => blocks.Max(weights => weights[part])), Is.All.GreaterThan(0.5f));
    }
}
