using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Data;
using VaeContent.Tests.Trainer.Images;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;

namespace VaeContent.Tests.Trainer.Oddities;

/// <summary>Random relatives of the cases, five or more of each kind.</summary>
public sealed class VariantTests
{
    private const int Members = 6;

    [Test]
    public void FaultyPngsGiveTheirPixels()
    {
        var art = new OddArt();
        for (int i = 0; i < 10 * Members; i++)
        {
            var kinds = new[] { (0, 8), (0, 16), (2, 8), (2, 16), (3, 1), (3, 2), (3, 4), (3, 8), (6, 8) };
            var (type, depth) = kinds[art.Random.Next(9)];
            var png = new TestPng(art.Random.Next(5, 20), art.Random.Next(1, 20), type, depth, art.Random.Next(2) == 1,
                art.Random.Next())
            {
                Plte = type == 3 ? Bytes(art, 3 << depth) : null,
                Trns = type == 3 ? Bytes(art, 1 << depth) : null,
            };
            List<(string Type, byte[] Data)> chunks = png.Chunks(idatSize: 40);
            byte[] file = Spoil(art, chunks, png, out string fault);
            Bitmap bitmap = PictureReader.Decode(file, "odd.png")[0];
            for (int p = 0; p < bitmap.Pixels.Length; p++)
                Assert.That(bitmap.Pixels[p], Is.EqualTo(png.Expected(p % bitmap.Width, p / bitmap.Width)),
                    $"{fault}, type {type}");
        }
    }

    private static byte[] Spoil(OddArt art, List<(string Type, byte[] Data)> chunks, TestPng png, out string fault)
    {
        int trns = chunks.FindIndex(chunk => chunk.Type == "tRNS"), text = chunks.FindIndex(chunk => chunk.Type == "tEXt");
        switch (art.Random.Next(7))
        {
            case 0:
                fault = "no end";
                return TestPng.Join(chunks.SkipLast(1));
            case 1:
                fault = "odd name";
                chunks.Insert(art.Random.Next(1, text), ("a1" + (char)art.Random.Next(33, 126) + "b", Bytes(art, 9)));
                return TestPng.Join(chunks);
            case 2 when trns > 0:
                fault = "long tRNS";
                chunks[trns] = ("tRNS", [.. png.Trns!, .. Bytes(art, 7)]);
                return TestPng.Join(chunks);
            case 3 when trns > 0:
                fault = "late tRNS";
                chunks.Insert(chunks.Count - 1, chunks[trns]);
                chunks.RemoveAt(trns);
                return TestPng.Join(chunks);
            case 4:
                fault = "pixels in parts";
                chunks.Insert(chunks.Count - 1 - (chunks.Count(chunk => chunk.Type == "IDAT") / 2), ("tEXt", Bytes(art, 5)));
                return TestPng.Join(chunks);
            case 5:
                fault = "surplus bytes";
                return [.. TestPng.Join(chunks), .. Bytes(art, art.Random.Next(1, 99))];
            default:
                fault = "wrong checksum";
                byte[] file = TestPng.Join(chunks);
                file[file.AsSpan().IndexOf("tEXt"u8) + 4 + chunks[text].Data.Length] ^= 0x55;
                return file;
        }
    }

    [Test]
    public void IndicesOutsideOfThePaletteAreBlackOrAsTransparencySays()
    {
        var art = new OddArt();
        for (int i = 0; i < Members; i++)
        {
            var whole = new TestPng(9, 9, 3, 8, false, art.Random.Next()) { Plte = Bytes(art, 3 * 256), Trns = Bytes(art, 256) };
            int colours = art.Random.Next(1, 200), transparent = art.Random.Next(256);
            List<(string Type, byte[] Data)> chunks = whole.Chunks();
            chunks[1] = ("PLTE", whole.Plte![..(3 * colours)]);
            chunks[2] = ("tRNS", whole.Trns![..transparent]);
            Bitmap bitmap = PictureReader.Decode(TestPng.Join(chunks), "odd.png")[0];
            for (int p = 0; p < 81; p++)
            {
                int index = whole.Sample(p % 9, p / 9, 0);
                byte alpha = index < transparent ? whole.Trns[index] : (byte)255;
                Assert.That(bitmap.Pixels[p], Is.EqualTo(index >= colours ? new Rgba32(0, 0, 0, alpha)
                    : new Rgba32(whole.Plte[3 * index], whole.Plte[(3 * index) + 1], whole.Plte[(3 * index) + 2], alpha)));
            }
        }
    }

    [Test]
    public void EnlargedArtComesBackWhateverItsScaleAndPlace()
    {
        var art = new OddArt();
        for (int i = 0; i < 3 * Members; i++)
        {
            int factor = art.Random.Next(2, 17), x = art.Random.Next(factor), y = art.Random.Next(factor);
            Bitmap drawn = art.Blob(), large = new(16 * factor, 16 * factor);
            large.Blit(drawn.Scale(factor), x - (x > 0 ? factor : 0), y - (y > 0 ? factor : 0));
            PixelScale found = PixelScale.Find(large)!.Value;
            Assert.That((found.Factor, found.X, found.Y), Is.EqualTo((factor, x, y)));
            Bitmap back = found.Reduce(large);
            Assert.That(Trimmed(back), Is.EqualTo(Trimmed(drawn)), $"{factor} at {x},{y}");
            Assert.That(PixelScale.Find(drawn)?.Factor ?? 1, Is.EqualTo(1));
        }
    }

