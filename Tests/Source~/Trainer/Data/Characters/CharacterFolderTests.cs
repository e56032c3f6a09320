using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;

namespace VaeContent.Tests.Trainer.Data;

/// <summary>Reading characters: rows of sheets, names of files, labels.csv.</summary>
public sealed class CharacterFolderTests
{
    private const int Characters = 10;

    [TestCase(false)]
    [TestCase(true)]
    public void RowsOfSheetsArePosesAndColumnsFrames(bool transposed)
    {
        using var box = new SpriteBox();
        AssertComplete(box.PaintSheets(Characters, transposed).Load(CharacterBox.Rows(3, transposed)), i => $"{i:D2}");
    }

    [Test]
    public void WithoutASizeASheetIsDividedEvenly()
    {
        using var box = new SpriteBox();
        AssertComplete(box.PaintSheets(Characters).Load(CharacterBox.Rows(3) with { Size = null }), i => $"{i:D2}");
    }

    [TestCase("{0}_walk_{1}_{2:D2}.png", "walk up", "walk down")]
    [TestCase("{0}/{1}-{2}.png", "up", "down")]
    [TestCase("{0} {1} ({2}).png", "up", "down")]
    [TestCase("elf {0}/Idle_{1}{2}.png", "idle up", "idle down")]
    public void NamesOfFilesSayCharacterPoseAndFrame(string name, string up, string down)
    {
        using var box = new SpriteBox();
        string[] poses = ["up", "down"];
        foreach (var (character, pose, frame) in All())
            box.Save(string.Format(null, name, $"hero{(char)('a' + character)}", poses[pose], frame + 1),
                CharacterBox.Frame(character, pose, frame));
        SpriteSet set = box.Load();
        Assert.That(set.Poses.Select(pose => (pose.Name, pose.Frames)), Is.EquivalentTo(new[] { (up, 3), (down, 3) }));
        Assert.That(set.Shown().Select(one => (one.Colour, one.Label)), Is.EquivalentTo(All().Select(one =>
            (CharacterBox.Colour(one.Character, one.Pose, one.Frame), $"{(one.Pose == 0 ? up : down)}+{one.Frame}"))));
        Assert.That(set.Sprites.Select(sprite => sprite.Group).Distinct().Count(), Is.EqualTo(Characters));
    }

    [Test]
    public void NamesThatMeanNoPoseAreReadAsBefore()
    {
        using var box = new SpriteBox();
        SpriteSet set = box.PaintMany("goblins", 20).Load();
        Assert.That(set.Poses, Is.Empty);
        Assert.That(set.Labels, Is.Empty);
    }

    [Test]
    public void PosesThatAreAskedForEndTheNames()
    {
        using var box = new SpriteBox();
        foreach (var (character, pose, frame) in All())
            box.Save($"h{(char)('a' + character)}_{(pose == 0 ? "juggle_fire" : "bow")}_{frame}.png",
                CharacterBox.Frame(character, pose, frame));
        SpriteSet set = box.Load(new SpriteFolderOptions { Poses = ["juggle fire", "bow"] });
        Assert.That(set.Poses.Select(pose => (pose.Name, pose.FirstLabel)),
            Is.EqualTo(new[] { ("juggle fire", 0), ("bow", 3) }));
    }

    [Test]
    public void ATableNamesCharacterPoseAndFrame()
    {
        using var box = new SpriteBox();
        string rows = "file,character,pose,frame,hat\n";
        foreach (var (character, pose, frame) in All())
        {
            box.Save($"{character}-{pose}-{frame}.png", CharacterBox.Frame(character, pose, frame));
            rows += $"{character}-{pose}-{frame}.png,{character:D2},{CharacterBox.Poses[pose]},{frame},none\n";
        }
        SpriteSet set = box.Write("labels.csv", rows).Load(new SpriteFolderOptions { Poses = CharacterBox.Poses });
        AssertComplete(set, i => $"{i:D2}");
        Assert.That(set.FactorNames, Is.EqualTo(new[] { "hat" }));
    }

    [Test]
    public void CharactersWithMissingFramesStayAndAreCounted()
    {
        using var box = new SpriteBox();
        box.PaintSheets(Characters).Save("10.png", CharacterBox.Sheet(10, isBlank: (pose, frame) => pose == 1 || frame == 2));
        SpriteSet set = box.Load(CharacterBox.Rows(3));
        Assert.That(set.Sprites.Count(sprite => sprite.Group == "10"), Is.EqualTo(2));
        Assert.That(set.Report.Warnings, Has.Some.Contains("1 characters lack frames of poses, such as '10' of 'up'"));
    }

