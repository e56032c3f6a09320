using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Gif;
using VaeContent.Trainer;
using VaeContent.Trainer.Images;
using Pixel = SixLabors.ImageSharp.PixelFormats.Rgba32;

namespace VaeContent.Tests.Trainer.Images;

public sealed class PictureWriterTests
{
    private const int DepthAt = 24, TypeAt = 25;

    [TestCase(1, 3, 1)]
    [TestCase(2, 3, 1)]
    [TestCase(3, 3, 2)]
    [TestCase(5, 3, 4)]
    [TestCase(17, 3, 8)]
    [TestCase(256, 3, 8)]
    [TestCase(257, 6, 8)]
    [TestCase(1000, 6, 8)]
    public void APngIsAsSmallAsItsColoursAllowAndLosesNothing(int colours, int type, int depth)
    {
        foreach ((int width, int height) in new[] { (37, 31), (1009, 1), (1, 1009) })
        {
            Bitmap bitmap = Colourful(width, height, colours);
            byte[] png = PictureWriter.EncodePng(bitmap);
            Assert.That((png[TypeAt], png[DepthAt]), Is.EqualTo((type, depth)));
            Assert.That(PictureReader.Decode(png, "back.png")[0].Pixels, Is.EqualTo(bitmap.Pixels), $"{width}x{height}");
            Assert.That(PictureWriter.EncodePng(bitmap), Is.EqualTo(png), "the same pixels give the same bytes");
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public void ManyColoursAreReducedToNearOnesWhereThatIsWanted(bool soft)
    {
        const int Seed = 11;
        var random = new Random(Seed);
        var sprite = new Bitmap(40, 40);
        foreach (ref Rgba32 pixel in sprite.Pixels.AsSpan(8))
            pixel = new Rgba32((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256),
                soft ? (byte)random.Next(1, 256) : (byte)255);
        Rgba32[] reduced = PictureReader.Decode(PictureWriter.EncodePng(sprite, reduce: true), "reduced.png")[0].Pixels;
        Assert.That(reduced.Distinct().Count(), Is.InRange(64, 256), $"seed {Seed}");
        double error = sprite.Pixels.Zip(reduced).Average(pair =>
            Math.Abs(pair.First.G - pair.Second.G) + Math.Abs(pair.First.A - pair.Second.A));
        Assert.That(error, Is.LessThan(soft ? 80 : 30), $"seed {Seed}");
    }

    [TestCase(2, true)]
    [TestCase(16, true)]
    [TestCase(255, true)]
    [TestCase(256, false)]
    public void AGifComesBackPixelForPixelWithItsTimesAndLoop(int colours, bool transparent)
    {
        foreach ((int width, int height) in new[] { (1, 1), (16, 16), (7, 301), (200, 200) })
        {
            Bitmap[] frames = [.. Enumerable.Range(0, 3).Select(seed => Noise(width, height, colours, transparent, seed))];
            byte[] gif = PictureWriter.EncodeGif(frames, 8);
            // Transparent pixels of a frame must not show the frame before.
            Assert.That(PictureReader.Decode(gif, "a.gif").Select(frame => frame.Pixels.Select(PictureReaderTests.Shown)),
                Is.EqualTo(frames.Select(frame => frame.Pixels)), $"{width}x{height}");
            using var image = Image.Load<Pixel>(gif);
            Assert.That(image.Metadata.GetGifMetadata().RepeatCount, Is.Zero, "for ever");
            foreach (ImageFrame<Pixel> frame in image.Frames)
            {
                GifFrameMetadata metadata = frame.Metadata.GetGifMetadata();
                Assert.That((metadata.FrameDelay, metadata.DisposalMethod),
                    Is.EqualTo((8, GifDisposalMethod.RestoreToBackground)));
            }
        }
        using var once = Image.Load<Pixel>(PictureWriter.EncodeGif([Noise(2, 2, 2, true, 1), Noise(2, 2, 2, true, 2)], 300,
            loop: false));
        Assert.That(once.Metadata.GetGifMetadata().RepeatCount, Is.EqualTo(1));
    }

    [Test]
    public void AlphaBelow128IsInvisibleInAGifAndTheRestOpaque()
    {
        Rgba32 solid = new(9, 8, 7);
        var frame = new Bitmap(4, 1, [new Rgba32(9, 8, 7, 0), new Rgba32(9, 8, 7, 127), new Rgba32(9, 8, 7, 128), solid]);
        Rgba32[] back = PictureReader.Decode(PictureWriter.EncodeGif([frame], 5), "a.gif")[0].Pixels;
        Assert.That(back.Select(PictureReaderTests.Shown), Is.EqualTo(new[] { default, default, solid, solid }));
    }

    [Test]
    public void WrongCallsAreRefused()
    {
        Assert.Throws<ArgumentException>(() => PictureWriter.EncodeGif([], 5));
        Assert.Throws<ArgumentException>(() => PictureWriter.EncodeGif([new Bitmap(1, 2), new Bitmap(2, 1)], 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => PictureWriter.EncodeGif([new Bitmap(1, 2)], -1));
    }

    [Test]
    public void SaveWritesTheEncodedBytes()
    {
        using var folder = new TestFolder();
        Bitmap bitmap = Colourful(4, 4, 7);
        PictureWriter.SavePng(bitmap, folder.At("new/folder/a.png"));
        Assert.That(File.ReadAllBytes(folder.At("new/folder/a.png")), Is.EqualTo(PictureWriter.EncodePng(bitmap, named: true)));
        PictureWriter.SaveGif([bitmap], folder.At("a.gif"), 4);
        Assert.That(File.ReadAllBytes(folder.At("a.gif")), Is.EqualTo(PictureWriter.EncodeGif([bitmap], 4)));
        Assert.Throws<UserError>(() => PictureWriter.SavePng(bitmap, folder.At("new/folder")));
    }

    // Exactly that many colours, of all alphas, invisible ones with hidden colour too.
    private static Bitmap Colourful(int width, int height, int colours)
    {
        var random = new Random(colours);
        Rgba32[] palette = [.. Enumerable.Range(0, colours).Select(i => Rgba32.FromPacked((uint)i * 2654435761u))];
        var bitmap = new Bitmap(width, height);
        for (int i = 0; i < bitmap.Pixels.Length; i++) bitmap.Pixels[i] = palette[i < colours ? i : random.Next(colours)];
        return bitmap;
    }

    private static Bitmap Noise(int width, int height, int colours, bool transparent, int seed)
    {
        var random = new Random(seed);
        var bitmap = new Bitmap(width, height);
        foreach (ref Rgba32 pixel in bitmap.Pixels.AsSpan())
            pixel = transparent && random.Next(4) == 0 ? default
                : Rgba32.FromPacked(((uint)random.Next(colours) * 2654435761u) | 0xFF);
        return bitmap;
    }
}