    [Test]
    public void BackgroundsGoAndDrawingsStay()
    {
        var art = new OddArt();
        for (int i = 0; i < Members; i++)
        {
            Bitmap[] drawn = art.Blobs(12);
            int square = art.Random.Next(2, 5), kind = i % 3;
            Rgba32 one = kind == 0 ? new Rgba32(255, 0, 255) : kind == 1 ? new Rgba32(255, 255, 255) : new Rgba32(204, 204, 204);
            Bitmap[] painted = [.. drawn.Select(blob => Over(blob, (x, y) =>
                kind == 2 && ((x / square) + (y / square)) % 2 == 1 ? new Rgba32(255, 255, 255) : one))];
            Background found = Background.Find(painted)!;
            Assert.That(found, Is.Not.Null.And.Property("Square").EqualTo(kind == 2 ? square : 0));
            for (int b = 0; b < drawn.Length; b++)
                Assert.That(found.Remove(painted[b]).Pixels.Select(pixel => pixel.A > 0),
                    Is.EqualTo(drawn[b].Pixels.Select(pixel => pixel.A > 0)));
            Assert.That(Background.Find(drawn), Is.Null, "sprites that are transparent already");
        }
    }

    [Test]
    public void GridsAreFound()
    {
        var art = new OddArt();
        for (int i = 0; i < 2 * Members; i++)
        {
            int side = new[] { 16, 24, 32 }[art.Random.Next(3)], spacing = art.Random.Next(3), left = art.Random.Next(3),
                top = left;
            Bitmap[] cells = art.Blobs(40, side);
            Bitmap sheet = OddArt.Sheet(cells, columns: art.Random.Next(4, 11), left, top, spacing);
            SheetGrid? grid = GridSearch.Find(sheet);
            Assert.That(grid, Is.Not.Null, $"{side}:{left}:{spacing}");
            IReadOnlyList<Bitmap> cut = SheetSlicer.Slice(sheet, grid!.Value, "sheet.png");
            Assert.That(cut.Select(Trimmed), Is.EqualTo(cells.Select(Trimmed)), $"{side}:{left}:{spacing} read as {grid}");
            Assert.That(SheetGrid.Parse(grid.ToString()!), Is.EqualTo(grid));
        }
    }

    [Test]
    public void TablesAreReadWhateverWroteThem()
    {
        var art = new OddArt();
        for (int i = 0; i < 2 * Members; i++)
        {
            using var box = new SpriteBox();
            OddArt.Save(art.Blobs(20), box.Root, start: "é");
            string separator = new[] { ",", ";", "\t" }[art.Random.Next(3)];
            string end = new[] { "\n", "\r\n", "\r" }[art.Random.Next(3)];
            string column = new[] { "file", "FileName", "Image", "PATH", "file name" }[art.Random.Next(5)];
            string[] names = [.. Directory.GetFiles(box.Root).Select(file => Path.GetFileName(file)!)
                .Order(StringComparer.Ordinal)];
            string Row(string name, int at) => string.Join(separator, art.Random.Next(2) == 0 ? $" \"{name}\" " : name,
                at % 2 == 0 ? "knight" : "mage", "", "");
            string text = (art.Random.Next(2) == 0 ? $"sep={separator}{end}" : "") + "# made by hand" + end
                + string.Join(separator, column, "Label", "", "") + end
                + string.Concat(names.Select((name, at) =>
                    Row(name.Replace("é", "e\u0301", StringComparison.Ordinal).ToUpperInvariant(), at) + end))
                + string.Concat(Enumerable.Repeat(separator, 3)) + end;
            Encoding encoding = new Encoding[] { new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode,
                new UnicodeEncoding(false, false), Encoding.BigEndianUnicode }[art.Random.Next(5)];
            File.WriteAllText(Path.Combine(box.Root, new[] { "labels.csv", "Labels.CSV", "LABELS.csv" }[art.Random.Next(3)]),
                text, encoding);
            SpriteSet set = box.Load();
            Assert.That(set.Labels, Is.EqualTo(new[] { "knight", "mage" }), text);
            Assert.That(set.LabelCounts, Is.EqualTo(new[] { 10, 10 }), text);
        }
    }

