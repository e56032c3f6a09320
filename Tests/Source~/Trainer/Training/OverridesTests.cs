using System.IO;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Data;
using VaeContent.Trainer;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Training;

public sealed class OverridesTests
{
    [Test]
    public void AssignmentsReplaceSettings()
    {
        Overrides overrides = Overrides.Read(null,
            ["training.batch=24", "training.learningRate=1e-3", "training.flip=true", "model.likelihood=sigma",
                "model.widths=[8,16]", "data.labels=none"]).CheckGroups();
        TrainingSettings training = overrides.Apply("training", new TrainingSettings());
        ModelSpec model = overrides.Apply("model", new ModelSpec());
        Assert.That((training.Batch, training.LearningRate, training.Flip), Is.EqualTo((24, 1e-3f, true)));
        var untouched = new TrainingSettings();
        Assert.That(training with { Batch = untouched.Batch, LearningRate = untouched.LearningRate, Flip = untouched.Flip },
            Is.EqualTo(untouched), "the others stay");
        Assert.That(model.Likelihood, Is.EqualTo(Likelihood.Sigma));
        Assert.That(model.Widths, Is.EqualTo(new[] { 8, 16 }));
        Assert.That(overrides.Apply("data", new DataSettings()).Labels, Is.EqualTo("none"));
    }

    [TestCase("model.activation=7")]
    [TestCase("model.activation=null")]
    [TestCase("model.widths=null")]
    [TestCase("model.widths=[null]")]
    [TestCase("model.labelColumns=[null]")]
    [TestCase("model.labelColumns=[[null]]")]
    [TestCase("gan.widths=null")]
    [TestCase("data.include=[null]")]
    [TestCase("data.folder=null")]
    [TestCase("prior.kind=null")]
    [TestCase("training.warmUpShape=null")]
    [TestCase("training.learningRate=1e999")]
    [TestCase("data.memory=1e999")]
    public void WhatIsNoValueOfItsKindIsRefused(string assignment)
    {
        Overrides wanted = Overrides.Read(null, [assignment]).CheckGroups();
        Assert.That(() =>
        {
            wanted.Apply("data", new DataSettings());
            wanted.Apply("model", new ModelSpec());
            wanted.Apply("training", new TrainingSettings());
            wanted.Apply("gan", new GanSettings());
            wanted.Apply("prior", new PriorSettings());
        }, Throws.TypeOf<UserError>().With.Message.Contains(assignment).And.Message.Contains("does not fit; its value is now"));
    }

    [Test]
    public void AnAssignmentWinsOverTheConfigFile()
    {
        using var box = new SpriteBox();
        box.Write("config.json", """{ "training": { "batch": 8, "beta": 0.5 } }""");
        TrainingSettings training = Overrides.Read(Path.Combine(box.Root, "config.json"), ["training.batch=16"])
            .Apply("training", new TrainingSettings());
        Assert.That((training.Batch, training.Beta), Is.EqualTo((16, 0.5f)));
    }

    [TestCase("trainig.batch=32", "'trainig'", "data, model, training, gan, prior")]
    [TestCase("training.batsch=32", "training.batsch", "batch, learningRate")]
    [TestCase("gan.wieght=1", "gan.wieght", "weight, adaptive, start")]
    [TestCase("training.batch=many", "training.batch", "now 32")]
    [TestCase("training.batch=1.5", "training.batch", "now 32")]
    [TestCase("training.flip=3", "training.flip", "false")]
    [TestCase("model.likelihood=gauss", "model.likelihood", "palette")]
    [TestCase("model.widths=32", "model.widths", "[32,64,128]")]
    [TestCase("batch=32", "batch=32", "group.key=value")]
    [TestCase("training.batch", "training.batch", "group.key=value")]
    [TestCase("training=5", "training=5", "group.key=value")]
    [TestCase(".=", ".=", "group.key=value")]
    public void AMistakeIsOneLineThatNamesTheChoices(string assignment, string found, string choices)
    {
        string message = Assert.Throws<UserError>(() => Apply(Overrides.Read(null, [assignment])))!.Message;
        Assert.That(message, Does.Contain(found).And.Contain(choices).And.Not.Contain("\n"));
    }

    [TestCase("not json")]
    [TestCase("[1, 2]")]
    [TestCase("{ \"training\": { \"batch\": }")]
    [TestCase("{ \"training\": 5 }")]
    [TestCase("{ \"training\": { \"batch\": null } }")]
    [TestCase("{ \"training\": { \"batch\": 8, \"batch\": 16 } }")]
    [TestCase("{ \"training\": {}, \"training\": {} }")]
    public void ADamagedConfigIsRefused(string text)
    {
        using var box = new SpriteBox();
        box.Write("config.json", text);
        string message = Assert.Throws<UserError>(() =>
            Apply(Overrides.Read(Path.Combine(box.Root, "config.json"), [])))!.Message;
        Assert.That(message, Does.Not.Contain("\n"));
    }

    [Test]
    public void AMissingConfigIsRefused() =>
        Assert.That(() => Overrides.Read("/nowhere/config.json", []), Throws.TypeOf<UserError>());

    private static void Apply(Overrides overrides)
    {
        overrides.CheckGroups();
        overrides.Apply("data", new DataSettings());
        overrides.Apply("model", new ModelSpec());
        overrides.Apply("training", new TrainingSettings());
        overrides.Apply("gan", new GanSettings());
        overrides.Apply("prior", new PriorSettings());
    }
}
