using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Data;
using VaeContent.Trainer;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Painting;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Training;

/// <summary>Every member of the family trains, exports to a file that the Runtime loads, and generates.</summary>
public sealed class PresetTests
{
    private SpriteBox _box = null!;
    private Dataset _heroes = null!, _digits = null!;

    // Characters are trained in CharacterRunTests.
    private static IEnumerable<string> Names => Presets.Names.Where(name => name != "characters");

    [OneTimeSetUp]
    public void Paint()
    {
        _box = new SpriteBox();
        var rows = new List<string> { "file,kind,side" };
        foreach (var (sprite, i) in HeroPainter.PaintDistinct(64, seed: 1).Select((sprite, i) => (sprite, i)))
        {
            _box.Save($"heroes/{i:D3}.png", sprite.Picture);
            rows.Add($"{i:D3}.png,{(i % 2 == 0 ? "knight" : "mage")},{(i / 2 % 2 == 0 ? "left" : "right")}");
        }
        File.WriteAllLines(Path.Combine(_box.Root, "heroes", "labels.csv"), rows);
        _heroes = Dataset.Load(new DataSettings { Folder = Path.Combine(_box.Root, "heroes"), Labels = "kind,side" });

        string digits = Directory.CreateDirectory(Path.Combine(_box.Root, "digits")).FullName;
        var draws = new Sampler(3);
        File.WriteAllBytes(Path.Combine(digits, "train-images-idx3-ubyte"),
            [0, 0, 8, 3, 0, 0, 0, 64, 0, 0, 0, 28, 0, 0, 0, 28,
                .. Enumerable.Range(0, 64 * 784).Select(i => (byte)draws.Below(256, i))]);
        File.WriteAllBytes(Path.Combine(digits, "train-labels-idx1-ubyte"),
            [0, 0, 8, 1, 0, 0, 0, 64, .. Enumerable.Range(0, 64).Select(i => (byte)(i % 10))]);
        _digits = Dataset.Load(new DataSettings { Folder = digits });
    }

    [OneTimeTearDown]
    public void Remove() => _box.Dispose();

    [Test]
    public void APresetTrainsAndShips([ValueSource(nameof(Names))] string name)
    {
        bool digits = name is "iwae" or "denoising" || name.StartsWith("mnist", System.StringComparison.Ordinal);
        Dataset data = digits ? _digits : _heroes;
        RunConfig config = Small(Presets.ForDataset(name, data));
        VaeBundle bundle = Train(config, data, name);
        using var sprites = new SpriteGenerator(bundle);
        Rgba32[] plain = sprites.Generate(1).ToArray();
        Assert.That(plain, Has.Length.EqualTo(data.All.Width * data.All.Height));
        if (digits)
            Assert.That(plain, Is.All.Matches<Rgba32>(pixel => pixel.A == 255 && pixel.R == pixel.G && pixel.G == pixel.B));
        if (name != "cvae") return;
        Assert.That(bundle.IsConditional, Is.True);
        foreach (string label in bundle.Labels) sprites.Generate(1, label);
    }

    [Test]
    public void LabelsOfTwoColumnsAreAskedForTogether()
    {
        Assert.That(_heroes.All.Labels, Is.EqualTo(new[] { "knight+left", "knight+right", "mage+left", "mage+right" }));
        Assert.That(_heroes.LabelColumns, Is.EqualTo(new[] { new[] { 0, 0 }, new[] { 0, 1 }, new[] { 1, 0 }, new[] { 1, 1 } }));
        RunConfig config = Small(Presets.ForDataset("cvae", _heroes));
        Assert.That(config.Model.LabelColumns, Has.Count.EqualTo(4));
        using var sprites = new SpriteGenerator(Train(config, _heroes, "columns"));
        Assert.That(sprites.Generate(5, "mage+left").ToArray(), Has.Length.EqualTo(1024));
        // Two columns of two values tell the first layer four numbers, as many as four labels would; six labels of 2 x 3 would
        // tell five.
        Assert.That(_digits.LabelColumns, Is.Empty);
    }

    [Test]
    public void ThePullToIndependenceSuitsTheSizeOfTheLoss()
    {
        Assert.That(Presets.ForDataset("beta-tcvae", _digits).Training.TotalCorrelation, Is.EqualTo(5f));
        Assert.That(Presets.ForDataset("beta-tcvae", _heroes).Training.TotalCorrelation, Is.EqualTo(35f));
    }

    [Test]
    public void AConditionalPresetNeedsLabels()
    {
        Dataset unlabelled = Dataset.Load(new DataSettings { Folder = Path.Combine(_box.Root, "digits"), Labels = "none" });
        Assert.That(Assert.Throws<UserError>(() => Presets.ForDataset("cvae", unlabelled))!.Message,
            Does.Contain("needs labels"));
    }

    [Test]
    public void AnUnknownPresetIsNamedWithTheOthers() =>
        Assert.That(Assert.Throws<UserError>(() => Presets.ForDataset("gan", _digits))!.Message,
            Does.Contain("'gan'").And.Contain("beta-tcvae, iwae, wae, cvae"));

    [TestCase(1500, 0, null, 0f, 2)]
    [TestCase(1499, 64, BaseModel.PixelArt, 0.5f, 0)]
    public void ManySpritesOfOnePaletteTakeTheSmallerNetworks(int count, int context, string? from, float changes, int redraws)
    {
        Sprite[] sprites = [.. HeroPainter.PaintDistinct(count, seed: 1)
            .Select((hero, i) => new Sprite($"{i}.png", hero.Picture.Pixels))];
        var all = new SpriteSet(32, 32, sprites, []);
        RunConfig auto = Presets.ForDataset("auto", new Dataset(all, all, all, ColourPalette.Fit(sprites, 96)));
        Assert.That((auto.Model.ContextChannels, auto.From), Is.EqualTo((context, from)));
        Assert.That((auto.Training.Augmentation, auto.Prior.Redraws), Is.EqualTo((changes, redraws)));
        Assert.That(auto.Prior.Guidance, Is.EqualTo(redraws > 0 ? 1 : 2), "guidance in place of a corrector");
    }

