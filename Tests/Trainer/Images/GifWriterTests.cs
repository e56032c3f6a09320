using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Images;

namespace VaeContent.Tests.Trainer.Images;

public sealed class GifWriterTests
{
    private static readonly Rgba32[] Sixteen = Colors(16);

    [TestCase(1, false)]
    [TestCase(2, false)]
    [TestCase(2, true)]
    [TestCase(3, true)]
    [TestCase(16, true)]
    [TestCase(255, true)]
    [TestCase(256, false)]
    public void FewColorsShareOneTableAndComeBackExactly(int colors, bool transparent)
    {
        foreach ((int width, int height) in new[] { (1, 1), (16, 16), (7, 301), (200, 200) })
        {
            Bitmap[] frames = [.. Enumerable.Range(0, 3).Select(seed => Noise(width, height, Colors(colors), transparent, seed))];
            var gif = new TestGif(GifWriter.Encode(frames, 8));
            Assert.That(gif.GlobalColors, Is.Not.Null);
            Assert.That(gif.AtEnd);
            for (int i = 0; i < frames.Length; i++)
                Assert.That(gif.Frames[i].Bitmap.Pixels, Is.EqualTo(frames[i].Pixels), $"{width}x{height}, frame {i}");
        }
    }

    [Test]
    public void LongRunsAndFullCodeTablesComeBackExactly()
    {
        var stripes = new Bitmap(640, 480);
        for (int i = 0; i < stripes.Pixels.Length; i++) stripes.Pixels[i] = Sixteen[i / 700 % 16];
        Bitmap noise = Noise(640, 480, Sixteen, false, 5);
        var gif = new TestGif(GifWriter.Encode([stripes, noise], 1));
        Assert.That(gif.Frames[0].Bitmap.Pixels, Is.EqualTo(stripes.Pixels));
        Assert.That(gif.Frames[1].Bitmap.Pixels, Is.EqualTo(noise.Pixels));
    }

    [Test]
    public void EveryLengthOfDataEndsCleanly()
    {
        // The end code may fall on the very step at which codes grow by a bit.
        for (int width = 1; width < 700; width++)
        {
            Bitmap frame = Noise(width, 1, Colors(4), false, 1);
            Rgba32[] back = new TestGif(GifWriter.Encode([frame], 1)).Frames[0].Bitmap.Pixels;
            Assert.That(back.AsSpan().SequenceEqual(frame.Pixels), $"width {width}");
        }
    }

    [Test]
    public void HeaderSaysSizeDelayDisposalAndLoop()
    {
        Bitmap[] frames = [Noise(5, 3, Sixteen, true, 1), Noise(5, 3, Sixteen, true, 2)];
        var gif = new TestGif(GifWriter.Encode(frames, 300));
        Assert.That((gif.Version, gif.Width, gif.Height, gif.Loops), Is.EqualTo(("GIF89a", 5, 3, true)));
        Assert.That(gif.Frames.Select(frame => (frame.Delay, frame.Disposal)), Is.All.EqualTo((300, 2)));
        Assert.That(new TestGif(GifWriter.Encode(frames, 300, loop: false)).Loops, Is.False);
    }

    [Test]
    public void AlphaBelow128IsInvisibleAndTheRestOpaque()
    {
        Rgba32 solid = new(9, 8, 7);
        var frame = new Bitmap(4, 1, [new Rgba32(9, 8, 7, 0), new Rgba32(9, 8, 7, 127), new Rgba32(9, 8, 7, 128), solid]);
        Rgba32[] back = new TestGif(GifWriter.Encode([frame], 5)).Frames[0].Bitmap.Pixels;
        Assert.That(back, Is.EqualTo(new[] { default, default, solid, solid }));
    }

    [Test]
    public void ManyColorsGetATableAFrame()
    {
        Bitmap[] frames = [Noise(20, 20, Colors(200), true, 1), Noise(20, 20, Colors(400)[200..], true, 2)];
        var gif = new TestGif(GifWriter.Encode(frames, 5));
        Assert.That(gif.GlobalColors, Is.Null);
        Assert.That(gif.Frames.Select(frame => frame.LocalColors), Is.All.EqualTo(256));
        for (int i = 0; i < frames.Length; i++) Assert.That(gif.Frames[i].Bitmap.Pixels, Is.EqualTo(frames[i].Pixels));
    }

    [Test]
    public void TooManyColorsStayNear()
    {
        var smooth = new Bitmap(64, 64);
        for (int y = 0; y < 64; y++)
        {
            for (int x = 0; x < 64; x++)
                smooth[x, y] = x + y < 5 ? default : new Rgba32((byte)(4 * x), (byte)(4 * y), (byte)(2 * (x + y)));
        }
        Bitmap back = new TestGif(GifWriter.Encode([smooth], 5)).Frames[0].Bitmap;
        double squares = 0;
        for (int i = 0; i < back.Pixels.Length; i++)
        {
            (Rgba32 want, Rgba32 got) = (smooth.Pixels[i], back.Pixels[i]);
            Assert.That(got.A, Is.EqualTo(want.A));
            squares += Math.Pow(want.R - got.R, 2) + Math.Pow(want.G - got.G, 2) + Math.Pow(want.B - got.B, 2);
        }
        Assert.That(Math.Sqrt(squares / back.Pixels.Length / 3), Is.LessThan(6));
        Assert.That(back.Pixels.Distinct().Count(), Is.InRange(200, 256));
    }

    [Test]
    public void WrongCallsAreRefused()
    {
        Assert.Throws<ArgumentException>(() => GifWriter.Encode([], 5));
        Assert.Throws<ArgumentException>(() => GifWriter.Encode([new Bitmap(1, 2), new Bitmap(2, 1)], 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => GifWriter.Encode([new Bitmap(1, 2)], -1));
    }

    [Test]
    public void SaveWritesTheEncodedBytes()
    {
        using var folder = new TestFolder();
        Bitmap[] frames = [Noise(5, 3, Sixteen, true, 1)];
        GifWriter.Save(frames, folder.At("a.gif"), 4);
        Assert.That(File.ReadAllBytes(folder.At("a.gif")), Is.EqualTo(GifWriter.Encode(frames, 4)));
    }

    private static Rgba32[] Colors(int count) =>
        Enumerable.Range(0, count).Select(i => Rgba32.FromPacked(((uint)i * 2654435761u) | 0xFF)).ToArray();

    private static Bitmap Noise(int width, int height, Rgba32[] colors, bool transparent, int seed)
    {
        var random = new Random(seed);
        var bitmap = new Bitmap(width, height);
        for (int i = 0; i < bitmap.Pixels.Length; i++)
            bitmap.Pixels[i] = transparent && random.Next(4) == 0 ? default : colors[random.Next(colors.Length)];
        return bitmap;
    }
}
