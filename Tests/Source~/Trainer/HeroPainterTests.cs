using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NUnit.Framework;
using VaeContent.Trainer;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Painting;

namespace VaeContent.Tests.Trainer;

public sealed class HeroPainterTests
{
    private const int Count = 2000;

    private static readonly List<PaintedSprite> Heroes = [.. HeroPainter.PaintDistinct(Count, seed: 1)];

    [Test]
    public void SameSeedGivesSameHeroes()
    {
        var again = HeroPainter.PaintDistinct(100, seed: 1).ToList();
        for (int i = 0; i < again.Count; i++)
        {
            Assert.That(again[i].Picture.Pixels, Is.EqualTo(Heroes[i].Picture.Pixels));
            Assert.That(again[i].Factors, Is.EqualTo(Heroes[i].Factors));
            Assert.That(again[i].Label, Is.EqualTo(Heroes[i].Label));
        }
    }

    [Test]
    public void SheetsBeginWithTheHeroAndEveryStepMoves()
    {
        for (int i = 0; i < 60; i++)
        {
            PaintedSprite hero = HeroPainter.Paint(1, i), sheet = HeroPainter.PaintSheet(1, i);
            Bitmap Frame(int pose, int frame) => sheet.Picture.Crop(frame * 32, pose * 32, 32, 32);
            Assert.That((sheet.Label, sheet.Picture.Width, sheet.Picture.Height), Is.EqualTo((hero.Label, 128, 64)));
            Assert.That(Frame(0, 0).Pixels, Is.EqualTo(hero.Picture.Pixels));
            for (int pose = 0; pose < 2; pose++)
            {
                Assert.That(Frame(pose, 2).Pixels, Is.EqualTo(Frame(pose, 0).Pixels), "between two steps a hero stands");
                Assert.That(Frame(pose, 1).Pixels, Is.Not.EqualTo(Frame(pose, 0).Pixels));
                Assert.That(Frame(pose, 3).Pixels, Is.Not.EqualTo(Frame(pose, 1).Pixels), "a foot after the other");
            }
            Assert.That(Frame(1, 0).Pixels, Is.Not.EqualTo(Frame(0, 0).Pixels));
        }
    }

    [Test]
    public void OtherSeedGivesOtherHeroes() =>
        Assert.That(HeroPainter.Paint(2, 0).Picture.Pixels, Is.Not.EqualTo(HeroPainter.Paint(1, 0).Picture.Pixels));

    [Test]
    public void PaletteIsOneClearAndAtMostThirtyOneOpaqueColours()
    {
        Assert.That(HeroPainter.Palette, Has.Count.LessThanOrEqualTo(32).And.Unique);
        Assert.That(HeroPainter.Palette[0].A, Is.Zero);
        Assert.That(HeroPainter.Palette.Skip(1), Has.All.Matches<Rgba32>(c => c.A == 255));
    }

    [Test]
    public void EveryPixelHasAPaletteColourAndEveryColourIsUsed()
    {
        var used = Heroes.SelectMany(h => h.Picture.Pixels).ToHashSet();
        Assert.That(used, Is.EquivalentTo(HeroPainter.Palette));
    }

    [Test]
    public void DistinctHeroesDiffer() =>
        Assert.That(Heroes.Select(h => Hash([h])).Distinct().Count(), Is.EqualTo(Count));

    [Test]
    public void EveryLabelAndEveryFactorValueOccurs()
    {
        Assert.That(Heroes.Select(h => h.Label).Distinct(), Is.EquivalentTo(HeroPainter.Labels));
        foreach (var (name, values) in HeroPainter.FactorValues)
        {
            var drawn = Heroes.SelectMany(h => h.Factors).Where(f => f.Key == name).Select(f => f.Value).Distinct();
            Assert.That(drawn, Is.EquivalentTo(values), name);
        }
    }

    [Test]
    public void EveryHeroListsEveryFactorInOrder() =>
        Assert.That(Heroes.Select(h => h.Factors.Select(f => f.Key)), Has.All.EqualTo(HeroPainter.FactorNames));

    [Test]
    public void NoOpaquePixelStandsAlone()
    {
        foreach (var hero in Heroes)
        {
            int opaque = hero.Picture.Pixels.Count(p => p.A != 0);
            Assert.That(Component(hero.Picture), Is.EqualTo(opaque), string.Join(", ", hero.Factors));
        }
    }

    [Test]
    public void FeetStandOnOneLineAndTheRimIsClear()
    {
        foreach (var hero in Heroes)
        {
            var picture = hero.Picture;
            Assert.That(Enumerable.Range(0, 32).Any(x => picture[x, 30].A != 0), string.Join(", ", hero.Factors));
            Assert.That(Enumerable.Range(0, 32).All(x => picture[x, 31].A == 0 && picture[0, x].A == 0 && picture[31, x].A == 0));
        }
    }

    [TestCase(1, "60fe51aff6805f4f")]
    [TestCase(2, "69bc2b8bbb8d2349")]
    [TestCase(-77, "0d4b836625707eac")]
    public void PixelsAreTheOnesWeShip(long seed, string expected) =>
        Assert.That(Hash(HeroPainter.PaintDistinct(200, seed)), Is.EqualTo(expected));

    [Test]
    public void MoreHeroesThanThereAreIsTheUsersError()
    {
        Assert.That(HeroPainter.Combinations, Is.GreaterThan(100_000));
        Assert.That(() => HeroPainter.PaintDistinct(-1, 1), Throws.TypeOf<UserError>());
        if (HeroPainter.Combinations < int.MaxValue)
            Assert.That(() => HeroPainter.PaintDistinct(int.MaxValue, 1), Throws.TypeOf<UserError>());
    }

    private static string Hash(IEnumerable<PaintedSprite> heroes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var hero in heroes) hash.AppendData(MemoryMarshal.AsBytes<Rgba32>(hero.Picture.Pixels));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    // How many opaque pixels hang together with the sole of the foot, over 8 neighbours: all of them, or something floats.
    private static int Component(Bitmap picture)
    {
        var seen = new HashSet<(int X, int Y)>();
        var open = new Stack<(int X, int Y)>();
        open.Push((Enumerable.Range(0, 32).First(x => picture[x, 30].A != 0), 30));
        while (open.TryPop(out var p))
        {
            if (p.X is < 0 or > 31 || p.Y is < 0 or > 31 || picture[p.X, p.Y].A == 0 || !seen.Add(p)) continue;
            for (int i = 0; i < 9; i++) open.Push((p.X + i % 3 - 1, p.Y + i / 3 - 1));
        }
        return seen.Count;
    }
}
