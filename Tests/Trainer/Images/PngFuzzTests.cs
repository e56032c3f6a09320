using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NUnit.Framework;
using VaeContent.Trainer;
using VaeContent.Trainer.Images;

namespace VaeContent.Tests.Trainer.Images;

public sealed class PngFuzzTests
{
    private const int Rounds = 400;

    [Test]
    public void EveryTruncationIsAUserError()
    {
        foreach (byte[] png in Originals())
        {
            for (int length = 0; length < png.Length; length++)
                Assert.Throws<UserError>(() => PngReader.Decode(png.AsSpan(0, length), "cut.png"), $"{length} of {png.Length}");
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public void RandomDamageGivesAPictureOrAUserError(bool fixChecksums)
    {
        int seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        int pictures = 0;
        foreach (byte[] png in Originals())
        {
            for (int round = 0; round < Rounds; round++)
            {
                byte[] damaged = [.. png];
                for (int i = random.Next(1, 4); i > 0; i--) damaged[random.Next(8, damaged.Length)] = (byte)random.Next(256);
                if (fixChecksums) FixChecksums(damaged);
                if (Decodes(damaged, seed)) pictures++;
            }
        }
        TestContext.Out.WriteLine($"{pictures} of {Originals().Count() * Rounds} damaged files still gave a picture");
    }

    [Test]
    public void RandomDamageBehindTheCompressionGivesAPictureOrAUserError()
    {
        int seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int round = 0; round < 5000; round++)
        {
            (int type, int[] depths) = PngReaderTests.Formats[random.Next(PngReaderTests.Formats.Length)];
            var raw = new byte[random.Next(40)];
            random.NextBytes(raw);
            for (int i = 0; i < raw.Length; i += random.Next(1, 5)) raw[i] &= 3;
            int depth = depths[random.Next(depths.Length)];
            byte[] png = TestPng.Join([
                ("IHDR", TestPng.Header(random.Next(1, 6), random.Next(1, 6), depth, type, random.Next(2))),
                ("PLTE", raw[..Math.Min(raw.Length, 12)]), ("tRNS", raw[..Math.Min(raw.Length, random.Next(7))]),
                ("IDAT", TestPng.Deflate(raw)), ("IEND", [])]);
            Decodes(png, seed);
        }
    }

    private static bool Decodes(byte[] png, int seed)
    {
        try
        {
            PngReader.Decode(png, "damaged.png");
            return true;
        }
        catch (UserError e)
        {
            Assert.That(e.Message, Does.StartWith("'damaged.png' ").And.Not.Contains("\n"));
            return false;
        }
        catch (Exception e)
        {
            Assert.Fail($"seed {seed}, file {Convert.ToBase64String(png)}: {e}");
            return false;
        }
    }

    private static IEnumerable<byte[]> Originals() =>
        from format in PngReaderTests.Formats
        from depth in format.Depths
        from interlaced in new[] { false, true }
        select PngReaderTests.Make(5, 7, format.Type, depth, interlaced, format.Type is 0 or 2 or 3).Encode();

    // Keeps lengths and types as they are, damaged or not, and makes the checksums fit.
    private static void FixChecksums(byte[] png)
    {
        for (int at = 8; at + 12 <= png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (length < 0 || length > png.Length - at - 12) return;
            string type = Encoding.Latin1.GetString(png, at + 4, 4);
            TestPng.Chunk(type, png[(at + 8)..(at + 8 + length)]).CopyTo(png, at);
            at += length + 12;
        }
    }
}
