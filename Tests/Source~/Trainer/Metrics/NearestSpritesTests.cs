using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Metrics;
using static VaeContent.Tests.Trainer.Metrics.Pixels;

namespace VaeContent.Tests.Trainer.Metrics;

public class NearestSpritesTests
{
    [Test]
    public void DistanceIsTheShareOfVisiblePixelsThatDiffer()
    {
        // Six pixels are visible in either; only rr agree.
        var (index, distance) = new NearestSprites([Row("bbbbbbbb"), Row("rr.gb...")]).Find(Row("rrg....b"));
        Assert.That(index, Is.EqualTo(1));
        Assert.That(distance, Is.EqualTo(4 / 6.0));
    }

    [Test]
    public void HardToSeeDifferencesDoNotCount() =>
        Assert.That(new NearestSprites([Row("rrrr")]).Find(Row("rRrR")).Distance, Is.Zero);

    [Test]
    public void FirstOfEqualsWins() =>
        Assert.That(new NearestSprites([Row("g"), Row("r"), Row("r")]).Find(Row("r")), Is.EqualTo((1, 0.0)));

    [Test]
    public void BlankSpritesAreAlike() => Assert.That(new NearestSprites([Row("...")]).Find(Row("...")), Is.EqualTo((0, 0.0)));

    [TestCase(1)]
    [TestCase(63)]
    [TestCase(81)]
    [TestCase(1536)]
    public void AgreesWithTheDefinition(int area)
    {
        var random = new Random(area);
        Rgba32[] Draw() => Row(string.Concat(Enumerable.Range(0, area).Select(_ => "..rRgb9"[random.Next(7)])));
        Rgba32[][] among = [.. Enumerable.Range(0, 20).Select(_ => Draw())];
        var search = new NearestSprites(among);
        for (int i = 0; i < 20; i++)
        {
            Rgba32[] sprite = Draw();
            double[] distances = [.. among.Select(other => Distance(sprite, other))];
            var (index, distance) = search.Find(sprite);
            Assert.That(distance, Is.EqualTo(distances.Min()));
            Assert.That(index, Is.EqualTo(Array.IndexOf(distances, distances.Min())));
        }
    }

    private static double Distance(Rgba32[] a, Rgba32[] b)
    {
        int either = a.Zip(b).Count(pair => pair.First.A > 0 || pair.Second.A > 0);
        int differ = a.Zip(b).Count(pair => Gap(pair.First, pair.Second) > NearestSprites.Tolerance);
        return either == 0 ? 0 : (double)differ / either;
    }

    private static int Gap(Rgba32 a, Rgba32 b) =>
        new[] { a.R - b.R, a.G - b.G, a.B - b.B, a.A - b.A }.Max(Math.Abs);
}
