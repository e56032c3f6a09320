using System;
using System.Linq;
using System.Text;
using NUnit.Framework;
using VaeContent.Samples;
using VaeContent.Trainer.Images;

namespace VaeContent.Tests.Package;

/// <summary>The game loop without an engine.</summary>
[NonParallelizable]
public sealed class ConsoleSampleTests
{
    private const int Frames = 120;
    private const string Picture = "Documentation~/images/console.png", Update = "VAECONTENT_UPDATE_SCREENSHOT";

    [TestCase("heroes")]
    [TestCase("walkers")]
    public void FramesMakeNoGarbage(string bundle)
    {
        using var parade = new Parade(VaeBundle.Load(Repository.At($"Samples/Bundles/{bundle}.vae")), heroes: 3);
        var screen = new HalfBlocks(parade.Width, parade.Height);
        var clock = new FrameClock(framesPerSecond: 1000, Frames);
        int bytes = 0;
        while (clock.Next(out double time))
        {
            parade.Draw(time * 16, screen.Pixels); // as far apart as at 60 a second
            bytes += screen.Render().Length;
            clock.Worked();
        }

        TestContext.Out.WriteLine($"{clock.Report}; {bytes / Frames} bytes of text a frame");
        Assert.That(clock.Allocated, Is.Zero);
    }

    [Test]
    public void ACharacterShowsTwoPixels()
    {
        var screen = new HalfBlocks(1, 2);
        screen.Pixels[0] = new Rgba32(255, 0, 10);
        screen.Pixels[1] = new Rgba32(1, 2, 3);
        Assert.That(Encoding.UTF8.GetString(screen.Render()),
            Is.EqualTo("\x1b[H\x1b[38;2;255;0;10m\x1b[48;2;1;2;3m▀\x1b[0m\r\n"));
    }

    [Test]
    public void ATerminalShowsWhatWasDrawn()
    {
        using var parade = new Parade(VaeBundle.Load(Repository.At("Samples/Bundles/heroes.vae")), heroes: 3);
        var screen = new HalfBlocks(parade.Width, parade.Height);
        parade.Draw(0, screen.Pixels); // where all of them stand
        Bitmap shown = ConsoleScreen.Show(screen.Render(), parade.Width, parade.Height);
        Assert.That(shown.Pixels.Zip(screen.Pixels), Has.All.Matches<(Rgba32 Shown, Rgba32 Drawn)>(pixel =>
            pixel.Shown.A == 255 && (pixel.Drawn.A < 255 || pixel.Shown == pixel.Drawn)
                && (pixel.Drawn.A > 0 || pixel.Shown == new Rgba32(24, 24, 24))));
        if (Environment.GetEnvironmentVariable(Update) == "1") PictureWriter.SavePng(shown.Scale(6), Repository.At(Picture));
        Assert.That(Repository.At(Picture), Does.Exist,
            $"README's picture of the terminal; {Update}=1 draws it from the text the sample writes");
    }

    [Test]
    public void CharactersWalk()
    {
        VaeBundle bundle = VaeBundle.Load(Repository.At("Samples/Bundles/walkers.vae"));
        using var parade = new Parade(bundle, heroes: 3);
        using var generator = new SpriteGenerator(bundle);
        var pixels = new Rgba32[parade.Width * parade.Height];
        SpritePose pose = bundle.Poses[0];
        for (int frame = 0; frame < pose.Frames; frame++)
        {
            parade.Draw(frame * pose.FrameMilliseconds / 1000.0 + 0.001, pixels);
            Rgba32[] shown = [.. Enumerable.Range(0, generator.PixelCount)
                .Select(i => pixels[(i / bundle.Width * parade.Width) + (i % bundle.Width)])];
            Assert.That(shown, Is.EqualTo(generator.Generate(Parade.FirstSeed, pose.Name, frame).ToArray()));
        }
    }

    [Test]
    public void HeroesMoveOnFromSeedToSeed()
    {
        VaeBundle bundle = VaeBundle.Load(Repository.At("Samples/Bundles/heroes.vae"));
        using var parade = new Parade(bundle, heroes: 1);
        using var generator = new SpriteGenerator(bundle);
        var pixels = new Rgba32[parade.Width * parade.Height];
        parade.Draw(0, pixels);
        Assert.That(pixels, Is.EqualTo(generator.Generate(Parade.FirstSeed).ToArray()));
        parade.Draw(1.5, pixels);
        Assert.That(pixels, Is.EqualTo(generator.Interpolate(Parade.FirstSeed, Parade.FirstSeed + 1, 0.5f).ToArray()));
        parade.Draw(3, pixels);
        Assert.That(pixels, Is.EqualTo(generator.Generate(Parade.FirstSeed + 1).ToArray()));
    }
}
