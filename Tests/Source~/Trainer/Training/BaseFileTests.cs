using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Model;
using VaeContent.Trainer;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Training;

/// <summary>Models that other trainings start from, as files.</summary>
public sealed class BaseFileTests
{
    private static readonly ModelSpec Spec = TinyModels.Specs["conv + palette, odd sides"];
    private static readonly Palette Colours = new([default, new(1, 2, 3, 255), new(9, 8, 7, 128), new(40, 50, 60, 255),
        new(255, 255, 255, 255)]);

    [Test]
    public void AFileHoldsTheModelToHalfPrecision()
    {
        using VaeModel model = TinyModels.Make(Spec);
        using BaseModel read = BaseFile.Read(BaseFile.ToBytes(model, Colours), "monsters.base");
        Assert.That(read.Model.Spec, Is.EqualTo(Spec));
        Assert.That(read.Colours.Colours.ToArray(), Is.EqualTo(Colours.Colours.ToArray()));
        Assert.That(read.Model.Flat(), Is.EqualTo(model.Flat()).Within(0.001));
    }

    [Test]
    public void DamageIsToldInOneLine()
    {
        using VaeModel model = TinyModels.Make(Spec);
        byte[] file = BaseFile.ToBytes(model, Colours);
        foreach (byte[] damaged in new[] { [], file[..40], file[..^1], [.. file, 0],
            [.. file.Select((one, i) => i == file.Length / 2 ? (byte)(one ^ 1) : one)] })
        {
            Assert.That(Assert.Throws<UserError>(() => BaseFile.Read(damaged, "monsters.base"))!.Message,
                Does.Contain("monsters.base").And.Contain("damaged").And.Not.Contain("\n"));
        }
    }

    // Someone else's file may have the right checksum.
    [TestCase("010203ff", "0102z3ff")]
    [TestCase("VaeContent base 1", "VaeContent base 2")]
    [TestCase("palette", "palettf")]
    public void AFileOfAnotherKindIsRefused(string text, string other)
    {
        using VaeModel model = TinyModels.Make(Spec);
        byte[] file = BaseFile.ToBytes(model, Colours);
        int at = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text));
        Encoding.ASCII.GetBytes(other).CopyTo(file, at);
        SHA256.HashData(file.AsSpan(..^32)).CopyTo(file, file.Length - 32);
        Assert.That(Assert.Throws<UserError>(() => BaseFile.Read(file, "monsters.base"))!.Message, Does.Contain("damaged"));
    }

    // What ships has the networks of the preset for few sprites, so that all of its weights are taken but the labels'.
    [Test]
    public void FewSpritesStartFromThePixelArtThatShips()
    {
        using var run = new TinyRun();
        RunConfig few = Presets.ForDataset("auto", run.Data);
        Assert.That(few.From, Is.EqualTo(BaseModel.PixelArt));
        using BaseModel shipped = BaseModel.Load(BaseModel.PixelArt);
        using var model = new VaeModel(BaseModel.Widths(shipped.Model.Spec, few.Model) with { ConditionLabels = 0 });
        Assert.That(BaseModel.Widths(shipped.Model.Spec, few.Model), Is.EqualTo(few.Model));
        Assert.That(shipped.Start(model, run.Data.Palette.Palette), Is.EqualTo(1));
    }

    [Test]
    public void ARunStartsFromAFile()
    {
        using var run = new TinyRun();
        RunConfig config = run.Config("palette");
        run.Train(config, "base");
        string path = Path.Combine(run.Folder("base").Path, "monsters.base");
        using VaeModel trained = TrainedModel.Load(run.Folder("base"), config, run.Data).Vae;
        File.WriteAllBytes(path, BaseFile.ToBytes(trained, run.Data.Palette.Palette));
        float[]? first = null;
        TrainingSettings still = config.Training with { LearningRate = 1e-7f };
        run.Train(config with { From = path, Training = still }, "next", stopAt: 2,
            after: (_, replica) => first ??= replica.Averaged!.Flat());
        Assert.That(first, Is.EqualTo(trained.Flat()).Within(0.001));
    }
}
