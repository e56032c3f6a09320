using NUnit.Framework;
using VaeContent.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Training;
using VaeContent.Trainer.Training.Select;

namespace VaeContent.Tests.Trainer.Training;

/// <summary>Which of two priors is told to be nearer to held-out sprites.</summary>
public sealed class PriorCheckTests
{
    // Sprites of a model that has learnt a little, and of one that has not.
    [Test]
    public void TheNearerOneIsFound()
    {
        using var run = new TinyRun(heroes: 300);
        using var check = new PriorCheck(run.Data);
        double? learnt = check.Distance(Trained(run, steps: 150)), random = check.Distance(Trained(run, steps: 1));
        Assert.Multiple(() =>
        {
            Assert.That(check.CanTell);
            Assert.That(SetDistance.IsClearlyNearer(learnt, random));
            Assert.That(SetDistance.IsClearlyNearer(random, learnt), Is.False);
            Assert.That(SetDistance.IsClearlyNearer(learnt, learnt), Is.False, "as near is not clearly nearer");
            Assert.That(PriorCheck.CorrectorHelps(with: learnt, without: random));
            Assert.That(PriorCheck.CorrectorHelps(with: learnt, without: learnt));
            Assert.That(PriorCheck.CorrectorHelps(with: random, without: learnt), Is.False);
            Assert.That(PriorCheck.GuidanceHelps(with: learnt, without: learnt));
            Assert.That(PriorCheck.GuidanceHelps(with: random, without: learnt), Is.False);
        });
    }

    [Test]
    public void FewSpritesDoNotTell()
    {
        using var run = new TinyRun();
        using var check = new PriorCheck(run.Data);
        double? distance = check.Distance(Trained(run, steps: 1));
        Assert.Multiple(() =>
        {
            Assert.That(check.CanTell, Is.False);
            Assert.That(distance, Is.Null);
            Assert.That(SetDistance.IsClearlyNearer(distance, distance), Is.False);
            Assert.That(PriorCheck.CorrectorHelps(distance, distance));
            Assert.That(PriorCheck.GuidanceHelps(distance, distance));
        });
    }

    private static VaeBundle Trained(TinyRun run, int steps)
    {
        RunConfig config = run.Config("palette");
        config = config with { Training = config.Training with { Steps = steps } };
        string name = $"{steps} steps";
        run.Train(config, name);
        Shipment shipment = TrainedModel.Load(run.Folder(name), config, run.Data).Export();
        return VaeBundle.Load(shipment.Decoder(WeightPrecision.Float32, default), name);
    }
}
