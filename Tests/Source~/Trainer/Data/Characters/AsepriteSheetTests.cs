using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Runtime;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;

namespace VaeContent.Tests.Trainer.Data;

/// <summary>Sheets with the JSON that Aseprite and packers of its format write.</summary>
public sealed class AsepriteSheetTests
{
    private const int Characters = 6;

    private static readonly (int Pose, int Frame)[] Cells = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)];

    [TestCase(true)]
    [TestCase(false)]
    public void TagsArePosesInArrayAndHashForm(bool isArray)
    {
        using var box = new SpriteBox();
        for (int i = 0; i < Characters; i++)
            Write(box, i, CharacterBox.Sheet(i), cell => Frame((cell.Frame * 8, cell.Pose * 8, 8, 8), (0, 0, 8, 8)), isArray);
        AssertRead(box);
    }

    [Test]
    public void TrimmedFramesGetTheirMarginsBack()
    {
        using var box = new SpriteBox();
        for (int i = 0; i < Characters; i++)
        {
            var sheet = new Bitmap(6 * 5, 6);
            foreach (var (cell, at) in Cells.Select((cell, at) => (cell, at)))
                sheet.Blit(CharacterBox.Frame(i, cell.Pose, cell.Frame).Crop(2, 1, 5, 6), at * 5, 0);
            Write(box, i, sheet, cell => Frame((Array.IndexOf(Cells, cell) * 5, 0, 5, 6), (2, 1, 5, 6)));
        }
        AssertRead(box);
    }

    [Test]
    public void RotatedFramesAreTurnedBack()
    {
        using var box = new SpriteBox();
        for (int i = 0; i < Characters; i++)
        {
            var sheet = new Bitmap(6, 6 * 5);
            foreach (var (cell, at) in Cells.Select((cell, at) => (cell, at)))
                sheet.Blit(Clockwise(CharacterBox.Frame(i, cell.Pose, cell.Frame).Crop(2, 1, 5, 6)), 0, at * 5);
            Write(box, i, sheet, cell => Frame((0, Array.IndexOf(Cells, cell) * 5, 5, 6), (2, 1, 5, 6), rotated: true));
        }
        AssertRead(box);
    }

    [Test]
    public void FramesThatTheExporterMergedAreEachRead()
    {
        using var box = new SpriteBox();
        for (int i = 0; i < Characters; i++)
        {
            var sheet = new Bitmap(16, 8); // frames 0 and 2 of a pose look alike
            sheet.Blit(CharacterBox.Frame(i, 0, 0), 0, 0);
            sheet.Blit(CharacterBox.Frame(i, 0, 1), 8, 0);
            Write(box, i, sheet, cell => Frame((cell.Frame % 2 * 8, 0, 8, 8), (0, 0, 8, 8)));
        }
        SpriteSet set = box.Load();
        Assert.That(set.Sprites, Has.Count.EqualTo(Characters * 6));
        Assert.That(set.Shown(), Is.EquivalentTo(Enumerable.Range(0, Characters).SelectMany(i => Cells.Select(cell =>
            (CharacterBox.Colour(i, 0, cell.Frame % 2), $"{i:D2}", $"{(cell.Pose == 0 ? "walk" : "run")}+{cell.Frame}")))));
    }

    [Test]
    public void DirectionsOfTagsAreFollowed()
    {
        using var box = new SpriteBox();
        for (int i = 0; i < Characters; i++)
        {
            string json = Json(Cells.Select(cell => Frame((cell.Frame * 8, cell.Pose * 8, 8, 8), (0, 0, 8, 8))), true)
                .Replace("\"to\":2,\"direction\":\"forward\"", "\"to\":2,\"direction\":\"pingpong\"")
                .Replace("\"to\":5,\"direction\":\"forward\"", "\"to\":5,\"direction\":\"reverse\"");
            box.Save($"{i:D2}.png", CharacterBox.Sheet(i)).Write($"{i:D2}.json", json);
        }
        SpriteSet set = box.Load();
        byte[] Blue(string pose) => [.. set.Shown()
            .Where(one => one.Character == "00" && one.Label.StartsWith(pose, StringComparison.Ordinal))
            .OrderBy(one => one.Label).Select(one => one.Colour.B)];
        Assert.That(Blue("walk"), Is.EqualTo(new byte[] { 10, 30, 50, 30 }));
        Assert.That(Blue("run"), Is.EqualTo(new byte[] { 50, 30, 10 }));
    }

    [Test]
    public void WhatWeWriteIsReadBackExactly()
    {
        var bundle = TestBundles.Load(TestBundles.Posed(width: 8, height: 8));
        using var generator = new SpriteGenerator(bundle);
        using var box = new SpriteBox();
        foreach (bool transposed in new[] { false, true })
        {
            var sheets = new List<Bitmap>();
            for (int i = 0; i < Characters; i++)
            {
                var sheet = new Bitmap(bundle.SheetWidth, bundle.SheetHeight);
                generator.GenerateSheet(i, sheet.Pixels);
                sheets.Add(sheet);
                CharacterSheetFile.Write(sheet, bundle, Path.Combine(box.Root, $"{i:D2}.png"), 1, transposed);
            }
            SpriteSet set = SpriteFolder.Load(box.Root, new SpriteFolderOptions { Poses = ["walk", "bow"] });
            Assert.That(set.Poses.Select(pose => (pose.Name, pose.Frames, pose.Milliseconds)),
                Is.EqualTo(new[] { ("walk", 2, 120), ("bow", 1, 80) }));
            foreach (Sprite sprite in set.Sprites)
            {
                var (pose, frame) = sprite.Label < 2 ? (0, sprite.Label) : (1, 0);
                Bitmap drawn = sheets[int.Parse(sprite.Group)].Crop(frame * 8, pose * 8, 8, 8);
                Assert.That(sprite.Pixels, Is.EqualTo(drawn.Pixels.Select(pixel => pixel.A == 0 ? default : pixel)));
            }
            Assert.That(Directory.GetFiles(box.Root, "*.gif").Select(Path.GetFileName), Has.Some.EqualTo("00.walk.gif"));
        }
    }

    [Test]
    public void MistakesAreSaidInOneLine()
    {
        using var box = new SpriteBox();
        for (int i = 0; i < Characters; i++)
            Write(box, i, CharacterBox.Sheet(i), cell => Frame((cell.Frame * 8, cell.Pose * 8, 8, 8), (0, 0, 8, 8)));
        string fine = File.ReadAllText(Path.Combine(box.Root, "00.json"));
        string After(string from, string to) => box.Write("00.json", fine.Replace(from, to)).Failure();
        Assert.That(After("\"x\":16,", "\"x\":17,"),
            Does.Contain("places frame").And.Contain("within the sheet '00.png' of 24x16"));
        Assert.That(After("\"to\":5", "\"to\":6"), Does.Contain("tag 'run' is of frames 3 to 6; expected within 0 to 5"));
        Assert.That(After("\"x\":16,", "\"x\":\"b\","), Does.Contain("no whole number 'x'"));
        Assert.That(After("\"sourceSize\":{\"w\":8", "\"sourceSize\":{\"w\":4"), Does.Contain("expected within it"));
        const string Tag = "{\"name\":\"walk\",\"from\":0,\"to\":2}";
        Assert.That(After("\"frameTags\": [", "\"frameTags\": [" + string.Concat(Enumerable.Repeat(Tag + ",", 30_000))),
            Does.Contain("has 65538 frames").And.Contain("expected at most 65536"));
        Assert.That(After("}", "]"), Does.Contain("cannot read").And.Contain("00.json"));
        File.Delete(Path.Combine(box.Root, "00.json"));
        Assert.That(box.Failure(), Does.Contain("00.png' has no '00.json'"));
    }

    private static void AssertRead(SpriteBox box)
    {
        SpriteSet set = box.Load();
        Assert.That(set.Poses.Select(pose => (pose.Name, pose.Frames, pose.Milliseconds)),
            Is.EquivalentTo(new[] { ("walk", 3, 140), ("run", 3, 140) }));
        var cells = Enumerable.Range(0, Characters).SelectMany(i => Cells.Select(cell => (i, cell)));
        Dictionary<string, Rgba32[]> expected = cells.ToDictionary(
            one => $"{one.i:D2} {(one.cell.Pose == 0 ? "walk" : "run")}+{one.cell.Frame}",
            one => CharacterBox.Frame(one.i, one.cell.Pose, one.cell.Frame).Pixels);
        Assert.That(set.Sprites, Has.Count.EqualTo(expected.Count));
        foreach (Sprite sprite in set.Sprites)
            Assert.That(sprite.Pixels, Is.EqualTo(expected[$"{sprite.Group} {set.Labels[sprite.Label]}"]));
    }

    private static void Write(SpriteBox box, int character, Bitmap sheet, Func<(int Pose, int Frame), string> frame,
        bool isArray = true)
    {
        string json = Json(Cells.Select(frame), isArray);
        box.Save($"{character:D2}.png", sheet).Write($"{character:D2}.json", json);
    }

    private static string Json(IEnumerable<string> frames, bool isArray)
    {
        string list = string.Join(",\n", frames.Select((frame, i) =>
            isArray ? $"{{\"filename\":\"hero {i}.aseprite\",{frame}}}" : $"\"hero {i}.aseprite\":{{{frame}}}"));
        return "{ \"frames\": " + (isArray ? "[" : "{") + list + (isArray ? "]" : "}") + """
            , "meta": { "app": "https://www.aseprite.org/", "version": "1.3", "scale": "1", "frameTags": [
              {"name":"walk","from":0,"to":2,"direction":"forward","color":"#000000ff"},
              {"name":"run","from":3,"to":5,"direction":"forward","color":"#000000ff"} ] } }
            """;
    }

    private static string Frame((int X, int Y, int W, int H) at, (int X, int Y, int W, int H) source, bool rotated = false) =>
        $"\"frame\":{{\"x\":{at.X},\"y\":{at.Y},\"w\":{at.W},\"h\":{at.H}}},\"rotated\":{(rotated ? "true" : "false")},"
        + $"\"trimmed\":{(source.X > 0 ? "true" : "false")},\"spriteSourceSize\":{{\"x\":{source.X},\"y\":{source.Y},"
        + $"\"w\":{source.W},\"h\":{source.H}}},\"sourceSize\":{{\"w\":8,\"h\":8}},\"duration\":140";

    // A quarter clockwise, as packers do: the left column becomes the top row, read from below.
    private static Bitmap Clockwise(Bitmap upright)
    {
        var turned = new Bitmap(upright.Height, upright.Width);
        for (int y = 0; y < upright.Height; y++)
        {
            for (int x = 0; x < upright.Width; x++) turned[upright.Height - 1 - y, x] = upright[x, y];
        }
        return turned;
    }
}
