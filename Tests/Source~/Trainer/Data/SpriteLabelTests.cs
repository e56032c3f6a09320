using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer;
using VaeContent.Trainer.Data;

namespace VaeContent.Tests.Trainer.Data;

public sealed class SpriteLabelTests
{
    private static string[] Label(SpriteSet set) =>
        [.. set.Sprites.Select(s => s.Label < 0 ? "-" : set.Labels[s.Label]).Distinct()];

    [Test]
    public void FoldersThatHoldEnoughAreLabels()
    {
        using var box = new SpriteBox();
        SpriteSet set = box.PaintMany("knight", 10).PaintMany("slime", 12).Load();
        Assert.That(set.Labels, Is.EqualTo(new[] { "knight", "slime" }));
        Assert.That(set.LabelCounts, Is.EqualTo(new[] { 10, 12 }));
        Assert.That(set.Report.LabelOrigin, Is.EqualTo("folders"));
    }

    [Test]
    public void TheShallowestLevelThatSeparatesCounts()
    {
        using var box = new SpriteBox();
        box.PaintMany("art/mon/undead", 8).PaintMany("art/mon/beasts", 8).PaintMany("art/item/wands", 8);
        Assert.That(box.Load().Labels, Is.EqualTo(new[] { "art/item", "art/mon" }));
        Assert.That(box.Load(new() { Labels = LabelSource.Folders(3) }).Labels, Has.Count.EqualTo(3));
    }

    [Test]
    public void FinerFoldersNameTheirSpritesWhereTheyHoldEnough()
    {
        using var box = new SpriteBox();
        SpriteSet set = box.PaintMany("mon/undead", 30).PaintMany("mon/beasts", 30).PaintMany("mon/odd", 3)
            .PaintMany("item/wands", 30).Load();
        Assert.That(set.Labels, Is.EqualTo(new[] { "item/wands", "mon", "mon/beasts", "mon/undead" }));
        Assert.That(set.LabelCounts, Is.EqualTo(new[] { 30, 3, 30, 30 }), "what is too small keeps the name of the folder above");
        Assert.That(set.Report.LabelOrigin, Is.EqualTo("folders, 2 levels"));
        Assert.That(box.Load(new() { Labels = LabelSource.Folders(1) }).Labels, Is.EqualTo(new[] { "item", "mon" }));
    }

    [Test]
    public void ASmallFolderLosesItsLabelButNotTheOthers()
    {
        using var box = new SpriteBox();
        SpriteSet set = box.PaintMany("a", 40).PaintMany("b", 40).PaintMany("c", 3).Load();
        Assert.That(Label(set), Is.EqualTo(new[] { "a", "b", "-" }));
        Assert.That(set.Report.Warnings, Has.Some.Contains("3 sprites have no label, such as 'c/00000.png'"));
    }

    [Test]
    public void FoldersThatHoldTooLittleAreNoLabelsUnlessAsked()
    {
        using var box = new SpriteBox();
        box.PaintMany("a", 16).PaintMany("b", 3);
        Assert.That(box.Load().Labels, Is.Empty);
        Assert.That(box.Load().Report.Warnings, Has.Some.StartsWith("No labels: fewer than 2 folders"));
        Assert.That(box.Load(new() { Labels = LabelSource.Folders() }).LabelCounts, Is.EqualTo(new[] { 16, 3 }));
    }

    [Test]
    public void OneFolderIsNoLabel()
    {
        using var box = new SpriteBox();
        box.PaintMany("a", 20);
        Assert.That(box.Load().Labels, Is.Empty);
        Assert.That(box.Load().Report.Warnings, Has.None.Contains("label"));
        Assert.That(box.Failure(new() { Labels = LabelSource.Folders() }), Does.Contain("one folder"));
    }