    [Test]
    public void OneDrawingIsOneGroupInAnyColourMirroredOrMoved()
    {
        var art = new OddArt();
        Bitmap[] drawn = art.Blobs(30);
        List<Bitmap> all = [];
        foreach (Bitmap blob in drawn)
        {
            var moved = new Bitmap(16, 16);
            moved.Blit(blob, 1, 0);
            all.AddRange([blob, Mirrored(blob), moved, Recoloured(blob, art)]);
        }
        using var box = new SpriteBox();
        OddArt.Save(all, box.Root);
        SpriteSet set = box.Load();
        Assert.That(set.Report.Groups, Is.LessThanOrEqualTo(30));
        foreach (var drawing in set.Sprites.GroupBy(sprite => int.Parse(sprite.Path[..5]) / 4))
            Assert.That(drawing.Select(sprite => sprite.Group).Distinct().Count(), Is.EqualTo(1), $"drawing {drawing.Key}");
    }

    [Test]
    public void ShadowsOfAnyKindAreKept()
    {
        var art = new OddArt();
        for (int i = 0; i < Members; i++)
        {
            var shadow = new Rgba32((byte)art.Random.Next(60), (byte)art.Random.Next(60), (byte)art.Random.Next(60),
                (byte)art.Random.Next(20, 230));
            Bitmap[] blobs = art.Blobs(20);
            foreach (Bitmap blob in blobs)
            {
                for (int x = 4; x < 12; x++) blob[x, 15] = shadow;
            }
            using var box = new SpriteBox();
            OddArt.Save(blobs, box.Root);
            SpriteSet set = box.Load();
            ColourPalette palette = ColourPalette.Fit(set.Sprites);
            Assert.That(palette.Palette.Colours.ToArray(), Has.Member(shadow));
            foreach (Sprite sprite in set.Sprites)
                Assert.That(palette.Quantise(sprite).Select(index => palette.Palette[index]), Is.EqualTo(sprite.Pixels));
        }
    }

    [Test]
    public void LinksThatFanOutPipesAndDeadLinksDoNotHoldUp()
    {
        if (OperatingSystem.IsWindows()) Assert.Ignore("making a link needs a privilege on Windows");
        var art = new OddArt();
        using var box = new SpriteBox();
        string at = box.Root;
        OddArt.Save(art.Blobs(20), at);
        for (int depth = 0; depth < 40; depth++)
        {
            string below = Directory.CreateDirectory(Path.Combine(at, "d")).FullName;
            for (int link = 0; link < 2; link++) Directory.CreateSymbolicLink(Path.Combine(at, $"l{link}"), below);
            at = below;
        }
        File.WriteAllBytes(Path.Combine(at, "deepest.png"), PictureWriter.EncodePng(art.Blob()));
        File.CreateSymbolicLink(Path.Combine(box.Root, "dead.png"), Path.Combine(box.Root, "none.png"));
        File.CreateSymbolicLink(Path.Combine(box.Root, "self"), Path.Combine(box.Root, "self"));
        Process.Start("mkfifo", [Path.Combine(box.Root, "pipe.png")]).WaitForExit();
        for (int i = 0; i < 30; i++) box.Write($"{i}.psd", "8BPS");
        SpriteSet set = box.Load();
        Assert.That(set.Report.Files, Is.EqualTo(21));
        Assert.That(set.Report.Warnings,
            Has.Some.Contains("'dead.png' (a link to nothing)").And.Some.Contains("'pipe.png' (a pipe")
                .And.Some.StartsWith("80 links lead to folders that are read anyway")
                .And.Some.StartsWith("30 .psd files are not read"));
    }

    private static byte[] Bytes(OddArt art, int count)
    {
        var bytes = new byte[count];
        art.Random.NextBytes(bytes);
        return bytes;
    }

    private static Bitmap Over(Bitmap blob, Func<int, int, Rgba32> behind)
    {
        Bitmap result = blob.Crop(0, 0, blob.Width, blob.Height);
        for (int i = 0; i < result.Pixels.Length; i++)
        {
            if (result.Pixels[i].A == 0) result.Pixels[i] = behind(i % blob.Width, i / blob.Width);
        }
        return result;
    }

    private static Bitmap Mirrored(Bitmap blob)
    {
        var result = new Bitmap(blob.Width, blob.Height);
        for (int i = 0; i < blob.Pixels.Length; i++) result[blob.Width - 1 - (i % blob.Width), i / blob.Width] = blob.Pixels[i];
        return result;
    }

    private static Bitmap Recoloured(Bitmap blob, OddArt art)
    {
        var colours = new Dictionary<uint, Rgba32>();
        byte count = 0;
        return new Bitmap(blob.Width, blob.Height, Array.ConvertAll(blob.Pixels, pixel =>
        {
            if (pixel.A == 0) return pixel;
            if (!colours.TryGetValue(pixel.Packed, out Rgba32 other))
                colours[pixel.Packed] = other = new Rgba32((byte)art.Random.Next(256), (byte)art.Random.Next(256), count++);
            return other;
        }));
    }

    // What is visible, apart from where it stands.
    private static string Trimmed(Bitmap bitmap)
    {
        Placement margins = Placement.Margins(bitmap.Pixels, bitmap.Width);
        Bitmap cropped = bitmap.Crop(margins.Left, margins.Top, bitmap.Width - margins.Left - margins.Right,
            bitmap.Height - margins.Top - margins.Bottom);
        return $"{cropped.Width}: {string.Join(' ', cropped.Pixels)}";
    }
}