    [Test]
    public void EqualFramesOfACharacterStayAndCopiesOfAWholeCharacterGo()
    {
        using var box = new SpriteBox();
        box.PaintSheets(Characters).Save("copy.png", CharacterBox.Sheet(3));
        var still = new Bitmap(24, 16);
        for (int i = 0; i < 6; i++) still.Blit(CharacterBox.Frame(77, 0, 0), i % 3 * 8, i / 3 * 8);
        SpriteSet set = box.Save("still.png", still).Load(CharacterBox.Rows(3));
        Assert.That(set.Sprites.Count(sprite => sprite.Group == "still"), Is.EqualTo(6));
        Assert.That(set.Sprites.Count(sprite => sprite.Group == "copy"), Is.Zero);
        Assert.That(set.Report.Duplicates.ToString(), Does.StartWith("6 (copy.png#0 = '03'"));
    }

    [Test]
    public void TheSplitIsByCharacter()
    {
        using var box = new SpriteBox();
        var (train, heldOut) = box.PaintSheets(Characters).Load(CharacterBox.Rows(3)).Split();
        Assert.That(train.Sprites.Select(sprite => sprite.Group).Intersect(heldOut.Sprites.Select(sprite => sprite.Group)),
            Is.Empty);
        Assert.That(Math.Min(train.Sprites.Count, heldOut.Sprites.Count), Is.GreaterThanOrEqualTo(6));
    }

    [Test]
    public void MistakesAreSaidInOneLine()
    {
        using var box = new SpriteBox();
        box.PaintSheets(Characters);
        Assert.That(box.Failure(CharacterBox.Rows(4)),
            Does.Contain("is 24x16; expected 32x16").And.Contain("2 rows (up, down)")
                .And.Contain("room for 3 columns and 2 rows"));
        Assert.That(box.Failure(CharacterBox.Rows(3) with { Poses = ["up", "left", "down"] }),
            Does.Contain("expected 24x24").And.Contain("room for 3 columns and 2 rows"));
        Assert.That(box.Failure(CharacterBox.Rows(3, transposed: true)), Does.Contain("expected 16x24"));
        Assert.That(box.Failure(CharacterBox.Rows(3) with { Frames = [3, 3, 3] }), Does.Contain("3 numbers for 2 poses"));
        Assert.That(box.Failure(new SpriteFolderOptions { Frames = [3] }), Does.Contain("need --poses"));
        Assert.That(box.Failure(CharacterBox.Rows(3) with { Labels = LabelSource.Folders() }),
            Does.Contain("exclude each other"));
        Assert.That(box.Failure(CharacterBox.Rows(5) with { Size = null }), Does.Contain("do not divide evenly"));
        box.Save("10.gif.png", CharacterBox.Sheet(10))
            .Save("odd.png", new Bitmap(24, 15, [.. Enumerable.Repeat(new Rgba32(1, 2, 3), 24 * 15)]));
        Assert.That(box.Failure(CharacterBox.Rows(3)), Does.Contain("odd.png' is 24x15; expected 24x16"));
    }

    [Test]
    public void TwoFramesForOnePlaceAndPosesOfOneCharacterAreRefused()
    {
        using var box = new SpriteBox();
        foreach (var (character, pose, frame) in All())
            box.Save($"h{(char)('a' + character)}_{CharacterBox.Poses[pose]}_{frame}.png",
                CharacterBox.Frame(character, pose, frame));
        box.Save("ha_up_00.png", CharacterBox.Frame(40, 0, 0));
        Assert.That(box.Failure(), Does.Contain("'ha_up_00.png'").And.Contain("are both frame 0 of pose 'up' of 'ha'"));
        box.Save("ha_up_00.png", new Bitmap(8, 8)).Save("hb_jump_0.png", CharacterBox.Frame(41, 0, 0));
        Assert.That(box.Failure(), Does.Contain("only 'hb' has the pose 'jump'").And.Contain("--poses"));
        SpriteSet set = box.Load(new SpriteFolderOptions { Poses = CharacterBox.Poses });
        Assert.That(set.Labels, Has.Count.EqualTo(6));
    }

    private static (int Character, int Pose, int Frame)[] All() => [.. from character in Enumerable.Range(0, Characters)
        from pose in Enumerable.Range(0, 2)
        from frame in Enumerable.Range(0, 3)
        select (character, pose, frame)];

    private static void AssertComplete(SpriteSet set, Func<int, string> name)
    {
        Assert.That((set.Width, set.Height), Is.EqualTo((8, 8)));
        Assert.That(set.Poses.Select(pose => (pose.Name, pose.FirstLabel, pose.Frames)),
            Is.EqualTo(new[] { ("up", 0, 3), ("down", 3, 3) }));
        Assert.That(set.Shown(), Is.EquivalentTo(All().Select(one => (CharacterBox.Colour(one.Character, one.Pose, one.Frame),
            name(one.Character), $"{CharacterBox.Poses[one.Pose]}+{one.Frame}"))));
    }
}
