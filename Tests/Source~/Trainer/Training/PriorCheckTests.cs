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
        VaeBundle learnt = Trained(run, steps: 150), random = Trained(run, steps: 1);
        using var check = new PriorCheck(run.Data);
        Assert.Multiple(() =>
        {
            Assert.That(check.CanTell);
            Assert.That(check.IsClearlyNearer(learnt, random));
            Assert.That(check.IsClearlyNearer(random, learnt), Is.False);
            Assert.That(check.IsClearlyNearer(learnt, learnt), Is.False, "as near is not clearly nearer");
            Assert.That(check.CorrectorHelps(with: learnt, without: random));
            Assert.That(check.CorrectorHelps(with: learnt, without: learnt));
            Assert.That(check.CorrectorHelps(with: random, without: learnt), Is.False);
            Assert.That(check.GuidanceHelps(with: learnt, without: learnt));
            Assert.That(check.GuidanceHelps(with: random, without: learnt), Is.False);
        });
    }

    [Test]
    public void FewSpritesDoNotTell()
    {
        using var run = new TinyRun();
        VaeBundle bundle = Trained(run, steps: 1);
        using var check = new PriorCheck(run.Data);
        Assert.Multiple(() =>
        {
            Assert.That(check.CanTell, Is.False);
            Assert.That(check.IsClearlyNearer(bundle, bundle), Is.False);
            Assert.That(check.CorrectorHelps(bundle, bundle));
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
