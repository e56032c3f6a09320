using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Data;

public sealed class IdxFolderTests
{
    [Test]
    public void PicturesAndLabelsAreRead()
    {
        using var box = new SpriteBox();
        Write(box, "train", count: 20, packed: true);
        Write(box, "t10k", count: 5, packed: false);
        Dataset data = Dataset.Load(new DataSettings { Folder = box.Root });
        Assert.That((data.Train.Sprites.Count, data.HeldOut.Sprites.Count, data.All.Sprites.Count), Is.EqualTo((20, 5, 25)));
        Assert.That(data.All.Split(0.5).HeldOut.Fingerprint, Is.EqualTo(data.HeldOut.Fingerprint),
            "judged later by what was held out in training");
        Assert.That((data.All.Width, data.All.Height), Is.EqualTo((10, 8)));
        Assert.That(data.All.Labels, Is.EqualTo(new[] { "0", "1", "2" }));
        Assert.That(data.Train.Sprites.Select(sprite => sprite.Label), Is.EqualTo(Enumerable.Range(0, 20).Select(i => i % 3)));
        Rgba32 pixel = data.Train.Sprites[3].Pixels[17];
        Assert.That(pixel, Is.EqualTo(new Rgba32(20, 20, 20)), "byte 17 of picture 3 is 3 + 17, opaque");
        Assert.That(Presets.IsGrey(data), Is.True);
    }

    [TestCase("train", 20)]
    [TestCase("t10k", 5)]
    public void OnePartCanBeAskedFor(string part, int count)
    {
        using var box = new SpriteBox();
        Write(box, "train", count: 20, packed: true);
        Write(box, "t10k", count: 5, packed: false);
        Assert.That(SpriteFolder.Load(box.Root, new() { Include = [part] }).Sprites, Has.Count.EqualTo(count));
        Assert.That(Assert.Throws<UserError>(() => SpriteFolder.Load(box.Root, new() { Include = ["t11k"] }))!.Message,
            Does.Contain("t11k").And.Contain("--include train or t10k"));
    }

    [Test]
    public void WithoutATestPartSomeAreHeldOut()
    {
        using var box = new SpriteBox();
        Write(box, "train", count: 100, packed: true);
        Dataset data = Dataset.Load(new DataSettings { Folder = box.Root, Labels = "none" });
        Assert.That(data.HeldOut.Sprites.Count, Is.InRange(5, 40));
        Assert.That(data.Train.Sprites.Count + data.HeldOut.Sprites.Count, Is.EqualTo(100));
        Assert.That(data.All.Labels, Is.Empty);
    }

    [Test]
    public void FoldersThatOnlyShareItsNamesAreNoParts()
    {
        string[] names = ["a", "t10k-images-idx3/b", "train-images-idx3/c"];
        var set = new SpriteSet(8, 8, [.. names.Select(name => new Sprite(name, new Rgba32[64]))]);
        (SpriteSet train, SpriteSet heldOut) = set.Split();
        Assert.That(train.Sprites.Concat(heldOut.Sprites).Select(sprite => sprite.Path), Is.EquivalentTo(names), "none is lost");
    }

    [TestCase(0, 3, "000008")]
    [TestCase(2, 9, "000008")]
    [TestCase(3, 7, "000008")]
    [TestCase(7, 99, "bytes follow")]
    public void ADamagedHeaderIsNamed(int at, byte value, string expected)
    {
        using var box = new SpriteBox();
        Write(box, "train", count: 20, packed: false);
        string path = Path.Combine(box.Root, "train-images-idx3-ubyte");
        byte[] bytes = File.ReadAllBytes(path);
        bytes[at] = value;
        File.WriteAllBytes(path, bytes);
        string message = Assert.Throws<UserError>(() => Dataset.Load(new DataSettings { Folder = box.Root }))!.Message;
        Assert.That(message, Does.Contain("train-images-idx3-ubyte").And.Contain(expected));
    }

    [Test]
    public void AFileThatUnpacksToFarMoreThanItsSizeIsRefusedBeforeItIsUnpacked()
    {
        using var box = new SpriteBox();
        string path = Path.Combine(box.Root, "train-images-idx3-ubyte.gz");
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Optimal))
        {
            gzip.Write([0, 0, 8, 3, 0, 16, 0, 0, 0, 0, 0, 28, 0, 0, 0, 28]); // 2^20 pictures
            var zeros = new byte[1 << 20];
            for (int i = 0; i < 28 * 28; i++) gzip.Write(zeros);
        }
        long before = GC.GetTotalAllocatedBytes(precise: true);
        string message = Assert.Throws<UserError>(() => IdxFile.Load(path))!.Message;
        Assert.That(message, Does.Contain(path).And.Contain("packed to less than 1/64"));
        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(16 << 20));
    }

    [Test]
    public void TooFewLabelsAreNamed()
    {
        using var box = new SpriteBox();
        Write(box, "train", count: 20, packed: false);
        File.WriteAllBytes(Path.Combine(box.Root, "train-labels-idx1-ubyte"), [0, 0, 8, 1, 0, 0, 0, 2, 1, 1]);
        Assert.That(Assert.Throws<UserError>(() => Dataset.Load(new DataSettings { Folder = box.Root }))!.Message,
            Does.Contain("2 labels").And.Contain("20 pictures"));
    }

    [Test]
    public void TheRealFilesAreRead()
    {
        Dataset data = Dataset.Load(new DataSettings { Folder = SharedData.Find("mnist") });
        Assert.That((data.Train.Sprites.Count, data.HeldOut.Sprites.Count), Is.EqualTo((60_000, 10_000)));
        Assert.That((data.All.Width, data.All.Height, data.All.Labels.Count), Is.EqualTo((28, 28, 10)));
        Assert.That(data.HeldOut.LabelCounts, Is.EqualTo(new[] { 980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009 }),
            "as published");
    }

    private static void Write(SpriteBox box, string part, int count, bool packed)
    {
        byte[] pictures = [0, 0, 8, 3, 0, 0, 0, (byte)count, 0, 0, 0, 8, 0, 0, 0, 10,
            .. Enumerable.Range(0, count * 80).Select(i => (byte)((i / 80) + (i % 80)))];
        byte[] labels = [0, 0, 8, 1, 0, 0, 0, (byte)count, .. Enumerable.Range(0, count).Select(i => (byte)(i % 3))];
        foreach (var (kind, bytes) in new[] { ("images-idx3", pictures), ("labels-idx1", labels) })
        {
            string path = Path.Combine(box.Root, $"{part}-{kind}-ubyte");
            if (!packed)
            {
                File.WriteAllBytes(path, bytes);
                continue;
            }
            using var gzip = new GZipStream(File.Create(path + ".gz"), CompressionLevel.Fastest);
            gzip.Write(bytes);
        }
    }
}
