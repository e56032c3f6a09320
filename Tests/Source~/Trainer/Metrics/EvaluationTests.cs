using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Data;
using VaeContent.Trainer;
using VaeContent.Trainer.Cli;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Metrics;

public class EvaluationTests
{
    [TestCase(false)]
    [TestCase(true)]
    public void TheSetOfTheTrainingIsSplitAsItWasThen(bool conditional)
    {
        using var run = new UntrainedRun(conditional);
        EvaluationSets sets = EvaluationSets.Load(run.Decoder, new DataSettings { Folder = run.Root }, null);
        Assert.That(sets.Judged.Fingerprint, Is.EqualTo(run.Model.Data.HeldOut.Fingerprint));
        Assert.That(sets.Training!.Fingerprint, Is.EqualTo(run.Model.Data.Train.Fingerprint));

        Evaluation found = Evaluation.Evaluate(run.Decoder, run.Encoder, sets.Judged, sets.Training, count: 70, seed: 5);
        Assert.That(found.HeldOut!.Sprites, Is.EqualTo(sets.Judged.Sprites.Count));
        Assert.That(found.Training!.Sprites, Is.EqualTo(sets.Judged.Sprites.Count));
        Assert.That(found.SampleColours.OffPalette, Is.Zero);
        Assert.That(found.Novelty!.TrainingSprites, Is.EqualTo(sets.Training.Sprites.Count));
        Assert.That(EvaluationTable.Rows(found).Select(row => row.Value), Has.None.Empty);
        if (conditional) return;
        Evaluation again = Evaluation.Evaluate(run.Decoder, run.Encoder, sets.Judged, sets.Training, count: 70, seed: 5);
        Assert.That(JsonSerializer.Serialize(again, RunFolder.Json), Is.EqualTo(JsonSerializer.Serialize(found, RunFolder.Json)));
    }

    [Test]
    public void AnotherSetIsJudgedWholeAndCopiesAreNotClaimed()
    {
        using var run = new UntrainedRun();
        run.Paint("beast/new.png", new Random(2));
        EvaluationSets sets = EvaluationSets.Load(run.Decoder, new DataSettings { Folder = run.Root }, null);
        Assert.That(sets.Judged.Sprites, Has.Count.EqualTo(61));
        Assert.That(sets.Training, Is.Null);
        Evaluation found = Evaluation.Evaluate(run.Decoder, encoder: null, sets.Judged, null, count: 3, seed: 1);
        Assert.That((found.Novelty, found.HeldOut, found.HeldOutColours),
            Is.EqualTo(((Novelty?)null, (Reconstruction?)null, (PaletteAdherence?)null)));
        Assert.That(EvaluationTable.Rows(found).Count(row => row.Group.Title == "Samples"), Is.EqualTo(3));
        Assert.That(found.Quality!.Count, Is.EqualTo(15), "half of the sprites are judged by, a quarter sets the floor, a "
            + "quarter trains the classifier");
    }

    [Test]
    public void NamedTrainingSpritesLeaveTheOtherSetWhole()
    {
        using var run = new UntrainedRun();
        var folder = new DataSettings { Folder = run.Root };
        EvaluationSets sets = EvaluationSets.Load(run.Decoder, folder, folder);
        Assert.That((sets.Judged.Sprites.Count, sets.Training!.Sprites.Count), Is.EqualTo((60, 60)));
        Assert.That(sets.Explanation, Does.Contain("60 are in both"));
    }

    [Test]
    public void SpritesThatItLearntFromDoNotJudgeIt()
    {
        using var run = new UntrainedRun();
        int plants = Directory.GetFiles(Path.Combine(run.Root, "plant")).Length;
        EvaluationSets sets = EvaluationSets.Load(run.Decoder, new DataSettings { Folder = run.Root },
            new DataSettings { Folder = run.Root, Include = ["plant"] });
        Assert.That((sets.Judged.Sprites.Count, sets.Training!.Sprites.Count), Is.EqualTo((60 - plants, plants)));
        Assert.That(sets.Explanation, Does.Contain($"{plants} that are in both are left out"));
    }

    [Test]
    public void RenamedSpritesOfTheTrainingAreRefused()
    {
        using var run = new UntrainedRun();
        foreach (string file in Directory.GetFiles(Path.Combine(run.Root, "plant")))
            File.Move(file, file.Replace(".png", "x.png", StringComparison.Ordinal));
        Assert.That(() => EvaluationSets.Load(run.Decoder, new DataSettings { Folder = run.Root }, null),
            Throws.TypeOf<UserError>().With.Message.Contains("under other names"));
    }

    [Test]
    public void SpritesOfAnotherSizeAreRefused()
    {
        using var run = new UntrainedRun();
        using SpriteBox other = new SpriteBox().PaintMany("a", 20);
        Assert.That(() => EvaluationSets.Load(run.Decoder, new DataSettings { Folder = other.Root }, null),
            Throws.TypeOf<UserError>().With.Message.Contains("16x16").And.Message.Contains("--size 8x8"));
    }
}
