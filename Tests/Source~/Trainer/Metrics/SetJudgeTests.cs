using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Painting;

namespace VaeContent.Tests.Trainer.Metrics;

/// <summary>The judge judged: samples whose worth is known.</summary>
public sealed class SetJudgeTests
{
    private const int HeldOut = 200, Training = 3200, Samples = 1600;

    private SpriteSet _heldOut = null!, _training = null!;
    private Sprite[] _other = null!;
    private SetJudge _judge = null!;

    [OneTimeSetUp]
    public void Learn()
    {
        PaintedSprite[] heroes = [.. HeroPainter.PaintDistinct(HeldOut + Training + Samples, seed: 1)];
        string[] labels = [.. HeroPainter.Labels];
        Sprite[] sprites = [.. heroes.Select((hero, i) =>
            new Sprite($"{i:d5}.png", hero.Picture.Pixels) { Label = Array.IndexOf(labels, hero.Label) })];
        int side = heroes[0].Picture.Width;
        _heldOut = new SpriteSet(side, side, sprites[..HeldOut], labels);
        _training = new SpriteSet(side, side, sprites[HeldOut..(HeldOut + Training)], labels);
        _other = sprites[(HeldOut + Training)..];
        _judge = SetJudge.For(_heldOut, _training)!;
    }

    [OneTimeTearDown]
    public void Forget() => _judge.Dispose();

    [Test]
    public void RealSpritesAreAsGoodAsReal()
    {
        SampleQuality found = _judge.Judge(Pixels(_other));
        Assert.That((found.Count, found.SampleDraws), Is.EqualTo((HeldOut, 8)));
        foreach (FeatureQuality space in found.Spaces)
        {
            TestContext.Out.WriteLine(space);
            Assert.That(space.Frechet.Ratio, Is.EqualTo(1).Within(0.15), space.Space);
            Assert.That(space.Samples.Coverage, Is.EqualTo(space.Real.Coverage).Within(0.05), space.Space);
            Assert.That(space.Samples.Precision, Is.EqualTo(space.Real.Precision).Within(0.05), space.Space);
        }
        LabelFigures labels = _judge.JudgeLabels(Pixels(_other), [.. _other.Select(sprite => sprite.Label)])!;
        TestContext.Out.WriteLine(labels);
        Assert.That(labels.SampleAccuracy, Is.EqualTo(labels.Accuracy).Within(0.05));
        Assert.That(labels.Accuracy, Is.GreaterThan(0.9));
        Assert.That(labels.Inception, Is.EqualTo(labels.RealInception).Within(0.1 * labels.RealInception));
    }

    [Test]
    public void ScrambledPixelsAreFarFromReal()
    {
        var random = new Random(1);
        foreach (FeatureQuality space in _judge.Judge([.. Pixels(_other).Select(pixels => Shuffled(pixels, random))]).Spaces)
        {
            Assert.That(space.Frechet.Ratio, Is.GreaterThan(5), space.Space);
            Assert.That(space.Kernel.Ratio, Is.GreaterThan(5), space.Space);
            Assert.That(space.Samples.Coverage, Is.LessThan(0.1), space.Space);
        }
    }

    [Test]
    public void FewSpritesAgainAndAgainCoverLittle()
    {
        foreach (FeatureQuality space in _judge.Judge([.. Enumerable.Range(0, Samples)
            .Select(i => _other[i % 10].Pixels)]).Spaces)
        {
            Assert.That(space.Frechet.Ratio, Is.GreaterThan(1.5), space.Space);
            Assert.That(space.Samples.Recall, Is.LessThan(0.5 * space.Real.Recall), space.Space);
            Assert.That(space.Samples.Coverage, Is.LessThan(0.5 * space.Real.Coverage), space.Space);
        }
    }

    [Test]
    public void ANetworkTellsScrambledSpritesFromRealOnesAndNotRealFromReal()
    {
        var random = new Random(1);
        TwoSampleTest real = _judge.Tell(Pixels(_other))!,
            scrambled = _judge.Tell([.. Pixels(_other).Select(pixels => Shuffled(pixels, random))])!;
        TestContext.Out.WriteLine(real);
        Assert.That(real.Auc, Is.EqualTo(0.5).Within(0.12));
        Assert.That(real.RealAuc, Is.EqualTo(0.5).Within(0.12));
        Assert.That(scrambled.Auc, Is.GreaterThan(0.99));
    }

    [Test]
    public void WrongLabelsAreSeen()
    {
        int count = _heldOut.Labels.Count;
        LabelFigures labels = _judge.JudgeLabels(Pixels(_other), [.. _other.Select(sprite => (sprite.Label + 1) % count)])!;
        Assert.That(labels.SampleAccuracy, Is.LessThan(0.1));
    }

    [Test]
    public void CopiesOfTrainingAreNotMistakenForQuality()
    {
        Rgba32[][] copies = Pixels(_training.Sprites);
        Novelty novelty = Novelty.Evaluate(copies, Pixels(_heldOut.Sprites), copies);
        Assert.That(novelty.ExactCopies, Is.EqualTo(1));
        Assert.That(novelty.NearCopies, Is.GreaterThan(0.9));
    }

    [Test]
    public void SetsWithoutLabelsAreJudgedByTheRandomNetworkAlone()
    {
        var plain = new SpriteSet(32, 32, [.. _training.Sprites.Take(200).Select(sprite => sprite with { Label = -1 })]);
        using SetJudge judge = SetJudge.For(plain, null)!;
        Assert.That(judge.Judge(Pixels(_other)).Spaces.Select(space => space.Space), Is.EqualTo(new[] { "random CNN" }));
        Assert.That(judge.JudgeLabels(Pixels(_other), null), Is.Null);
    }

    [Test]
    public void TooFewSpritesAreNotJudged()
    {
        var few = new SpriteSet(32, 32, [.. _training.Sprites.Take(9)], _training.Labels);
        Assert.That(SetJudge.For(few, _training), Is.Null);
        Assert.That(SetJudge.For(_heldOut, few), Is.Null);
    }

    private static Rgba32[][] Pixels(IEnumerable<Sprite> sprites) => [.. sprites.Select(sprite => sprite.Pixels)];

    private static Rgba32[] Shuffled(Rgba32[] pixels, Random random)
    {
        Rgba32[] shuffled = [.. pixels];
        random.Shuffle(shuffled);
        return shuffled;
    }
}
