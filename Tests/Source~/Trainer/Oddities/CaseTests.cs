using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Data;
using VaeContent.Trainer;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Oddities;

/// <summary>The cases of CASES.md beside the repository, each on what it expects.</summary>
public sealed class CaseTests
{
    [TestCase("png-icc-bad-crc", "a wrong checksum")]
    [TestCase("png-4-bytes-too-many", null)]
    [TestCase("png-index-outside-palette", "pixels outside of the palette")]
    [TestCase("png-long-trns", "too much transparency")]
    [TestCase("png-chunk-name-digit", "a chunk of an odd name")]
    [TestCase("png-no-iend", "no end")]
    public void HarmlessFaultsLoadWithOneNote(string name, string? fault)
    {
        SpriteSet set = Load(new DataSettings { Folder = OddArt.Case(name) });
        Assert.That(set.Sprites, Has.Count.EqualTo(41));
        string[] notes = [.. set.Report.Warnings.Where(note => note.Contains("zz_odd.png", StringComparison.Ordinal))];
        Assert.That(notes, fault is null ? Is.Empty : Has.Length.EqualTo(1).And.Some.Contains($"'zz_odd.png' ({fault})"));
    }

    [Test]
    public void AppleFilesAreNamedWithTheWayOut() => Assert.That(Failure(new DataSettings { Folder = OddArt.Case("png-cgbi") }),
        Does.Contain("CgBI").And.Contain("zz_odd.png").And.Contain("Take the original file").And.Contain("--skip-bad"));

    [Test]
    public void FramesOfAnAnimatedPngAreFrames()
    {
        SpriteSet set = Load(new DataSettings { Folder = OddArt.Case("png-animated") });
        Assert.That(set.Sprites.Count(sprite => sprite.Path.StartsWith("zz_odd.png@", StringComparison.Ordinal)), Is.EqualTo(4));
    }

    [Test]
    public void AllBadFilesAreNamedAtOnceOrSkipped()
    {
        var data = new DataSettings { Folder = OddArt.Case("bad-files") };
        Assert.That(Failure(data), Does.Contain("holds 5 files that cannot be read").And.Contain("bad_empty.png")
            .And.Contain("Git LFS pointer").And.Contain("bad_trunc2.png").And.Contain("--skip-bad").And.Not.Contain("bad_jpeg"));
        SpriteSet set = Load(data with { SkipBad = true });
        Assert.That(set.Sprites, Has.Count.EqualTo(31));
        Assert.That(set.Report.Warnings, Has.Some.StartsWith("Left out 5 files that cannot be read"));
    }

    [TestCase("art-scaled-x4", "4")]
    [TestCase("art-scaled-x4-shifted", "4:1:0")]
    public void EnlargedArtIsSaidAndScaledDown(string name, string scale)
    {
        var data = new DataSettings { Folder = OddArt.Case(name) };
        Assert.That(Load(data).Report.Warnings, Has.Some.Contains("4x4").And.Some.Contains($"--scale-down {scale}"));
        foreach (string asked in new[] { "auto", scale })
        {
            SpriteSet set = Load(data with { ScaleDown = asked });
            Assert.That((set.Width, set.Height, set.Sprites.Count), Is.EqualTo((16, 16, 40)), asked);
        }
    }

    [Test]
    public void NearlyOpaqueIsOpaqueAndHazeIsNothing()
    {
        Dataset data = Dataset.Load(new DataSettings { Folder = OddArt.Case("art-alpha-254-and-haze") });
        Assert.That(data.All.Sprites.SelectMany(sprite => sprite.Pixels).Select(pixel => pixel.A).Distinct(),
            Is.EquivalentTo(new byte[] { 0, 255 }));
        Assert.That(data.All.Report.Warnings, Has.Some.Contains("nearly opaque or nearly nothing"));
        Assert.That(Presets.ForDataset("auto", data).Model.Likelihood, Is.EqualTo(VaeContent.Trainer.Model.Likelihood.Palette));
    }

    [Test]
    public void AShadowIsAColourOfThePalette()
    {
        Dataset data = Dataset.Load(new DataSettings { Folder = OddArt.Case("art-drop-shadow") });
        Assert.That(data.Palette.Palette.Colours.ToArray(), Has.Member(new Rgba32(0, 0, 0, 96)));
        Assert.That((data.Palette.Report.ExactShare, data.Palette.Report.IsCoherent), Is.EqualTo((1.0, true)));
        Assert.That(Presets.ForDataset("auto", data).Model.Likelihood, Is.EqualTo(VaeContent.Trainer.Model.Likelihood.Palette));
    }

