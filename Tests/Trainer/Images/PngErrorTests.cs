using System;
using System.Collections.Generic;
using System.IO;
using NUnit.Framework;
using VaeContent.Trainer;
using VaeContent.Trainer.Images;

namespace VaeContent.Tests.Trainer.Images;

public sealed class PngErrorTests
{
    private static readonly byte[] Pixels2x1 = TestPng.Deflate([0, 1, 2]);
    private static readonly (string, byte[]) Ihdr = ("IHDR", TestPng.Header(2, 1, 8, 0, 0));
    private static readonly (string, byte[]) IndexedIhdr = ("IHDR", TestPng.Header(2, 1, 8, 3, 0));
    private static readonly (string, byte[]) Idat = ("IDAT", Pixels2x1);
    private static readonly (string, byte[]) Iend = ("IEND", []);

    private static IEnumerable<TestCaseData> WrongStarts()
    {
        yield return Case("Empty", [], "is empty");
        yield return Case("Short", TestPng.Signature[..5], "cut off after 5 bytes");
        yield return Case("Jpeg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16], "JPEG");
        yield return Case("Gif", "GIF89a"u8.ToArray(), "GIF");
        yield return Case("Bmp", "BM\x1\x2\x3\x4"u8.ToArray(), "BMP");
        yield return Case("WebP", "RIFF\x1\x2\x3\x4WEBPVP8 "u8.ToArray(), "WebP");
        yield return Case("Text", "hello, sprites\r\n"u8.ToArray(), "text file");
        yield return Case("LfsPointer", "version https://git-lfs.github.com/spec/v1\n"u8.ToArray(), "git lfs pull");
        yield return Case("PngAsText", [0x89, 0x50, 0x4E, 0x47, 0x0A, 0x1A, 0x0A], "changed in transfer");
        yield return Case("OneByte", [7], "starts with the bytes 07");
        yield return Case("Unknown", [7, 6, 5, 4, 3, 2, 1, 0, 9], "0706050403020100");
    }

    private static IEnumerable<TestCaseData> WrongChunks()
    {
        yield return Case("NothingElse", TestPng.Signature, "cut off", "IEND");
        yield return Case("NoIhdr", Png(Idat, Iend), "first chunk is IDAT, expected IHDR");
        yield return Case("NoIdat", Png(Ihdr, Iend), "IDAT");
        yield return Case("NoIend", Png(Ihdr, Idat), "ends without its IEND");
        yield return Case("NoPlte", Png(IndexedIhdr, Idat, Iend), "PLTE");
        yield return Case("PlteTooLate", Png(IndexedIhdr, Idat, ("PLTE", [1, 2, 3]), Iend), "PLTE comes twice or too late");
        yield return Case("PlteLength", Png(IndexedIhdr, ("PLTE", [1, 2, 3, 4]), Idat, Iend), "PLTE chunk is 4 bytes");
        yield return Case("PaletteIndex", Png(IndexedIhdr, ("PLTE", [1, 2, 3, 4, 5, 6]), Idat, Iend),
            "pixel (1, 0) has colour 2", "less than the 2");
        yield return Case("TrnsTooLong", Png(IndexedIhdr, ("PLTE", [1, 2, 3]), ("tRNS", [1, 2]), Idat, Iend),
            "tRNS chunk has 2", "the 1");
        yield return Case("TrnsLength", Png(Ihdr, ("tRNS", [1]), Idat, Iend), "tRNS chunk is 1 bytes long, expected 2");
        yield return Case("TwoIhdr", Png(Ihdr, Ihdr, Idat, Iend), "IHDR comes twice");
        yield return Case("SplitIdat", Png(Ihdr, ("IDAT", Pixels2x1[..4]), ("tEXt", []), ("IDAT", Pixels2x1[4..]), Iend),
            "IDAT comes twice");
        yield return Case("CriticalChunk", Png(Ihdr, ("CgBI", []), Idat, Iend), "CgBI", "plain PNG");
        yield return Case("ChunkName", Png(Ihdr, ("1\n\u0001a", []), Idat, Iend), "310A0161", "four letters");
        yield return Case("Filter", Png(Ihdr, ("IDAT", TestPng.Deflate([5, 1, 2])), Iend), "row 0 has filter 5");
        yield return Case("FewPixels", Png(Ihdr, ("IDAT", TestPng.Deflate([0, 1])), Iend), "end early", "2x1");
        yield return Case("ManyPixels", Png(Ihdr, ("IDAT", TestPng.Deflate([0, 1, 2, 3])), Iend), "more pixels than the 2x1");
        yield return Case("NotZlib", Png(Ihdr, ("IDAT", [1, 2, 3, 4, 5, 6, 7, 8]), Iend), "zlib");
        yield return Case("ZlibDictionary", Png(Ihdr, ("IDAT", [0x78, 0xBB, 0, 0, 0, 1, 1, 2, 3]), Iend), "damaged");
        yield return Case("ZlibChecksum", Png(Ihdr, ("IDAT", [.. Pixels2x1[..^1], (byte)(Pixels2x1[^1] ^ 1)]), Iend), "zlib");
    }

    private static IEnumerable<TestCaseData> WrongHeaders()
    {
        yield return Case("Length", Png(("IHDR", [0, 0, 0, 1])), "a length of 4, expected 13");
        yield return Case("NoWidth", Png(("IHDR", TestPng.Header(0, 5, 8, 0, 0))), "0x5");
        yield return Case("TooWide", Png(("IHDR", TestPng.Header(8193, 1, 8, 0, 0))), "8193x1 pixels", "8192");
        yield return Case("TooHigh", Png(("IHDR", TestPng.Header(1, -1, 8, 0, 0))), "1x4294967295 pixels");
        yield return Case("TooMany", Png(("IHDR", TestPng.Header(4096, 4097, 8, 0, 0))), "16777216 in all");
        yield return Case("Type", Png(("IHDR", TestPng.Header(1, 1, 8, 1, 0))), "colour type 1", "0, 2, 3, 4 or 6");
        yield return Case("Depth", Png(("IHDR", TestPng.Header(1, 1, 4, 6, 0))), "bit depth 4 with colour type 6", "8 or 16");
        yield return Case("Indexed16", Png(("IHDR", TestPng.Header(1, 1, 16, 3, 0))), "bit depth 16", "1, 2, 4 or 8");
        yield return Case("Compression", Png(("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 1, 0, 0])), "compression method 1");
        yield return Case("FilterMethod", Png(("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 1, 0])), "filter method 1");
        yield return Case("Interlace", Png(("IHDR", TestPng.Header(1, 1, 8, 0, 2))), "interlace method 2");
    }

    [TestCaseSource(nameof(WrongStarts)), TestCaseSource(nameof(WrongChunks)), TestCaseSource(nameof(WrongHeaders))]
    public void DamageGivesOneLineThatNamesFileAndFault(byte[] png, string[] words)
    {
        string message = Assert.Throws<UserError>(() => PngReader.Decode(png, "art/hero.png"))!.Message;
        TestContext.Out.WriteLine(message);
        Assert.That(message, Does.StartWith("'art/hero.png' ").And.Not.Contains("\n").And.Contains("expected"));
        foreach (string word in words) Assert.That(message, Does.Contain(word));
    }

    [Test]
    public void TheChecksumOfEveryChunkCounts()
    {
        byte[] png = Png(Ihdr, ("tEXt", [65, 0, 66]), Idat, Iend);
        for (int at = 8; at < png.Length; at++)
        {
            byte[] damaged = [.. png];
            damaged[at] ^= 0x20;
            Assert.Throws<UserError>(() => PngReader.Decode(damaged, "test.png"), $"byte {at}");
        }
    }

    [Test]
    public void AZipBombIsRefusedWithoutMemory()
    {
        byte[] bomb = Png(Ihdr, ("IDAT", TestPng.Deflate(new byte[50_000_000])), Iend);
        byte[] empty = Png(("IHDR", TestPng.Header(4096, 4096, 16, 6, 0)), Idat, Iend);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<UserError>(() => PngReader.Decode(bomb, "bomb.png"));
        Assert.Throws<UserError>(() => PngReader.Decode(empty, "empty.png"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1_000_000));
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
        Assert.That(LoadError(folder.At("locked.png")), Does.Contain("cannot read").And.Not.Contains("\n"));

        static string LoadError(string path) => Assert.Throws<UserError>(() => PngReader.Load(path))!.Message;
    }

    private static TestCaseData Case(string name, byte[] png, params string[] words) =>
        new TestCaseData(png, words).SetArgDisplayNames(name);

    private static byte[] Png(params (string, byte[])[] chunks) => TestPng.Join(chunks);
}
