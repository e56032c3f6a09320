using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Data;

namespace VaeContent.Tests.Trainer.Data;

public sealed class RealDataTests
{
    [Test]
    public void LpcIsOnePaletteWithEightFoldersAndElevenFactors()
    {
        SpriteSet set = SpriteFolder.Load(SharedData.Find("lpc"));
        Assert.That((set.Sprites.Count, set.Width, set.Height), Is.EqualTo((4000, 32, 48)));
        Assert.That((set.Labels.Count, set.FactorNames.Count), Is.EqualTo((8, 11)));
        Assert.That(set.Sprites, Has.All.Property("Label").GreaterThanOrEqualTo(0));
        PaletteFitReport report = ColourPalette.Fit(set.Sprites, 128).Report;
        Assert.That((report.DistinctColours, report.ExactShare, report.IsCoherent), Is.EqualTo((82, 1.0, true)));
        Assert.That(SpriteStatistics.FromSet(set).SuggestFlip, Is.False, "left and right are labels");
        Assert.That(set.Split().HeldOut.Sprites.Count, Is.InRange(700, 900));
    }

    [Test]
    public void DungeonCrawlHasVariantsAndNoPalette()
    {
        SpriteSet set = SpriteFolder.Load(SharedData.Find("dcss"), new() { Include = ["mon", "item", "player"] });
        Assert.That(set.Labels, Has.Count.EqualTo(48).And.Contains("item/potion").And.Contains("mon").And.Not
            .Contains("mon/holy"));
        Assert.That(set.Sprites, Has.All.Property("Label").GreaterThanOrEqualTo(0));
        Assert.That((set.Sprites.Count > 1500, set.Width, set.Report.SoftAlphaRatio > 0.05), Is.EqualTo((true, 32, true)));
        PaletteFitReport report = ColourPalette.Fit(set.Sprites, 256).Report;
        Assert.That((report.IsCoherent, report.MeanError < 0.013), Is.EqualTo((false, true)));
        (SpriteSet train, SpriteSet held) = set.Split();
        Assert.That(train.Sprites.Select(s => s.Group).Intersect(held.Sprites.Select(s => s.Group)), Is.Empty);
        Assert.That((double)held.Sprites.Count / set.Sprites.Count, Is.InRange(0.15, 0.25));
    }

    [Test]
    public void KenneyTilesShareAPalette()
    {
        SpriteSet set = SpriteFolder.Load(SharedData.Find("kenney16"));
        Assert.That((set.Sprites.Count, set.Width, set.Labels.Count), Is.EqualTo((1938, 16, 3)));
        Assert.That(ColourPalette.Fit(set.Sprites).Report.IsComplete, Is.True);
    }

    [Test]
    public void TuxemonFrontsAndBacksStayTogether()
    {
        SpriteSet set = SpriteFolder.Load(SharedData.Find("tuxemon64/sprites"));
        Assert.That((set.Sprites.Count, set.Width, set.Labels.Count), Is.EqualTo((744, 64, 14)));
        var groups = set.Sprites.ToDictionary(s => s.Path, s => s.Group);
        Assert.That(groups["varmint/anu-front.png"], Is.EqualTo(groups["varmint/anu-back.png"]));
    }
}