    // 200 colours, all of which the palette holds, are those of several styles.
    [Test]
    public void SetsOfManySharedColoursAreMixed()
    {
        Sprite[] sprites = [.. Enumerable.Range(0, 200).Select(i =>
            new Sprite($"{i}.png", [.. Enumerable.Range(i, 16).Select(colour => new Rgba32((byte)(colour % 200), 9, 9))]))];
        var all = new SpriteSet(4, 4, sprites, []);
        var data = new Dataset(all, all, all, ColourPalette.Fit(sprites));
        RunConfig auto = Presets.ForDataset("palette", data);
        Assert.That((data.Palette.Report.IsComplete, auto.Model.Colours), Is.EqualTo((true, 201)));
        Assert.That(auto.Model.ContextChannels, Is.EqualTo(64));
        Assert.That((auto.Training.Augmentation, auto.Prior.Redraws, auto.Prior.Guidance), Is.EqualTo((0f, 0, 2.0)));
    }

    // More colours than a palette holds: the larger networks, from the weights that ship, and sprites as they are.
    [TestCase(1600)]
    [TestCase(200)]
    public void MixedSetsOfAnySizeStartFromThePixelArtThatShips(int count)
    {
        var draws = new Sampler(7);
        Rgba32 Colour(int i) => new((byte)draws.Below(256, 3 * i), (byte)draws.Below(256, (3 * i) + 1),
            (byte)draws.Below(256, (3 * i) + 2));
        Sprite[] sprites = [.. Enumerable.Range(0, count).Select(i =>
            new Sprite($"{i}.png", [.. Enumerable.Range(0, 16).Select(pixel => Colour((4 * i) + (pixel % 4)))]))];
        var all = new SpriteSet(4, 4, sprites, []);
        var data = new Dataset(all, all, all, ColourPalette.Fit(sprites, 96));
        RunConfig auto = Presets.ForDataset("palette", data);
        Assert.That(data.Palette.Report.IsComplete, Is.False);
        Assert.That((auto.Model.ContextChannels, auto.From), Is.EqualTo((64, BaseModel.PixelArt)));
        Assert.That((auto.Training.Augmentation, auto.Model.Augmentation, auto.Prior.Redraws), Is.EqualTo((0f, 0, 0)));
    }

    // Two hundred sprites of six colours each, 1,200 in all: no palette of 95 holds them, yet they are pixel art.
    [TestCase(6, new string[0])]
    [TestCase(60, new[] { "palette", "sigma" })]
    public void AutoAsksAPilotOnlyWhereSpritesHaveManyColours(int colours, string[] candidates)
    {
        var draws = new Sampler(7);
        for (int i = 0; i < 200; i++)
        {
            var sprite = new Bitmap(16, 16);
            for (int at = 0; at < 12 * 12; at++)
            {
                int colour = (i * 1000) + (at % colours);
                sprite[2 + (at % 12), 2 + (at / 12)] = new Rgba32((byte)draws.Below(256, 3 * colour),
                    (byte)draws.Below(256, (3 * colour) + 1), (byte)draws.Below(256, (3 * colour) + 2));
            }
            _box.Save($"colours{colours}/{i:D3}.png", sprite);
        }
        Dataset data = Dataset.Load(new DataSettings { Folder = Path.Combine(_box.Root, $"colours{colours}") });
        Assert.That(data.Palette.Report.IsCoherent, Is.False);
        Assert.That(Presets.Candidates(data), Is.EqualTo(candidates));
        Assert.That(Presets.ForDataset("auto", data).Model.Likelihood, Is.EqualTo(Likelihood.Palette));
        Assert.That(Presets.Explain(data), Does.Contain(candidates.Length == 0 ? "few colours each" : "a pilot"));
    }

    [Test]
    public void DenoisingTrainingRepeats()
    {
        RunConfig config = Small(Presets.ForDataset("denoising", _digits));
        byte[] Run(string name) => Bytes(config with { Training = config.Training with { Binarise = true } }, _digits, name);
        Assert.That(Run("noise1"), Is.EqualTo(Run("noise2")));
    }

    private static RunConfig Small(RunConfig config) => config with
    {
        Model = config.Model with
        {
            Widths = [.. config.Model.Widths.Select(_ => 6)],
            DecoderWidths = [],
            Hidden = 8,
            DecoderHidden = 0,
            Latent = 3
        },
        Training = config.Training with { Epochs = 0, Steps = 3, Batch = 8, Threads = 1 },
        Prior = config.Prior with { Width = 8, Depth = 1, Steps = 2 },
    };

    private VaeBundle Train(RunConfig config, Dataset data, string name) => VaeBundle.Load(Bytes(config, data, name), name);

    private byte[] Bytes(RunConfig config, Dataset data, string name)
    {
        var folder = new RunFolder(Path.Combine(_box.Root, "runs", name));
        using (var loop = new TrainingLoop(config, data, folder, _ => { })) loop.Run(resume: false, CancellationToken.None);
        Assert.That(folder.LoadConfig().Model, Is.EqualTo(config.Model), "config.json repeats the model");
        return TrainedModel.Load(folder, config, data).Export().Decoder(WeightPrecision.Float32);
    }
}
