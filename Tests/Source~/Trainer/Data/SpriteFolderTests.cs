using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;

namespace VaeContent.Tests.Trainer.Data;

public sealed class SpriteFolderTests
{
    [Test]
    public void FindsPngsInOrdinalOrderAndIgnoresHiddenOnes()
    {
        using var box = new SpriteBox();
        box.PaintMany("b", 15).Paint("a.PNG").Paint("Z/z.png")
            .Paint(".git/x.png").Paint("b/.hidden.png").Write("b/notes.txt", "");
        SpriteSet set = box.Load();
        Assert.That(set.Sprites.Select(s => s.Path).Take(3), Is.EqualTo(new[] { "Z/z.png", "a.PNG", "b/00000.png" }));
        Assert.That(set.Sprites, Has.Count.EqualTo(17));
        Assert.That((set.Width, set.Height), Is.EqualTo((16, 16)));
        Assert.That(set.Report.Warnings, Has.Some.StartsWith("Only 17 distinct sprites"));
    }

    [Test]
    public void DropsBlankAndCopiedSpritesAndSaysWhich()
    {
        using var box = new SpriteBox();
        box.PaintMany("a", 20).Save("blank.png", new Bitmap(16, 16));
        File.Copy(Path.Combine(box.Root, "a/00003.png"), Path.Combine(box.Root, "copy.png"));
        DataReport report = box.Load().Report;
        Assert.That(report.Duplicates.ToString(), Is.EqualTo("1 (copy.png = a/00003.png)"));
        Assert.That(report.Blank.ToString(), Is.EqualTo("1 (blank.png)"));
        Assert.That((report.Files, report.Kept), Is.EqualTo((22, 20)));
    }

    [Test]
    public void ClearsColoursThatNobodySees()
    {
        using var box = new SpriteBox();
        var seen = new Bitmap(16, 16);
        seen[3, 3] = new Rgba32(1, 2, 3);
        var unseen = new Bitmap(16, 16);
        unseen[3, 3] = new Rgba32(1, 2, 3);
        unseen[4, 4] = new Rgba32(9, 9, 9, 0);
        SpriteSet set = box.PaintMany("a", 20).Save("b.png", seen).Save("c.png", unseen).Load();
        Assert.That(set.Report.Duplicates.Examples, Is.EqualTo(new[] { "c.png = b.png" }));
    }

    [Test]
    public void PadsSmallerSpritesToStandInTheMiddleOfTheBottomRow()
    {
        using var box = new SpriteBox();
        SpriteSet set = box.PaintMany("a", 16, 16, 20).PaintMany("b", 16, 12, 12).Load();
        Assert.That((set.Width, set.Height, set.Report.Padded), Is.EqualTo((16, 20, 16)));
        var margins = Placement.Margins(set.Sprites.First(s => s.Path.StartsWith('b')).Pixels, 16);
        Assert.That(margins, Is.EqualTo(new Placement(2 + 2, 8 + 2, 2 + 2, 2)));
    }

    [Test]
    public void TakesTheSizeThatNearlyAllHaveAndReportsTheRest()
    {
        using var box = new SpriteBox();
        SpriteSet set = box.PaintMany("a", 38).Paint("big.png", 64, 64).Paint("small.png", 10, 10).Load();
        Assert.That((set.Width, set.Report.Padded, set.Report.Skipped.ToString()), Is.EqualTo((16, 1, "1 (big.png)")));
        Assert.That(set.Report.Warnings, Has.Some.Contains("64x64 (1)"));
    }

    [Test]
    public void RefusesAMixOfUnlikeSizesUnlessTold()
    {
        using var box = new SpriteBox();
        box.PaintMany("a", 20, 16, 16).PaintMany("b", 9, 40, 40).PaintMany("c", 3, 64, 64).PaintMany("d", 1, 24, 24);
        Assert.That(box.Failure(), Does.Contain("mixes 4 sizes").And.Contain("--size WxH")
            .And.Contain("16x16 (20), 40x40 (9), 64x64 (3), ..."));
        SpriteSet set = box.Load(new() { Size = (40, 40) });
        Assert.That((set.Width, set.Sprites.Count, set.Report.Padded, set.Report.Skipped.Count), Is.EqualTo((40, 30, 21, 3)));
    }

    [TestCase(1, 1, "smaller than 8x8")]
    [TestCase(300, 16, "300x16")]
    public void RefusesSizesThatAreNoSprites(int width, int height, string says)
    {
        using var box = new SpriteBox();
        var bitmap = new Bitmap(width, height);
        bitmap[0, 0] = new Rgba32(1, 2, 3);
        Assert.That(box.Save("odd.png", bitmap).Failure(), Does.Contain(says).And.Contain("'odd.png'"));
    }

