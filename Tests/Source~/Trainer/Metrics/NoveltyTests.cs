using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Metrics;
using static VaeContent.Tests.Trainer.Metrics.Pixels;

namespace VaeContent.Tests.Trainer.Metrics;

public class NoveltyTests
{
    [Test]
    public void RepeatsCountEverySpriteButTheFirstOfItsKind() =>
        Assert.That(ExactMatches.Repeats([Of("rg"), Of("rg"), Of("gr"), Of("rg")]), Is.EqualTo(2));

    [Test]
    public void CopiesMustAgreeInEveryPixel() =>
        Assert.That(ExactMatches.Copies([Of("rg"), Of("rb"), Of("Rg")], [Of("rg"), Of("bb")]), Is.EqualTo(1));

    [Test]
    public void SamplesAreJudgedBesideHeldOutSprites()
    {
        Rgba32[][] training = [Of("rrrrrrrrrr"), Of("gggggggggg")];
        Rgba32[][] heldOut = [.. Enumerable.Repeat(Of("rrrrrrrbbb"), 50)]; // 3 of 10 differ
        Novelty found = Novelty.Of([Of("rrrrrrrrrr"), Of("rrrrrrrrrb"), Of("ggggggbbbb"), Of("bbbbbbbbbb")], heldOut, training);
        Assert.That(found.TrainingSprites, Is.EqualTo(2));
        Assert.That(found.ExactCopies, Is.EqualTo(0.25));
        Assert.That(found.MedianDistance, Is.EqualTo(0.25).Within(1e-12)); // between 0.1 and 0.4
        Assert.That(found.HeldOutMedianDistance, Is.EqualTo(0.3));
        Assert.That(found.HeldOutNear, Is.EqualTo(0.3));
        Assert.That(found.NearCopies, Is.EqualTo(0.5));
    }

    [Test]
    public void HeldOutSpritesThemselvesAreNoNearCopies()
    {
        Rgba32[][] training = [Of(new string('r', 200))];
        Rgba32[][] heldOut = [.. Enumerable.Range(1, 200).Select(i => Of(new string('r', 200 - i) + new string('b', i)))];
        Assert.That(Novelty.Of(heldOut, heldOut, training).NearCopies, Is.EqualTo(0.01).Within(0.005));
    }
}
