using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Data;

namespace VaeContent.Tests.Trainer.Data;

public sealed class PicturePathTests
{
    [TestCase(null, null, "walk.gif")]
    [TestCase(3, null, "walk.gif@3")]
    [TestCase(null, 12, "walk.gif#12")]
    [TestCase(3, 12, "walk.gif@3#12")]
    public void APartIsShownBehindItsFile(int? frame, int? cell, string text) =>
        Assert.That(new PicturePath("walk.gif", frame, cell).ToString(), Is.EqualTo(text));

    [Test]
    public void FramesOfOneAnimationAreOneGroupHoweverManyThereAre()
    {
        PicturePath[] frames = [.. Enumerable.Range(0, 40).Select(i => new PicturePath("mon/walk.gif", i))];
        Assert.That(SpriteGroups.FromPaths([.. frames, "mon/walk_2.gif", "mon/walk_3.gif"]),
            Is.EqualTo(frames.Select(_ => "mon/walk.gif").Concat(["mon/walk", "mon/walk"])));
    }

    [Test]
    public void ARowOfLabelsHoldsForEveryFrameWithoutARowOfItsOwn()
    {
        using var box = new SpriteBox();
        box.Write("labels.csv", "file,label\nwalk.gif,mover\nwalk.gif@1,stander\n");
        LabelTable table = LabelTable.TryLoad(box.Root, "label")!;
        PicturePath[] asked = [new("walk.gif", 0), new("walk.gif", 1), new("walk.gif", 1, 4), new("walk.gif", 10),
            new("run.gif", 0)];
        Assert.That(asked.Select(table.LabelOf),
            Is.EqualTo(new[] { "mover", "stander", "stander", "mover", null }));
    }
}
