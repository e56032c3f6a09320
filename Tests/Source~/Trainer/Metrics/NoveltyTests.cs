using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Metrics;
using static VaeContent.Tests.Trainer.Metrics.Pixels;

namespace VaeContent.Tests.Trainer.Metrics;

public class NoveltyTests
{
    [Test]
    public void RepeatsCountEverySpriteButTheFirstOfItsKind() =>
        Assert.That(ExactMatches.Repeats([Row("rg"), Row("rg"), Row("gr"), Row("rg")]), Is.EqualTo(2));

    [Test]
    public void CopiesMustAgreeInEveryPixel() =>
        Assert.That(ExactMatches.Copies([Row("rg"), Row("rb"), Row("Rg")], [Row("rg"), Row("bb")]), Is.EqualTo(1));

    [Test]
    public void SamplesAreJudgedBesideHeldOutSprites()
    {
        Rgba32[][] training = [Row("rrrrrrrrrr"), Row("gggggggggg")];
        Rgba32[][] heldOut = [.. Enumerable.Repeat(Row("rrrrrrrbbb"), 50)]; // 3 of 10 differ
        Novelty found = Novelty.Evaluate([Row("rrrrrrrrrr"), Row("rrrrrrrrrb"), Row("ggggggbbbb"), Row("bbbbbbbbbb")],
            heldOut, training);
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
        Rgba32[][] training = [Row(new string('r', 200))];
        Rgba32[][] heldOut = [.. Enumerable.Range(1, 200).Select(i => Row(new string('r', 200 - i) + new string('b', i)))];
        Assert.That(Novelty.Evaluate(heldOut, heldOut, training).NearCopies, Is.EqualTo(0.01).Within(0.005));
    }
}
