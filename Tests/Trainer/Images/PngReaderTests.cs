using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Images;

namespace VaeContent.Tests.Trainer.Images;

public sealed class PngReaderTests
{
    public static readonly (int Type, int[] Depths)[] Formats =
        [(0, [1, 2, 4, 8, 16]), (2, [8, 16]), (3, [1, 2, 4, 8]), (4, [8, 16]), (6, [8, 16])];

    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (2, 1), (1, 5), (3, 2), (5, 7), (8, 8), (17, 9), (33, 20)];

    private static IEnumerable<TestCaseData> EveryFormat() =>
        from format in Formats
        from depth in format.Depths
        from interlaced in new[] { false, true }
        from withTrns in new[] { false, true }
        where !withTrns || format.Type is 0 or 2 or 3
        select new TestCaseData(format.Type, depth, interlaced, withTrns);

    [TestCaseSource(nameof(EveryFormat))]
    public void EveryLegalFormatGivesItsPixels(int type, int depth, bool interlaced, bool withTrns)
    {
        foreach ((int width, int height) in Sizes)
        {
            TestPng png = Make(width, height, type, depth, interlaced, withTrns);
            Bitmap bitmap = PngReader.Decode(png.Encode(), "test.png");
            Assert.That((bitmap.Width, bitmap.Height), Is.EqualTo((width, height)));
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                    Assert.That(bitmap[x, y], Is.EqualTo(Expected(png, type, depth, x, y)), $"{width}x{height} at ({x}, {y})");
            }
        }
    }

    [Test]
    public void PixelsMayBeSplitOverManyChunks()
    {
        TestPng png = Make(17, 9, 6, 8, false, false);
        Rgba32[] split = PngReader.Decode(png.Encode(idatSize: 1), "a.png").Pixels;
        Assert.That(split, Is.EqualTo(PngReader.Decode(png.Encode(), "b.png").Pixels));
    }

    [Test]
    public void SixteenBitsAreRoundedNotCut()
    {
        var png = TestPng.Join([("IHDR", TestPng.Header(4, 1, 16, 0, 0)),
            ("IDAT", TestPng.Deflate([0, 0x00, 0x80, 0x00, 0x81, 0xFF, 0x7F, 0xFF, 0x7E])), ("IEND", [])]);
        // v / 257: 128 is 0.498, 129 is 0.502, 65407 is 254.502, 65406 is 254.498.
        Assert.That(PngReader.Decode(png, "test.png").Pixels.Select(pixel => pixel.R), Is.EqualTo(new byte[] { 0, 1, 255, 254 }));
    }

    [Test]
    public void LoadReadsAFile()
    {
        using var folder = new TestFolder();
        TestPng png = Make(5, 7, 3, 4, true, true);
        File.WriteAllBytes(folder.At("a.png"), png.Encode());
        Assert.That(PngReader.Load(folder.At("a.png")).Pixels, Is.EqualTo(PngReader.Decode(png.Encode(), "a.png").Pixels));
    }

    [Test]
    public void EveryRealSpriteDecodes()
    {
        if (TestFolder.SharedData() is not { } data)
        {
            Assert.Ignore("needs the sprite folders in ../shared/data beside the repository, which are not there");
            return;
        }
        string[] files = Directory.GetFiles(data, "*.png", SearchOption.AllDirectories);
        foreach (string file in files) PngReader.Load(file);
        TestContext.Out.WriteLine($"{files.Length} PNG files read");
        Assert.That(files, Is.Not.Empty);
    }

    internal static TestPng Make(int width, int height, int type, int depth, bool interlaced, bool withTrns)
    {
        int seed = width * 1000 + height * 100 + type * 17 + depth;
        var random = new Random(seed);
        int colors = Math.Max(1, (1 << Math.Min(depth, 8)) - 1);
        var plte = new byte[3 * colors];
        random.NextBytes(plte);
        byte[]? trns = null;
        if (withTrns)
        {
            // An invisible colour of grey and RGB pictures is taken from a pixel, so that it occurs.
            var first = new TestPng(width, height, type, depth, interlaced, seed);
            IEnumerable<int> key = Enumerable.Range(0, first.Channels).Select(channel => first.Sample(0, 0, channel));
            trns = type == 3 ? [.. Enumerable.Range(0, (colors + 1) / 2).Select(i => (byte)(i * 40))]
                : [.. key.SelectMany(value => new[] { (byte)(value >> 8), (byte)value })];
        }
        return new TestPng(width, height, type, depth, interlaced, seed, type == 3 ? colors : int.MaxValue)
        {
            Plte = type == 3 ? plte : null,
            Trns = trns,
        };
    }

    private static Rgba32 Expected(TestPng png, int type, int depth, int x, int y)
    {
        byte To8(int channel) => (byte)Math.Round(png.Sample(x, y, channel) * 255.0 / ((1 << depth) - 1));
        int Key(int channel) => png.Trns![2 * channel] << 8 | png.Trns[2 * channel + 1];
        bool invisible = type is 0 or 2 && png.Trns != null &&
            Enumerable.Range(0, png.Channels).All(channel => png.Sample(x, y, channel) == Key(channel));
        int index = png.Sample(x, y, 0);
        return type switch
        {
            0 => new Rgba32(To8(0), To8(0), To8(0), invisible ? (byte)0 : (byte)255),
            2 => new Rgba32(To8(0), To8(1), To8(2), invisible ? (byte)0 : (byte)255),
            3 => new Rgba32(png.Plte![3 * index], png.Plte[3 * index + 1], png.Plte[3 * index + 2],
                index < png.Trns?.Length ? png.Trns[index] : (byte)255),
            4 => new Rgba32(To8(0), To8(0), To8(0), To8(1)),
            _ => new Rgba32(To8(0), To8(1), To8(2), To8(3)),
        };
    }
}
