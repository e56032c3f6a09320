using System.IO;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Data;

namespace VaeContent.Tests.Trainer.Data;

/// <summary>Sets whose pixels stay on disk are the same sets.</summary>
public sealed class StreamedSpritesTests
{
    private const int Area = 16 * 16, Batch = 7;

    [Test]
    public void ASetOnDiskGivesTheBatchesOfTheSetInMemory()
    {
        using SpriteBox box = Mixed();
        SpriteSet inMemory = box.Load(), onDisk = box.Load(new SpriteFolderOptions { Budget = 5000 });
        Assert.That((inMemory.Report.BytesOnDisk, onDisk.Report.BytesOnDisk),
            Is.EqualTo((0L, (41 * 16 * 16 * 4L) + (10 * 12 * 14 * 4))));
        Assert.That(onDisk.Fingerprint, Is.EqualTo(inMemory.Fingerprint));
        Assert.That(onDisk.Sprites.Select(s => (s.Path, s.Group, s.Label)),
            Is.EqualTo(inMemory.Sprites.Select(s => (s.Path, s.Group, s.Label))));
        Assert.That(onDisk.Report.Duplicates.ToString(), Is.EqualTo("1 (copy.png = a/00003.png)"));
        Assert.That(SpriteStatistics.FromSet(onDisk).FacingAgreement,
            Is.EqualTo(SpriteStatistics.FromSet(inMemory).FacingAgreement));

        BatchSource expected = Source(inMemory), found = Source(onDisk);
        byte[] rgba = new byte[Batch * Area * 4], again = new byte[rgba.Length], indices = new byte[Batch * Area],
            indicesAgain = new byte[indices.Length];
        for (int n = 0; n < 20; n++)
        {
            expected.Next(rgba, indices, [], 0.7f);
            found.Next(again, indicesAgain, [], 0.7f);
            Assert.That(again, Is.EqualTo(rgba), $"pixels of batch {n}");
            Assert.That(indicesAgain, Is.EqualTo(indices), $"indices of batch {n}");
        }
    }

    [Test]
    public void BatchesFromDiskMakeNoGarbage()
    {
        using SpriteBox box = Mixed();
        BatchSource source = Source(box.Load(new SpriteFolderOptions { Budget = 0 }));
        var rgba = new byte[Batch * Area * 4];
        source.Next(rgba, [], [], 1);
        Assert.That(Allocation.Least(() => { for (int n = 0; n < 100; n++) source.Next(rgba, [], [], 1); }), Is.Zero);
    }

    [Test]
    public void ASpriteOnDiskTakes64Bytes()
    {
        using SpriteBox box = Mixed();
        Sprite sprite = box.Load(new SpriteFolderOptions { Budget = 0 }).Sprites[0];
        var copies = new Sprite[100];
        long taken = Allocation.Least(() => { for (int n = 0; n < copies.Length; n++) copies[n] = sprite with { Label = n }; });
        Assert.That(taken, Is.EqualTo(64 * copies.Length));
        Assert.That(copies[^1].Pixels, Is.EqualTo(sprite.Pixels));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "there the file keeps its name until the process ends")]
    public void NoFileIsLeftBehindEvenByAKilledProcess()
    {
        using SpriteBox box = Mixed();
        string cache = Path.Combine(box.Root, ".cache");
        SpriteSet set = box.Load(new SpriteFolderOptions { Budget = 0, Cache = cache });
        Assert.That(Directory.GetFileSystemEntries(cache), Is.Empty, "while the set is in use");
        Assert.That(set.Sprites[^1].Pixels, Has.Some.Not.EqualTo(default(Rgba32)));
    }

    [Test]
    public void ACacheThatCannotBeMadeIsNamed()
    {
        using SpriteBox box = Mixed().Write(".notes", "");
        Assert.That(box.Failure(new SpriteFolderOptions { Budget = 0, Cache = Path.Combine(box.Root, ".notes") }),
            Does.Contain(".notes").And.Contain("data.cache"));
    }

    private static BatchSource Source(SpriteSet set) =>
        new(set, Batch, seed: 3, new AugmentationOptions(Flip: true, MaxShift: 2), ColourPalette.Fit(set.Sprites, 16));

    private static SpriteBox Mixed()
    {
        SpriteBox box = new SpriteBox().PaintMany("a", 40).PaintMany("b", 10, 12, 14);
        File.Copy(Path.Combine(box.Root, "a/00003.png"), Path.Combine(box.Root, "copy.png"));
        return box;
    }
}
