using System;
using NUnit.Framework;
using VaeContent.Trainer.Metrics;
using static VaeContent.Tests.Trainer.Metrics.Pixels;

namespace VaeContent.Tests.Trainer.Metrics;

public class PixelStatisticsTests
{
    [Test]
    public void CountsWhatTheEyeSees()
    {
        // rrg.
        // rr.b
        // ...5   5 is half transparent. Alone of their colour: g, b and 5. Runs: across rr g rr b 5, down rr rr g b 5.
        PixelStatistics found = PixelStatistics.FromSprites([Row("rrg.rr.b...5")], width: 4);
        Assert.That(found.Colours, Is.EqualTo(4));
        Assert.That(found.Orphans, Is.EqualTo(3 / 7.0));
        Assert.That(found.FlatRun, Is.EqualTo(14 / 10.0));
        Assert.That(found.SoftAlpha, Is.EqualTo(1 / 12.0));
        Assert.That(found.DrawnArea, Is.EqualTo(7 / 12.0));
        Assert.That(found.Pieces, Is.EqualTo(1)); // g and b touch at a corner
    }

    [Test]
    public void PixelsDoNotTouchAcrossTheBorder() =>
        Assert.That(PixelStatistics.FromSprites([Row("...rr.......")], width: 4) with { Edges = 0 },
            Is.EqualTo(new PixelStatistics(1, 1, 0, 1, 0, 0, 2 / 12.0, 2, 0)));

    // Black to white in one step, or in two: as far, but the root of half the squares.
    [Test]
    public void BlurredEdgesAreLessSharp()
    {
        Rgba32 black = new(0, 0, 0), grey = new(127, 127, 127), white = new(255, 255, 255);
        double sharp = PixelStatistics.FromSprites([[black, black, white, white]], width: 4).Edges,
            blurred = PixelStatistics.FromSprites([[black, grey, grey, white]], width: 4).Edges;
        Assert.That(sharp, Is.EqualTo(Math.Sqrt(1 / 4.0)), "three of four channels, one of three pairs");
        Assert.That(blurred, Is.EqualTo(sharp / Math.Sqrt(2)).Within(1e-3));
        Assert.That(PixelStatistics.FromSprites([[white, new Rgba32(255, 255, 255, 0)]], width: 2).Edges, Is.EqualTo(1),
            "premultiplied: invisible white is nothing");
    }

    [Test]
    public void PiecesApartAreCounted() =>
        Assert.That(PixelStatistics.FromSprites([Row("r..r........")], width: 4).Pieces, Is.EqualTo(2));

    // A hole; its corner open; a side too.
    [TestCase("rrr.r.r.rrr.", 1)]
    [TestCase("rr..r.r.rrr.", 1)]
    [TestCase("r...r.r.rrr.", 0)]
    public void GapsAreCounted(string sprite, int gaps) =>
        Assert.That(PixelStatistics.FromSprites([Row(sprite)], width: 4).Gaps, Is.EqualTo(gaps));

    [Test]
    public void BlankSpritesHaveNothing() =>
        Assert.That(PixelStatistics.FromSprites([Row("....")], width: 2),
            Is.EqualTo(new PixelStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0)));
}
