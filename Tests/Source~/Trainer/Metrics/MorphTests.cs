using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer;
using VaeContent.Trainer.Cli;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Metrics;

namespace VaeContent.Tests.Trainer.Metrics;

/// <summary>Ways between sprites and relatives of sprites, as the verbs morph and sample draw them.</summary>
[NonParallelizable]
public sealed class MorphTests
{
    private static readonly string[] Kinds = [MorphPath.Linear, MorphPath.Spherical, MorphPath.Smooth, MorphPath.Data];

    [Test]
    public void EndsAreTheSpritesThemselves([Values("mixture", "normal", "flow")] string prior, [Values] bool conditional)
    {
        using var run = new UntrainedRun(conditional);
        using var generator = new SpriteGenerator(Decoder(run, prior));
        foreach (string kind in Kinds)
        {
            Bitmap[] frames = MorphCommand.Frames(generator, ["3", "4", "5"], null, kind, closed: false, count: 6, "");
            Assert.That(frames, Has.Length.EqualTo(11));
            foreach (var (frame, seed) in new[] { (0, 3), (5, 4), (10, 5) })
                Assert.That(frames[frame].Pixels, Is.EqualTo(generator.Generate(seed).ToArray()), $"{kind}, frame {frame}");
        }
    }

    [Test]
    public void LoopsComeBackWithoutRepeatingTheFirst()
    {
        using var run = new UntrainedRun();
        using var generator = new SpriteGenerator(Decoder(run, "normal"));
        Bitmap[] frames = MorphCommand.Frames(generator, ["3", "4", "5"], null, MorphPath.Smooth, closed: true, count: 6, "");
        Assert.That(frames, Has.Length.EqualTo(15));
        Assert.That(frames[10].Pixels, Is.EqualTo(generator.Generate(5).ToArray()));
    }

    [Test]
    public void SphericalFramesAreTheGamesOwn()
    {
        using var run = new UntrainedRun(conditional: true);
        using var generator = new SpriteGenerator(Decoder(run, "mixture"));
        Bitmap[] frames = MorphCommand.Frames(generator, ["3", "4"], null, MorphPath.Spherical, closed: false, count: 5, "");
        for (int i = 0; i < 5; i++)
            Assert.That(frames[i].Pixels, Is.EqualTo(generator.Interpolate(3, 4, i / 4f).ToArray()), $"frame {i}");
    }

    [Test]
    public void AFileIsMorphedFromItsReconstruction()
    {
        using var run = new UntrainedRun();
        string decoder = Save(run), sprite = Path.Combine(run.Root, "beast", "000.png"),
            strip = Path.Combine(run.Root, ".morph.png");
        string[] morph = ["morph", decoder, "--from", sprite, "--to", "beast", "--frames", "3", "--scale", "1", "--out", strip];
        Assert.That(CommandLine.Run(morph), Is.Zero);
        using var generator = new SpriteGenerator(run.Decoder);
        SpriteSet all = run.Model.Data.All;
        Bitmap expected = Reconstructions.Decode(run.Encoder, generator, all, [all.Sprites[0]]).Single();
        Assert.That(SeenOn(PictureReader.Load(strip)[0], expected, 2, 2), "the first frame is the file as the model redraws it");
        Assert.That(CommandLine.Run(["morph", decoder, "--from", "nobody", "--out", strip]), Is.EqualTo(1));
    }

    [Test]
    public void AddingAndRemovingTheSameChangesNothing()
    {
        using var run = new UntrainedRun();
        VaeBundle bundle = run.Decoder;
        Assert.That(bundle.Attributes.Select(one => one.Name), Is.EqualTo(new[] { "beast", "plant" }));
        var request = new SampleRequest(0, 6);
        Rgba32[][] plain = Pixels(request.Draw(bundle, null));
        Assert.That(Pixels(request.Draw(bundle, AttributeChange.FromNames(bundle, ["beast"], ["beast"], 1f))), Is.EqualTo(plain));
        Assert.That(() => AttributeChange.FromNames(bundle, ["wings"], [], 1f),
            Throws.TypeOf<UserError>().With.Message.Contains("beast, plant"));
    }

    [Test]
    public void BeforeAndAfterStandAboveEachOther()
    {
        Bitmap[] One(byte colour) => [.. Enumerable.Range(0, 5).Select(i => new Bitmap(1, 1, [new Rgba32(colour, (byte)i, 0)]))];
        Rgba32 none = default;
        Rgba32 Cell(byte colour, byte i) => new(colour, i, 0);
        Assert.That(SampleCommand.ByTurns(One(1), One(2), columns: 3).Select(cell => cell.Pixels[0]), Is.EqualTo(new[]
        {
            Cell(1, 0), Cell(1, 1), Cell(1, 2), Cell(2, 0), Cell(2, 1), Cell(2, 2), Cell(1, 3), Cell(1, 4), none, Cell(2, 3),
            Cell(2, 4), none,
        }));
    }

    [Test]
    public void RelativesWithoutSpreadAreTheSpriteItself()
    {
        using var run = new UntrainedRun();
        string decoder = Save(run), sprite = Path.Combine(run.Root, "beast", "000.png");
        VaeBundle bundle = VaeBundle.Load(decoder);
        using var generator = new SpriteGenerator(bundle);
        SpriteSet all = run.Model.Data.All;
        Rgba32[] redrawn = Reconstructions.Decode(run.Encoder, generator, all, [all.Sprites[0]]).Single().Pixels;
        var request = new SampleRequest(0, 2) { Near = sprite, Spread = 0f, EncoderPath = CommonOptions.EncoderBeside(decoder) };
        Assert.That(Pixels(request.Draw(bundle, null)), Is.EqualTo(new[] { redrawn, redrawn }));
        Assert.That(Pixels((request with { Near = "7" }).Draw(bundle, null))[0], Is.EqualTo(generator.Generate(7).ToArray()));
    }

    [Test]
    public void LargestStepOfAnEvenWalkIsOne()
    {
        Rgba32[][] walk = [.. Enumerable.Range(0, 5).Select(i => new[] { new Rgba32((byte)(10 * i), 0, 0) })];
        Assert.That(Interpolation.LargestByMean(walk), Is.EqualTo(1).Within(1e-9));
    }

    private static VaeBundle Decoder(UntrainedRun run, string prior) =>
        VaeBundle.Load(run.Model.WithPrior(prior).Export().Decoder(WeightPrecision.Float32), "test.vae");

    private static Rgba32[][] Pixels(IEnumerable<Bitmap> sprites) => [.. sprites.Select(sprite => sprite.Pixels)];

    private static string Save(UntrainedRun run)
    {
        Shipment shipment = run.Model.Export();
        string path = Path.Combine(run.Root, ".model.vae");
        File.WriteAllBytes(path, shipment.Decoder(WeightPrecision.Float32));
        File.WriteAllBytes(CommonOptions.EncoderBeside(path), shipment.Encoder);
        return path;
    }

    // Where the sprite is opaque the sheet shows it.
    private static bool SeenOn(Bitmap sheet, Bitmap sprite, int left, int top)
    {
        for (int i = 0; i < sprite.Pixels.Length; i++)
        {
            if (sprite.Pixels[i].A == 255 && sheet[left + (i % sprite.Width), top + (i / sprite.Width)] != sprite.Pixels[i])
                return false;
        }
        return true;
    }
}
