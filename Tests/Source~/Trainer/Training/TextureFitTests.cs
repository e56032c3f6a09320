using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training;
using VaeContent.Trainer.Training.Select;

namespace VaeContent.Tests.Trainer.Training;

/// <summary>The texture that a model gets.</summary>
public sealed class TextureFitTests
{
    // Ten steps decide nothing: sprites have far more colours than the painter's, until those of each part must occur together.
    [Test]
    public void AgreementLeavesColoursThatOccurTogether()
    {
        using var run = new TinyRun();
        Shipment shipment = Trained(run);
        Assert.That(Drawn(shipment, new Texture(Agreement: 1), 50).Colours, Is.LessThan(Drawn(shipment, default, 50).Colours));
        TextureFit fit = TextureFit.Fit(shipment, run.Data, new GivenTexture(1f, 4f, 3f, 2f, 0.5f, 0f, false));
        Assert.That(fit.Texture, Is.EqualTo(new Texture(0.5f, 0f, 2f, Strays: 1f, Islands: 4f, Gaps: 3f)));
    }

    // The painter's heroes have few gaps, an untrained model many.
    [Test]
    public void GapsComeNearerToTheSets()
    {
        using var run = new TinyRun();
        Shipment shipment = Trained(run);
        double real = Real(run).Gaps;
        double Distance(Texture texture) => Math.Abs(Drawn(shipment, texture, 400).Gaps - real);
        TextureFit fit = TextureFit.Fit(shipment, run.Data, new GivenTexture(0f, 0f, null, 0f, 0f, 0f, false));
        TestContext.Out.WriteLine(fit.Explanation);
        Assert.That(fit.Texture.Gaps, Is.GreaterThan(0f));
        Assert.That(Distance(fit.Texture), Is.LessThan(Distance(default)));
    }

    // Shades make specks as grain does, so that neither none nor most of it suits them.
    [Test]
    public void GrainGoesWithShades()
    {
        using var run = new TinyRun();
        Shipment shipment = Trained(run);
        PixelStatistics real = Real(run);
        double Distance(Texture texture)
        {
            PixelStatistics drawn = Drawn(shipment, texture, 400);
            double Away(double a, double b) => Math.Abs(Math.Log((a + 0.01) / (b + 0.01)));
            return Away(drawn.Orphans, real.Orphans) + Away(drawn.LoudSpecks, real.LoudSpecks)
                + Math.Abs(Math.Log(drawn.Colours / real.Colours));
        }
        TextureFit fit = TextureFit.Fit(shipment, run.Data, new GivenTexture(0f, 0f, 0f, 0f, 4f, null, true));
        TestContext.Out.WriteLine(fit.Explanation);
        Assert.That(fit.Texture.Shades);
        foreach (float grain in new[] { 0f, 4f })
            Assert.That(Distance(fit.Texture), Is.LessThan(Distance(fit.Texture with { Grain = grain })));
    }

    private static Shipment Trained(TinyRun run)
    {
        RunConfig config = run.Config("palette");
        run.Train(config, "run");
        return TrainedModel.Load(run.Folder("run"), config, run.Data).Export();
    }

    private static PixelStatistics Real(TinyRun run) => PixelStatistics.FromSprites(
        [.. run.Data.Train.Sprites.Select(sprite => sprite.Pixels)], run.Data.All.Width);

    private static PixelStatistics Drawn(Shipment shipment, Texture texture, int count)
    {
        VaeBundle bundle = VaeBundle.Load(shipment.Decoder(WeightPrecision.Float32, texture), "test.vae");
        Assert.That(bundle.Provenance["agreement"], Is.EqualTo($"{texture.Agreement}"));
        using var sprites = new SpriteGenerator(bundle);
        return PixelStatistics.FromSprites([.. Enumerable.Range(0, count).Select(seed => sprites.Generate(seed).ToArray())],
            bundle.Width);
    }
}
