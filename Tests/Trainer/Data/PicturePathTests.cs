using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Data;

namespace VaeContent.Tests.Trainer.Data;

public sealed class PicturePathTests
{
    [TestCase("hero.png", null)]
    [TestCase("sheet.png#12", "sheet.png")]
    [TestCase("walk.gif@3", "walk.gif")]
    [TestCase("walk.gif@3#12", "walk.gif@3")]
    [TestCase("hero@2x.png", null)]
    [TestCase("mail@", null)]
    public void APartNamesItsWhole(string path, string? whole) => Assert.That(PicturePath.Whole(path), Is.EqualTo(whole));

    [Test]
    public void FramesOfOneAnimationAreOneGroupHoweverManyThereAre()
    {
        string[] frames = [.. Enumerable.Range(0, 40).Select(i => PicturePath.Frame("mon/walk.gif", i))];
        Assert.That(SpriteGroups.Of([.. frames, "mon/walk_2.gif", "mon/walk_3.gif"]),
            Is.EqualTo(frames.Select(_ => "mon/walk.gif").Concat(["mon/walk", "mon/walk"])));
    }

    [Test]
    public void ARowOfLabelsHoldsForEveryFrameWithoutARowOfItsOwn()
    {
        using var box = new SpriteBox();
        box.Write("labels.csv", "file,label\nwalk.gif,mover\nwalk.gif@1,stander\n");
        LabelTable table = LabelTable.TryLoad(box.Root, "label")!;
        Assert.That(new[] { "walk.gif@0", "walk.gif@1", "walk.gif@1#4", "walk.gif@10", "run.gif@0" }.Select(table.LabelOf),
            Is.EqualTo(new[] { "mover", "stander", "stander", "mover", null }));
    }
}
