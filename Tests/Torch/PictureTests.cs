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
using VaeContent.Tests.Trainer.Data;
using VaeContent.Trainer;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Engines.Torch;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Painting;
using Pixel = SixLabors.ImageSharp.PixelFormats.Rgba32;

namespace VaeContent.Tests.Torch;

public sealed class PictureTests
{
    private static readonly ImageSharpPictures Reader = new();
    private SpriteBox _box = null!;

    [OneTimeSetUp]
    public void Register()
    {
        _box = new SpriteBox();
        PictureFiles.Add(Reader);
        PictureFiles.Add(new QoiPictures());
    }

    [OneTimeTearDown]
    public void Remove() => _box.Dispose();

    private static IEnumerable<TestCaseData> Exact()
    {
        yield return new(".bmp", new BmpEncoder { BitsPerPixel = BmpBitsPerPixel.Pixel32, SupportTransparency = true }, true);
        yield return new(".tga", new TgaEncoder { BitsPerPixel = TgaBitsPerPixel.Pixel32 }, true);
        yield return new(".webp", new WebpEncoder { FileFormat = WebpFileFormatType.Lossless }, true);
        yield return new(".gif", new GifEncoder(), true);
        yield return new(".tiff", new TiffEncoder(), false);
    }

    [TestCaseSource(nameof(Exact))]
    public void ASpriteComesBackPixelForPixel(string ending, IImageEncoder encoder, bool alpha)
    {
        Bitmap sprite = Hero(1, alpha);
        string path = Save("sprite" + ending, encoder, sprite);
        IReadOnlyList<Bitmap> read = PictureFiles.Load(path);
        Assert.That(read, Has.Count.EqualTo(1));
        Assert.That(read[0].Pixels.Select(Shown), Is.EqualTo(sprite.Pixels.Select(Shown)));
    }

    [Test]
    public void AJpegComesBackAlmost()
    {
        Bitmap sprite = new(16, 16, [.. Enumerable.Range(0, 256).Select(i => new Rgba32((byte)i, 128, (byte)(255 - i)))]);
        Bitmap read = PictureFiles.Load(Save("photo.jpeg", new JpegEncoder { Quality = 100 }, sprite))[0];
        Assert.That(read.Pixels.Zip(sprite.Pixels, (a, b) => Math.Abs(a.R - b.R) + Math.Abs(a.G - b.G) + Math.Abs(a.B - b.B) + Math.Abs(a.A - b.A)).Max(), Is.LessThan(30));
    }

    [Test]
    public void AnAnimationsFramesAreWholeAndStayTogether()
    {
        string folder = Path.Combine(_box.Root, "animations");
        Directory.CreateDirectory(folder);
        for (int hero = 0; hero < 20; hero++)
        {
            Bitmap[] frames = [.. Enumerable.Range(0, 3).Select(i => Hero(10 + (hero * 3) + i, alpha: true))];
            string path = Save(Path.Combine("animations", $"hero{hero}.gif"), new GifEncoder(), frames);
            IReadOnlyList<Bitmap> read = PictureFiles.Load(path);
            Assert.That(read.Select(frame => frame.Pixels.Select(Shown)), Is.EqualTo(frames.Select(frame => frame.Pixels.Select(Shown))));
        }
        SpriteSet set = SpriteFolder.Load(folder);
        Assert.That(set.Sprites[1].Path, Is.EqualTo("hero0.gif@1"));
        Assert.That(set.Sprites.Select(sprite => sprite.Group).Distinct().Count(), Is.EqualTo(20));
        var (train, heldOut) = set.Split(0.2);
        Assert.That(train.Sprites.Select(sprite => sprite.Group).Intersect(heldOut.Sprites.Select(sprite => sprite.Group)), Is.Empty);
    }

    // Every kind of chunk once: rgba, index, difference, luma, run, rgb.
    [Test]
    public void EveryChunkOfQoiIsUnderstood()
    {
        byte[] file =
        [
            .. "qoif"u8, 0, 0, 0, 4, 0, 0, 0, 2, 4, 0,
            255, 10, 20, 30, 0, // (10,20,30,0)
            0x40 | (3 << 4) | (2 << 2) | 1, // +1 0 -1
            0x80 | (32 + 5), ((8 - 3) << 4) | (8 + 2), // green +5, red +5-3, blue +5+2
            0xc0 | 1, // twice more
            254, 200, 100, 50,
            (10 * 3 + 20 * 5 + 30 * 7 + 0 * 11) % 64, // the first one
            255, 1, 2, 3, 4,
            0, 0, 0, 0, 0, 0, 0, 1,
        ];
        string path = Path.Combine(_box.Root, "chunks.qoi");
        File.WriteAllBytes(path, file);
        Assert.That(PictureFiles.Load(path)[0].Pixels, Is.EqualTo(new Rgba32[]
        {
            new(10, 20, 30, 0), new(11, 20, 29, 0), new(13, 25, 36, 0), new(13, 25, 36, 0), new(13, 25, 36, 0), new(200, 100, 50, 0), new(10, 20, 30, 0), new(1, 2, 3, 4),
        }));
        for (int length = 0; length < file.Length; length++)
        {
            File.WriteAllBytes(path, file[..length]);
            Assert.That(() => PictureFiles.Load(path), Throws.TypeOf<UserError>(), $"cut to {length} bytes");
        }
    }

    [TestCaseSource(nameof(Exact))]
    public void ADamagedFileIsTheUsersMistake(string ending, IImageEncoder encoder, bool alpha)
    {
        string path = Save("damaged" + ending, encoder, Hero(2, alpha));
        byte[] whole = File.ReadAllBytes(path);
        foreach (int length in new[] { 0, 3, 20 })
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.That(() => PictureFiles.Load(path), Throws.TypeOf<UserError>().With.Message.Contains("damaged" + ending), $"cut to {length} bytes");
        }
        Assert.That(() => PictureFiles.Load(Path.Combine(_box.Root, "absent" + ending)), Throws.TypeOf<UserError>().With.Message.Contains("does not exist"));
    }

    private static Bitmap Hero(long seed, bool alpha)
    {
        Bitmap picture = HeroPainter.PaintDistinct(1, seed).First().Picture;
        if (!alpha) foreach (ref Rgba32 pixel in picture.Pixels.AsSpan()) pixel = new Rgba32(pixel.R, pixel.G, pixel.B);
        return picture;
    }

    // Colours under alpha 0 are nobody's business.
    private static Rgba32 Shown(Rgba32 pixel) => pixel.A == 0 ? default : pixel;

    private string Save(string name, IImageEncoder encoder, params Bitmap[] frames)
    {
        string path = Path.Combine(_box.Root, name);
        Image<Pixel>[] images = [.. frames.Select(frame => Image.LoadPixelData<Pixel>(MemoryMarshal.Cast<Rgba32, Pixel>(frame.Pixels), frame.Width, frame.Height))];
        foreach (Image<Pixel> image in images.Skip(1)) images[0].Frames.AddFrame(image.Frames.RootFrame);
        foreach (ImageFrame<Pixel> frame in images[0].Frames) frame.Metadata.GetGifMetadata().DisposalMethod = GifDisposalMethod.RestoreToBackground;
        images[0].Save(path, encoder);
        foreach (Image<Pixel> image in images) image.Dispose();
        return path;
    }
}