    [TestCase(7, 16)]
    [TestCase(16, 129)]
    public void RefusesACanvasOutOfRange(int width, int height)
    {
        using var box = new SpriteBox();
        Assert.That(box.PaintMany("a", 16).Failure(new() { Size = (width, height) }), Does.Contain("8..128"));
    }

    [Test]
    public void NamesADamagedFile()
    {
        using var box = new SpriteBox();
        box.PaintMany("a", 20);
        string file = Path.Combine(box.Root, "a/00007.png");
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..50]);
        Assert.That(box.Failure(), Does.Contain("00007.png"));
    }

    [Test]
    public void SaysWhatAFolderWithoutSpritesHolds()
    {
        using var box = new SpriteBox();
        Assert.That(box.Failure(), Does.Contain("holds no files"));
        box.Write("a.psd", "").Write("b.PSD", "").Write("c/d.txt", "");
        Assert.That(box.Failure(), Does.Contain("3 files, none of them a picture (.psd 2, .txt 1)"));
        Assert.That(() => SpriteFolder.Load(box.Root + "/none"),
            Throws.TypeOf<UserError>().With.Message.Contains("does not exist"));
        Assert.That(() => SpriteFolder.Load(box.Root + "/a.psd"),
            Throws.TypeOf<UserError>().With.Message.Contains("not a picture"));
    }

    [Test]
    public void RefusesFewerThanSixteenDistinctSprites()
    {
        using var box = new SpriteBox();
        Assert.That(box.PaintMany("a", 15).Failure(), Does.Contain("15 distinct sprites").And.Contain("16 or more"));
    }

    [Test]
    public void CutsSheetsIntoCells()
    {
        using var box = new SpriteBox();
        var sheet = new Bitmap(10 * 8, 3 * 8);
        for (int i = 0; i < 25; i++) sheet[i % 10 * 8 + 1, i / 10 * 8 + 1] = new Rgba32((byte)(i + 1), 0, 0);
        SpriteSet set = box.Save("sheet.png", sheet).Load(new() { Grid = SheetGrid.Parse("8x8") });
        Assert.That((set.Width, set.Sprites.Count, set.Report.Blank.Count, set.Report.Pictures), Is.EqualTo((8, 25, 5, 30)));
        Assert.That(set.Sprites[12].Path, Is.EqualTo("sheet.png#12"));
        Assert.That(set.Sprites[12].Pixels[9], Is.EqualTo(new Rgba32(13, 0, 0)));
        SpriteSet alone = SpriteFolder.Load(Path.Combine(box.Root, "sheet.png"), new() { Grid = SheetGrid.Parse("8x8") });
        Assert.That(alone.Fingerprint, Is.EqualTo(set.Fingerprint));
    }

    [Test]
    public void IncludesOnlyTheSubFoldersAskedFor()
    {
        using var box = new SpriteBox();
        box.PaintMany("mon/a", 16).PaintMany("item", 16).PaintMany("monster", 16);
        Assert.That(box.Load(new() { Include = ["mon"] }).Sprites, Has.All.Property("Path").StartsWith("mon/"));
        Assert.That(box.Load(new() { Include = ["mon/", "item"] }).Sprites, Has.Count.EqualTo(32));
        Assert.That(box.Failure(new() { Include = ["mob"] }), Does.Contain("'mob'").And.Contain("item, mon, monster"));
    }

    [Test]
    public void DoesNotFollowALinkInACircle()
    {
        if (OperatingSystem.IsWindows()) Assert.Ignore("making a link needs a privilege on Windows");
        using var box = new SpriteBox();
        box.PaintMany("a", 16);
        Directory.CreateSymbolicLink(Path.Combine(box.Root, "a/again"), box.Root);
        Assert.That(box.Load().Report.Files, Is.EqualTo(16));
    }

    [Test]
    public void TheFingerprintForgetsNamesButNotPixels()
    {
        using SpriteBox one = new(), two = new(), three = new();
        string first = one.PaintMany("a", 20).Load().Fingerprint;
        Assert.That(two.PaintMany("b", 20).Load().Fingerprint, Is.EqualTo(first).And.Match("^[0-9a-f]{16}$"));
        Assert.That(three.PaintMany("a", 21).Load().Fingerprint, Is.Not.EqualTo(first));
    }
}
