using System;
using System.Collections.Generic;
using System.IO;
using NUnit.Framework;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Gif;
using VaeContent.Trainer;
using VaeContent.Trainer.Images;
using Pixel = SixLabors.ImageSharp.PixelFormats.Rgba32;

namespace VaeContent.Tests.Trainer.Images;

public sealed class DamagedPictureTests
{
    private static readonly byte[] Pixels2x1 = TestPng.Deflate([0, 1, 2]);
    private static readonly (string, byte[]) Ihdr = ("IHDR", TestPng.Header(2, 1, 8, 0, 0));
    private static readonly (string, byte[]) IndexedIhdr = ("IHDR", TestPng.Header(2, 1, 8, 3, 0));
    private static readonly (string, byte[]) Idat = ("IDAT", Pixels2x1);
    private static readonly (string, byte[]) Iend = ("IEND", []);

    private static IEnumerable<TestCaseData> NoPictures()
    {
        yield return Case("Empty", [], "is empty");
        yield return Case("Text", "hello, sprites\r\n"u8.ToArray(), "text file");
        yield return Case("LfsPointer", "version https://git-lfs.github.com/spec/v1\n"u8.ToArray(), "git lfs pull");
        yield return Case("PngAsText", [0x89, 0x50, 0x4E, 0x47, 0x0A, 0x1A, 0x0A], "changed in transfer");
        yield return Case("Photoshop", "8BPS\0\u0001"u8.ToArray(), "Photoshop");
        yield return Case("Unknown", [7, 6, 5, 4, 3, 2, 1, 0, 9], "0706050403020100");
    }

    private static IEnumerable<TestCaseData> DamagedPngs()
    {
        yield return Case("NothingElse", TestPng.Signature, "damaged");
        yield return Case("NoIhdr", Png(Idat, Iend), "first chunk is not a PNG header");
        yield return Case("NoIdat", Png(Ihdr, Iend), "after 0 of 3 bytes");
        yield return Case("NoPlte", Png(IndexedIhdr, Idat, Iend), "palette");
        yield return Case("Xcode", Png(("CgBI", [1, 2, 3, 4]), Ihdr, Idat, Iend), "CgBI", "Take the original");
        yield return Case("Filter", Png(Ihdr, ("IDAT", TestPng.Deflate([5, 1, 2])), Iend), "filter");
        yield return Case("FewPixels", Png(Ihdr, ("IDAT", TestPng.Deflate([0, 1])), Iend), "after 2 of 3 bytes");
        yield return Case("NotZlib", Png(Ihdr, ("IDAT", [1, 2, 3, 4, 5, 6, 7, 8]), Iend), "compressed data");
        yield return Case("Length", Png(("IHDR", [0, 0, 0, 1])), "not a PNG header");
        yield return Case("NoWidth", Png(("IHDR", TestPng.Header(0, 5, 8, 0, 0))), "0x5");
        yield return Case("TooWide", Png(("IHDR", TestPng.Header((1 << 24) + 1, 1, 8, 0, 0))), "16777217x1 pixels");
        yield return Case("TooHigh", Png(("IHDR", TestPng.Header(1, -1, 8, 0, 0))), "1x4294967295 pixels");
        yield return Case("TooMany", Png(("IHDR", TestPng.Header(4096, 4097, 8, 0, 0))), "16777216 in all");
        yield return Case("Depth", Png(("IHDR", TestPng.Header(1, 1, 4, 6, 0)), Idat, Iend), "colour type 6, bit depth 4");
        yield return Case("Narrow", Png(("IHDR", TestPng.Header(2, 1, 8, 0, 1)), Idat, Iend), "interlaced PNG of 2x1",
            "5 columns");
    }

    [TestCaseSource(nameof(NoPictures)), TestCaseSource(nameof(DamagedPngs))]
    public void DamageGivesOneLineThatNamesFileAndFault(byte[] file, string[] words)
    {
        string message = Assert.Throws<UserError>(() => PictureReader.Decode(file, "art/hero.png"))!.Message;
        Assert.That(message, Does.StartWith("'art/hero.png' ").And.Not.Contains("\n").And.Contains("expected"));
        foreach (string word in words) Assert.That(message, Does.Contain(word));
    }

    [Test]
    public void HarmlessFaultsAreForgiven()
    {
        byte[] whole = Png(Ihdr, ("tEXt", [65, 0, 66]), Idat, Iend);
        byte[] badText = [.. whole];
        badText[whole.AsSpan().IndexOf("tEXt"u8) + 5] ^= 1;
        Rgba32[] pixels = [new(1, 1, 1), new(2, 2, 2)];
        foreach (byte[] file in new[] { whole, badText, Png(Ihdr, Idat),
            Png(Ihdr, ("IDAT", Pixels2x1[..4]), ("tEXt", []), ("IDAT", Pixels2x1[4..]), Iend),
            Png(Ihdr, ("IDAT", TestPng.Deflate([0, 1, 2, 9, 9])), Iend) })
            Assert.That(PictureReader.Decode(file, "test.png")[0].Pixels, Is.EqualTo(pixels));
    }

    [Test]
    public void EveryTruncationThatLosesPixelsIsAnError()
    {
        byte[] png = TestPng.Make(5, 7, 6, 8, false, false).Encode();
        Rgba32[] pixels = PictureReader.Decode(png, "whole.png")[0].Pixels;
        int end = png.AsSpan().IndexOf("IEND"u8) - 4, read = 0;
        for (int length = 0; length < end; length++)
        {
            try
            {
                Assert.That(PictureReader.Decode(png[..length], "cut.png")[0].Pixels, Is.EqualTo(pixels), $"{length} bytes");
                read++;
            }
            catch (UserError)
            {
                Assert.That(read, Is.Zero, $"{length} bytes, but fewer were read");
            }
        }
        Assert.That(read, Is.InRange(1, 16), "what ends the pixels may be missing: checksums");
    }

    [Test]
    public void AZipBombIsRefusedWithoutMemory()
    {
        byte[] bomb = Png(Ihdr, ("IDAT", TestPng.Deflate(new byte[50_000_000])), Iend);
        byte[] empty = Png(("IHDR", TestPng.Header(4096, 4096, 16, 6, 0)), Idat, Iend);
        long before = GC.GetAllocatedBytesForCurrentThread();
        PictureReader.Decode(bomb, "bomb.png");
        Assert.Throws<UserError>(() => PictureReader.Decode(empty, "empty.png"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(4_000_000));
    }

    [Test]
    public void AnAnimationOfTooManyPixelsIsRefusedBeforeItsFramesAreHeld()
    {
        using var image = new Image<Pixel>(1024, 1024);
        for (int i = 0; i < 100; i++) image.Frames.CreateFrame();
        var gif = new MemoryStream();
        image.SaveAsGif(gif, new GifEncoder { ColorTableMode = GifColorTableMode.Local });
        string message = Assert.Throws<UserError>(() => PictureReader.Decode(gif.ToArray(), "bomb.gif"))!.Message;
        Assert.That(message, Does.StartWith("'bomb.gif' ").And.Not.Contains("\n"));
    }

    private static TestCaseData Case(string name, byte[] png, params string[] words) =>
        new TestCaseData(png, words).SetArgDisplayNames(name);

    private static byte[] Png(params (string, byte[])[] chunks) => TestPng.Join(chunks);
}