    [TestCase("art-magenta-background", "#ff00ff")]
    [TestCase("art-checkerboard-background", "checkerboard of 4x4 squares")]
    public void BackgroundsAreSaidAndRemoved(string name, string background)
    {
        var data = new DataSettings { Folder = OddArt.Case(name) };
        Assert.That(Load(data).Report.Warnings, Has.Some.Contains(background).And.Some.Contains("--key auto"));
        SpriteSet set = Load(data with { Key = "auto" });
        Assert.That(set.Sprites, Has.All.Matches<Sprite>(sprite => sprite.Pixels[0].A == 0));
        Assert.That(SpriteStatistics.FromSet(set).Coverage, Is.InRange(0.1, 0.7));
    }

    [TestCase("sheet-last-column-15", "16x16:0:1", 35)]
    [TestCase("sheet-margin-left-top", "16x16:2:1", 40)]
    [TestCase("sheet-empty-cells", "16x16", 40)]
    [TestCase("sheet-strip-19200", null, 600)]
    public void SheetsAreCut(string name, string? grid, int pictures)
    {
        SpriteSet set = Load(new DataSettings { Folder = OddArt.Case(name), Grid = "auto" });
        Assert.That(set.Report.Pictures - set.Report.Blank.Count, Is.EqualTo(pictures).Within(6), $"{set.Width}x{set.Height}");
        if (grid is not null)
            Assert.That((set.Width, set.Height), Is.EqualTo((16, 16)));
        if (name == "sheet-last-column-15") Assert.That(set.Report.Warnings, Has.Some.Contains("less than a cell"));
    }

    [Test]
    public void AGridThatCutsDrawingsNamesTheFile()
    {
        var data = new DataSettings { Folder = OddArt.Case("sheet-two-grids"), Grid = "16x16" };
        Assert.That(Failure(data), Does.Contain("b24.png").And.Contain("24x24").And.Contain("grids.csv"));
        SpriteSet set = Load(data with { Grid = "auto" });
        Assert.That(set.Report.Sizes.Select(size => size.Width), Is.EquivalentTo(new[] { 16, 24 }));
    }

    [TestCase("frames-of-ten-animations", 10)]
    [TestCase("art-recolours", 5)]
    public void WhatIsOneDrawingStaysOnOneSide(string name, int drawings)
    {
        SpriteSet set = Load(new DataSettings { Folder = OddArt.Case(name) });
        Assert.That(set.Report.Groups, Is.EqualTo(drawings));
        var (train, heldOut) = set.Split();
        static string Stem(Sprite sprite) => sprite.Path.Split('_')[0];
        Assert.That(train.Sprites.Select(Stem).Intersect(heldOut.Sprites.Select(Stem)), Is.Empty);
        Assert.That(heldOut.Sprites.Count, Is.InRange(1, 0.4 * set.Sprites.Count));
    }

    [TestCase("names-nfd")]
    [TestCase("csv-sep-line")]
    [TestCase("csv-tabs")]
    [TestCase("csv-semicolons-comma-in-header")]
    [TestCase("csv-upper-case")]
    [TestCase("csv-filename-column")]
    [TestCase("csv-trailing-commas")]
    public void TablesAreRead(string name) =>
        Assert.That(Load(new DataSettings { Folder = OddArt.Case(name) }).Labels, Is.EqualTo(new[] { "knight", "mage" }));

    [Test]
    public void ATableInAnotherEncodingNamesItsLine() => Assert.That(
        Failure(new DataSettings { Folder = OddArt.Case("csv-windows-1252") }),
        Does.Contain("line 2 is not UTF-8").And.Contain("save"));

    [TestCase("lpc")]
    [TestCase("dcss")]
    [TestCase("kenney16")]
    [TestCase("tuxemon64")]
    public void RealSetsRaiseNoFalseAlarm(string name)
    {
        SpriteSet set;
        try
        {
            set = Load(new DataSettings { Folder = SharedData.Find(name) });
        }
        catch (UserError)
        {
            set = Load(new DataSettings { Folder = SharedData.Find(name), Size = "32x32" });
        }
        Assert.That(set.Report.Warnings,
            Has.None.Contains("--key").And.None.Contains("--scale-down").And.None.Contains("--grid"));
    }

    private static SpriteSet Load(DataSettings data) => SpriteFolder.Load(data.Folder, Dataset.Options(data));

    private static string Failure(DataSettings data)
    {
        string message = Assert.Throws<UserError>(() => Load(data))!.Message;
        Assert.That(message, Does.Not.Contain("\n"));
        return message;
    }
}
