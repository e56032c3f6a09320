using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Data;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Painting;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Training;

/// <summary>Characters all the way: sheets, training across poses, the shipped file, its figures.</summary>
public sealed class CharacterRunTests
{
    private const int Heroes = 40;

    private SpriteBox _box = null!;
    private Dataset _data = null!;
    private RunConfig _config = null!;
    private TrainedModel _model = null!;
    private VaeBundle _bundle = null!;
    private EncoderBundle _encoder = null!;

    [OneTimeSetUp]
    public void Train()
    {
        _box = new SpriteBox();
        for (int i = 0; i < Heroes; i++) _box.Save($"{i:D2}.png", HeroPainter.PaintSheet(1, i).Picture);
        var reading = new DataSettings { Folder = _box.Root, Poses = "down,up", Frames = "4" };
        _data = Dataset.Load(reading);
        RunConfig start = Presets.ForDataset("auto", _data);
        _config = start with
        {
            Data = reading,
            Model = start.Model with
            {
                Widths = [4, 6],
                DecoderWidths = [],
                Hidden = 0,
                DecoderHidden = 16,
                Latent = 4,
                PixelFeatures = 6
            },
            Training = start.Training with { Steps = 12, Batch = 8, Threads = 1 },
            Prior = new PriorSettings { Width = 8, Depth = 1, StepsPerModelStep = 2 },
        };
        var folder = new RunFolder(Path.Combine(_box.Root, ".run"));
        using (var loop = new TrainingLoop(_config, _data, folder, _ => { }))
            loop.Run(resume: false, default);
        _model = TrainedModel.Load(folder, _config, _data);
        Shipment shipment = _model.Export();
        _bundle = VaeBundle.Load(shipment.Decoder(WeightPrecision.Float32), "walkers.vae");
        _encoder = EncoderBundle.Load(shipment.Encoder, "walkers.encoder.vae");
    }

    [OneTimeTearDown]
    public void Clear() => _box.Dispose();

    [Test]
    public void AutoTrainsAcrossPoses()
    {
        RunConfig auto = Presets.ForDataset("auto", _data);
        Assert.That((auto.Training.CrossPose, auto.Training.Flip, auto.Model.ConditionLabels), Is.EqualTo((true, false, 8)));
        Assert.That(auto.Model.Augmentation, Is.Zero);
        Assert.That(Presets.Explain(_data), Does.Contain("--preset characters"));
        Assert.That(Presets.Candidates(_data), Is.Empty);
    }

    [Test]
    public void TheFileHoldsThePosesAndAPriorOfCharactersAlone()
    {
        Assert.That(_bundle.Poses.Select(pose => (pose.Name, pose.Frames, pose.FrameMilliseconds)),
            Is.EqualTo(new[] { ("down", 4, 100), ("up", 4, 100) }));
        Assert.That(_bundle.Prior.DependsOnLabel, Is.False);
        Assert.That(_bundle.Exemplars.Select(one => one.Name), Has.All.Matches("^[0-9]+$").And.Not.Empty);
        using var generator = new SpriteGenerator(_bundle);
        generator.Generate(3, "down", 0);
        float[] latent = generator.Latent.ToArray();
        generator.Generate(3, "up", 3);
        Assert.That(generator.Latent.ToArray(), Is.EqualTo(latent));
    }

    [Test]
    public void TheMixturePriorIsOfCharactersToo()
    {
        VaeBundle mixture = VaeBundle.Load(_model.WithPrior("mixture").Export().Decoder(WeightPrecision.Float32), "mixture.vae");
        Assert.That(mixture.Prior.DependsOnLabel, Is.False);
        Assert.That(Enumerable.Range(0, 500).Select(seed => mixture.Prior.PickLabel(seed)).Distinct().Count(), Is.EqualTo(8));
    }

    [Test]
    public void EveryCharacterHasOnePosterior()
    {
        Posteriors sprites = Posteriors.Encode(_encoder, _data.All);
        var (characters, posteriors) = CharacterPosteriors.FromSprites(sprites, _data.All);
        Assert.That((characters.Sprites.Count, posteriors.Count), Is.EqualTo((Heroes, Heroes)));
        int[] members = [.. _data.All.Sprites.Index().Where(one => one.Item.Group == characters.Sprites[7].Group)
            .Select(one => one.Index)];
        for (int d = 0; d < 4; d++)
        {
            Assert.That(posteriors.Mu[(7 * 4) + d], Is.EqualTo(members.Average(i => sprites.Mu[(i * 4) + d])).Within(1e-5));
            Assert.That(Math.Exp(posteriors.LogVar[(7 * 4) + d]),
                Is.EqualTo(members.Average(i => Math.Exp(sprites.LogVar[(i * 4) + d]))).Within(1e-4));
        }
    }

    [Test]
    public void FiguresOfCharactersAreMeasured()
    {
        var (learnt, judged) = _data.All.Split(0.5);
        Evaluation evaluation = Evaluation.Evaluate(_bundle, _encoder, judged, learnt, count: 40, seed: 1);
        CharacterFigures figures = evaluation.Characters!;
        Assert.That(figures.Reposed!.OtherPoses.Sprites, Is.EqualTo(figures.Characters * 2 * 7));
        Assert.That(figures.Identity!.Real, Is.GreaterThan(2.0 / CharacterIdentity.Among), "real heroes are known again");
        Assert.That(EvaluationTable.Rows(evaluation).Select(row => row.Name), Has.Some.EqualTo("one person in all poses")
            .And.Some.EqualTo("flicker"));
    }

    [Test]
    public void RedrawnAsTheyAreCharactersAreExactAndDoNotFlicker()
    {
        using var generator = new SpriteGenerator(_bundle);
        CharacterSheet[] drawn = [.. Enumerable.Range(0, 6).Select(seed => CharacterSheet.Generate(generator, seed))];
        Reposing reposed = Reposing.Evaluate(_encoder, generator, drawn);
        Assert.That(reposed.Characters, Is.EqualTo(6));
        Assert.That(reposed.Flicker, Is.InRange(0, 1));
    }

    [Test]
    public void SettingsThatContradictPosesAreRefused()
    {
        RunConfig flipped = _config with { Training = _config.Training with { Flip = true } };
        Assert.That(() => new TrainingLoop(flipped, _data, new RunFolder(Path.Combine(_box.Root, ".x")), _ => { }),
            Throws.TypeOf<VaeContent.Trainer.UserError>().With.Message.Contains("training.crossPose=true"));
        using var box = new SpriteBox();
        Dataset singles = Dataset.Load(box.PaintHeroes(40));
        Assert.That(() => Presets.ForDataset("characters", singles),
            Throws.TypeOf<VaeContent.Trainer.UserError>().With.Message.Contains("--poses"));
    }
}