    [Test]
    public void LabelsCsvGivesLabelsGroupsAndFactors()
    {
        using var box = new SpriteBox();
        box.PaintMany("a", 8).PaintMany("b", 12);
        var rows = Enumerable.Range(0, 19).Select(i =>
            i < 8 ? $"a/{i:d5}.png,10,g{i / 2},\"x, \"\"y\"\"\"\r\n" : $"b\\{i - 8:d5}.png,9,,plain\r\n");
        box.Write("labels.csv", "\uFEFFfile,Label,group,hat\r\n" + string.Concat(rows));
        SpriteSet set = box.Load();
        Assert.That(set.Labels, Is.EqualTo(new[] { "9", "10" }));
        Assert.That(set.LabelCounts, Is.EqualTo(new[] { 11, 8 }));
        Assert.That(set.FactorNames, Is.EqualTo(new[] { "hat" }));
        Assert.That((set.Sprites[3].Group, set.Sprites[3].Factors[0]), Is.EqualTo(("g1", "x, \"y\"")));
        Assert.That((set.Sprites[19].Label, set.Sprites[19].Factors.Count), Is.EqualTo((-1, 0)));
        Assert.That(set.Report.Warnings, Has.Some.Contains("1 sprites have no label, such as 'b/00011.png'"));
    }

    [Test]
    public void FactorsOfManyValuesComeBackAsWritten()
    {
        var values = new FactorValues(2);
        string[][] rows = [.. Enumerable.Range(0, 600).Select(i => new[] { $"{i % 3}", $"{i % 300}" })];
        IReadOnlyList<string>[] kept = [.. rows.Select(values.Keep)];
        Assert.That(kept, Is.EqualTo(rows));
        Assert.That(kept.Count(row => row is string[]), Is.EqualTo(2 * (300 - 256)),
            "rows whose second value is not among the first 256");
    }

    [Test]
    public void AnotherColumnCanBeTheLabel()
    {
        using var box = new SpriteBox();
        var rows = Enumerable.Range(0, 20).Select(i => $"a/{i:d5}.png;{"LR"[i % 2]}\n");
        box.PaintMany("a", 20).Write("labels.csv", "file;dir\n" + string.Concat(rows));
        Assert.That(box.Load().Labels, Is.Empty);
        Assert.That(box.Load().Sprites[1].Factors, Is.EqualTo(new[] { "R" }));
        Assert.That(box.Load(new() { Labels = LabelSource.Csv("dir") }).Labels, Is.EqualTo(new[] { "L", "R" }));
        Assert.That(box.Failure(new() { Labels = LabelSource.Csv("size") }), Does.Contain("found: file, dir"));
    }

    [TestCase("file,label\na/00000.png,x\na/gone.png,y\n", "line 3 names 'a/gone.png'")]
    [TestCase("file,label\na/00000.png,x\na/00000.png,y\n", "line 3 names 'a/00000.png' again, first named in line 2")]
    [TestCase("file,label\na/00000.png\n", "line 2 has 1 fields; expected 2")]
    [TestCase("file,label\na/00000.png,\"x\n", "line 2: a quote is opened")]
    [TestCase("file,label\na/00000.png,\"x\"y\n", "line 2: text after a closing quote")]
    [TestCase("name,label\na/00000.png,x\n", "no column 'file'")]
    [TestCase("file,label\na/00000.png,x\n", "one label, 'x'")]
    public void MistakesInLabelsCsvAreNamed(string csv, string says)
    {
        using var box = new SpriteBox();
        Assert.That(box.PaintMany("a", 20).Write("labels.csv", csv).Failure(), Does.Contain(says));
    }

    [TestCase("auto")]
    [TestCase("none")]
    [TestCase("folders")]
    [TestCase("folders:2")]
    [TestCase("species")]
    public void LabelSourcesReadWhatTheyWrite(string text) => Assert.That(LabelSource.Parse(text).ToString(), Is.EqualTo(text));

    [TestCase("folders:x")]
    [TestCase("folders:0")]
    [TestCase(" ")]
    public void OddLabelSourcesAreRefused(string text) => Assert.That(() => LabelSource.Parse(text), Throws.TypeOf<UserError>());
}
