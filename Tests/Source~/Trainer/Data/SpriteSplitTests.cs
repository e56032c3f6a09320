using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Data;

namespace VaeContent.Tests.Trainer.Data;

public sealed class SpriteSplitTests
{
    [Test]
    public void NamesThatShareAStemAreVariants()
    {
        string[] groups = SpriteGroups.FromPaths(
            ["m/goblin.png", "m/goblin_2.png", "m/goblin-old.png", "m/goblin_old_3.png", "m/orc.png", "n/goblin.png"]);
        Assert.That(groups, Is.EqualTo(new[] { "m/goblin", "m/goblin", "m/goblin", "m/goblin", "m/orc.png", "n/goblin.png" }));
    }

    [Test]
    public void ACommonPrefixOfManyDoesNotHideVariants()
    {
        List<PicturePath> paths = ["mon_orc_1.png", "mon_orc_2.png",
            .. Enumerable.Range('a', 20).Select(c => $"mon_{(char)c}.png")];
        Assert.That(SpriteGroups.FromPaths(paths).Take(3), Is.EqualTo(new[] { "mon_orc", "mon_orc", "mon_a.png" }));
    }

    [Test]
    public void NumbersAndCellsStandAlone()
    {
        PicturePath[] paths = ["00001.png", "00002.png", new("s_1.png", Cell: 0), new("s_1.png", Cell: 1)];
        Assert.That(SpriteGroups.FromPaths(paths), Is.EqualTo(paths.Select(path => path.ToString())));
    }

    [Test]
    public void ASplitIsStableAndKeepsGroupsTogether()
    {
        SpriteSet set = Painted(400, i => $"g{i / 4}");
        (SpriteSet train, SpriteSet held) = set.Split();
        Assert.That(held.Sprites.Count, Is.InRange(50, 110));
        Assert.That(train.Sprites.Count + held.Sprites.Count, Is.EqualTo(400));
        Assert.That(train.Sprites.Select(s => s.Group).Intersect(held.Sprites.Select(s => s.Group)), Is.Empty);

        // Half the set gone, the others stay where they were.
        var fewer = new SpriteSet(8, 8, [.. set.Sprites.Take(200)], set.Labels);
        string[] expected = [.. held.Sprites.Select(s => s.Path).Where(path => int.Parse(path) < 200)];
        Assert.That(fewer.Split().HeldOut.Sprites.Select(s => s.Path), Is.EqualTo(expected));
    }

    [TestCase(0.0001)]
    [TestCase(0.9999)]
    [TestCase(0.2)]
    public void NeitherSideIsEmpty(double fraction)
    {
        foreach (SpriteSet set in new[] { Painted(16, i => $"g{i}"), Painted(16, _ => "one") })
        {
            (SpriteSet train, SpriteSet held) = set.Split(fraction);
            Assert.That((train.Sprites.Count > 0, held.Sprites.Count > 0), Is.EqualTo((true, true)));
        }
    }

    [Test]
    public void NothingIsHeldOutAtZero() => Assert.That(Painted(20, i => $"{i}").Split(0).HeldOut.Sprites, Is.Empty);

    [TestCase(1)]
    [TestCase(-0.1)]
    [TestCase(double.NaN)]
    public void OddFractionsAreRefused(double fraction) =>
        Assert.That(() => Painted(20, i => $"{i}").Split(fraction), Throws.TypeOf<VaeContent.Trainer.UserError>());

    [Test]
    public void HashesAreWhatTheyAlwaysWere()
    {
        // A change here would change every split, shuffle and fingerprint that people have recorded.
        Assert.That(StableHash.Compute("goblin"), Is.EqualTo(GoblinHash));
        Assert.That(StableHash.Compute([new Rgba32(1, 2, 3), default]), Is.EqualTo(PixelHash));
        Assert.That(new SplitMix(7, 3).Next(), Is.EqualTo(FirstDraw));
    }

    private const ulong GoblinHash = 0xc087b018ff9cb44e, PixelHash = 0xf9ee5ece9cdef2f6, FirstDraw = 0x9c1b0b5b3e06cf11;

    internal static SpriteSet Painted(int count, System.Func<int, string> groupOf)
    {
        var sprites = new List<Sprite>();
        for (int i = 0; i < count; i++)
        {
            var pixels = new Rgba32[64];
            pixels[27] = new Rgba32(200, (byte)(i >> 8), (byte)i);
            pixels[28] = new Rgba32(10, 20, 30);
            sprites.Add(new Sprite($"{i}", pixels) { Group = groupOf(i), Label = i % 3 - 1 });
        }
        return new SpriteSet(8, 8, sprites, ["a", "b"]);
    }
}
