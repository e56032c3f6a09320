using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using NUnit.Framework;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Tga;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Webp;
using VaeContent.Trainer;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Painting;
using Pixel = SixLabors.ImageSharp.PixelFormats.Rgba32;

namespace VaeContent.Tests.Trainer.Images;

public sealed class PictureReaderTests
{
    private static readonly (int Type, int[] Depths)[] Formats =
        [(0, [1, 2, 4, 8, 16]), (2, [8, 16]), (3, [1, 2, 4, 8]), (4, [8, 16]), (6, [8, 16])];

    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (1, 5), (5, 7), (8, 1), (17, 9), (33, 20)];

    private static IEnumerable<TestCaseData> EveryPng() =>
        from format in Formats
        from depth in format.Depths
        from interlaced in new[] { false, true }
        from withTrns in new[] { false, true }
        where !withTrns || format.Type is 0 or 2 or 3
        select new TestCaseData(format.Type, depth, interlaced, withTrns);

    [TestCaseSource(nameof(EveryPng))]
    public void EveryLegalPngGivesItsPixels(int type, int depth, bool interlaced, bool withTrns)
    {
        foreach ((int width, int height) in Sizes.Where(size => !interlaced || size.Width >= 5))
        {
            TestPng png = TestPng.Make(width, height, type, depth, interlaced, withTrns);
            Bitmap bitmap = PictureReader.Decode(png.Encode(), "test.png")[0];
            Assert.That((bitmap.Width, bitmap.Height), Is.EqualTo((width, height)));
            for (int i = 0; i < bitmap.Pixels.Length; i++)
                Assert.That(bitmap.Pixels[i], Is.EqualTo(png.Expected(i % width, i / width)), $"{width}x{height}, pixel {i}");
        }
    }

    [Test]
    public void SixteenBitsAreRoundedNotCut()
    {
        var png = TestPng.Join([("IHDR", TestPng.Header(4, 1, 16, 0, 0)),
            ("IDAT", TestPng.Deflate([0, 0x00, 0x80, 0x00, 0x81, 0xFF, 0x7F, 0xFF, 0x7E])), ("IEND", [])]);
        // v / 257: 128 is 0.498, 129 is 0.502, 65407 is 254.502, 65406 is 254.498.
        Assert.That(PictureReader.Decode(png, "test.png")[0].Pixels.Select(pixel => pixel.R),
            Is.EqualTo(new byte[] { 0, 1, 255, 254 }));
    }

    private static IEnumerable<TestCaseData> Encoders()
    {
        yield return new(new BmpEncoder { BitsPerPixel = BmpBitsPerPixel.Pixel32, SupportTransparency = true }, true);
        yield return new(new WebpEncoder { FileFormat = WebpFileFormatType.Lossless }, true);
        yield return new(new GifEncoder(), true);
        yield return new(new TgaEncoder { BitsPerPixel = TgaBitsPerPixel.Pixel32 }, true);
        yield return new(new TiffEncoder(), false);
    }

    [TestCaseSource(nameof(Encoders))]
    public void ASpriteComesBackWhateverItsFormatAndName(IImageEncoder encoder, bool alpha)
    {
        Bitmap sprite = Hero(alpha);
        // Only TGA has no signature to know it by.
        string name = encoder is TgaEncoder ? "hero.tga" : "hero.png";
        byte[] file = Encode(encoder, sprite);
        Assert.That(PictureReader.Decode(file, name).Single().Pixels.Select(Shown), Is.EqualTo(sprite.Pixels.Select(Shown)));
        foreach (int length in new[] { 0, 3, 20 })
            Assert.Throws<UserError>(() => PictureReader.Decode(file[..length], name), $"cut to {length} bytes");
    }

    [Test]
    public void AJpegComesBackAlmost()
    {
        Bitmap sprite = new(16, 16, [.. Enumerable.Range(0, 256).Select(i => new Rgba32((byte)i, 128, (byte)(255 - i)))]);
        Bitmap read = PictureReader.Decode(Encode(new JpegEncoder { Quality = 100 }, sprite), "photo.jpg")[0];
        Assert.That(read.Pixels.Zip(sprite.Pixels, (a, b) => Math.Abs(a.R - b.R) + Math.Abs(a.G - b.G) + Math.Abs(a.B - b.B))
            .Max(), Is.LessThan(30));
    }

    [Test]
    public void RandomDamageGivesAPictureOrOneLine()
    {
        const int Rounds = 16;
        Random random = TestSeed.NewRandom();
        byte[][] originals =
        [
            .. Encoders().Select(format => Encode((IImageEncoder)format.Arguments[0]!, Hero(true))),
            Encode(new JpegEncoder(), Hero(false)),
            .. EveryPng().Select(png => TestPng.Make(9, 7, (int)png.Arguments[0]!, (int)png.Arguments[1]!,
                (bool)png.Arguments[2]!, (bool)png.Arguments[3]!).Encode()),
        ];
        foreach (byte[] original in originals)
        {
            for (int round = 0; round < Rounds; round++)
            {
                byte[] damaged = original[..(random.Next(4) == 0 ? random.Next(original.Length) : original.Length)];
                for (int i = random.Next(1, 4); i > 0 && damaged.Length > 0; i--)
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                byte[] file = [.. damaged];
                try
                {
                    PictureReader.Decode(file, "damaged.tga");
                }
                catch (UserError e)
                {
                    Assert.That(e.Message, Does.StartWith("'damaged.tga' ").And.Not.Contains("\n"),
                        $"file {Convert.ToBase64String(damaged)}");
                }
            }
        }
    }

    [Test]
    public void EveryRealSpriteIsRead()
    {
        if (TestFolder.SharedData() is not { } data)
        {
            Assert.Ignore("needs the sprite folders in ../shared/data beside the repository, which are not there");
            return;
        }
        string[] files = Directory.GetFiles(data, "*.png", SearchOption.AllDirectories);
        Assert.That(files, Is.Not.Empty);
        foreach (string file in files) Assert.That(PictureReader.Load(file), Has.Count.EqualTo(1), file);
    }

    [Test]
    public void PathsThatCannotBeReadAreUserErrors()
    {
        using var folder = new TestFolder();
        Assert.That(LoadError(folder.At("none.png")), Does.Contain("none.png' does not exist"));
        Assert.That(LoadError(folder.At("no/such/folder.png")), Does.Contain("does not exist"));
        Assert.That(LoadError(folder.At(".")), Does.Contain("is a folder"));
        Assert.That(LoadError(""), Does.Contain("cannot read ''"));
        Assert.That(LoadError("a\0b"), Does.Contain("cannot read"));
        using var locked = new FileStream(folder.At("locked.png"), FileMode.Create, FileAccess.Write, FileShare.None);
        locked.WriteByte(0);
        locked.Flush();
        Assert.That(LoadError(folder.At("locked.png")), Does.Contain("cannot read").And.Not.Contains("\n"));

        static string LoadError(string path) => Assert.Throws<UserError>(() => PictureReader.Load(path))!.Message;
    }

    internal static byte[] Encode(IImageEncoder encoder, Bitmap bitmap)
    {
        using var image = Image.LoadPixelData<Pixel>(MemoryMarshal.Cast<Rgba32, Pixel>(bitmap.Pixels.AsSpan()), bitmap.Width,
            bitmap.Height);
        var file = new MemoryStream();
        image.Save(file, encoder);
        return file.ToArray();
    }

    // Colours under alpha 0 are nobody's business.
    internal static Rgba32 Shown(Rgba32 pixel) => pixel.A == 0 ? default : pixel;

    private static Bitmap Hero(bool alpha)
    {
        Bitmap picture = HeroPainter.PaintDistinct(1, seed: 1).First().Picture;
        return alpha ? picture : new Bitmap(picture.Width, picture.Height,
            Array.ConvertAll(picture.Pixels, pixel => new Rgba32(pixel.R, pixel.G, pixel.B)));
    }
}
