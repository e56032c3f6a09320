using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer;
using VaeContent.Trainer.Images;

namespace VaeContent.Tests.Trainer.Images;

public sealed class PngWriterTests
{
    private const int DepthAt = 24, TypeAt = 25;

    [TestCase(1, 3, 1)]
    [TestCase(2, 3, 1)]
    [TestCase(3, 3, 2)]
    [TestCase(4, 3, 2)]
    [TestCase(5, 3, 4)]
    [TestCase(16, 3, 4)]
    [TestCase(17, 3, 8)]
    [TestCase(256, 3, 8)]
    [TestCase(257, 6, 8)]
    [TestCase(1000, 6, 8)]
    public void TheFormatFollowsTheNumberOfColorsAndLosesNothing(int colors, int type, int depth)
    {
        foreach ((int width, int height) in new[] { (37, 31), (1009, 1), (1, 1009) })
        {
            Bitmap bitmap = Colorful(width, height, colors);
            byte[] png = PngWriter.Encode(bitmap);
            Assert.That((png[TypeAt], png[DepthAt]), Is.EqualTo((type, depth)));
            Bitmap back = PngReader.Decode(png, "back.png");
            Assert.That((back.Width, back.Height), Is.EqualTo((width, height)));
            Assert.That(back.Pixels, Is.EqualTo(bitmap.Pixels));
        }
    }

    [Test]
    public void OpaquePalettesNeedNoTransparencyChunk()
    {
        var bitmap = new Bitmap(2, 1, [new Rgba32(1, 2, 3), new Rgba32(4, 5, 6)]);
        Assert.That(PngWriter.Encode(bitmap).AsSpan().IndexOf("tRNS"u8), Is.EqualTo(-1));
    }

    [Test]
    public void SmoothPicturesAreFiltered()
    {
        var gradient = new Bitmap(64, 64);
        for (int y = 0; y < 64; y++)
        {
            for (int x = 0; x < 64; x++)
                gradient[x, y] = new Rgba32((byte)(4 * x), (byte)(4 * y), (byte)(2 * x + y), (byte)(255 - x));
        }
        byte[] png = PngWriter.Encode(gradient);
        Assert.That(PngReader.Decode(png, "gradient.png").Pixels, Is.EqualTo(gradient.Pixels));
        Assert.That(png, Has.Length.LessThan(64 * 64 * 4 / 20));
    }

    [Test]
    public void SamePixelsGiveSameBytes()
    {
        foreach (int colors in new[] { 50, 500 })
        {
            byte[] once = PngWriter.Encode(Colorful(37, 31, colors));
            byte[] again = PngWriter.Encode(Colorful(37, 31, colors));
            Assert.That(again, Is.EqualTo(once));
        }
    }

    [Test]
    public void SaveWritesTheEncodedBytes()
    {
        using var folder = new TestFolder();
        Bitmap bitmap = Colorful(4, 4, 7);
        PngWriter.Save(bitmap, folder.At("new/folder/a.png"));
        Assert.That(File.ReadAllBytes(folder.At("new/folder/a.png")), Is.EqualTo(PngWriter.Encode(bitmap)));
        Assert.Throws<UserError>(() => PngWriter.Save(bitmap, folder.At("new/folder")));
    }

    // Exactly that many colours, of all alphas, invisible ones with hidden colour too.
    public static Bitmap Colorful(int width, int height, int colors)
    {
        var random = new Random(colors);
        Rgba32[] palette = [.. Enumerable.Range(0, colors).Select(i => Rgba32.FromPacked((uint)i * 2654435761u))];
        var bitmap = new Bitmap(width, height);
        for (int i = 0; i < bitmap.Pixels.Length; i++) bitmap.Pixels[i] = palette[i < colors ? i : random.Next(colors)];
        return bitmap;
    }
}
