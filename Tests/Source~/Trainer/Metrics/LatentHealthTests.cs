using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Metrics;

namespace VaeContent.Tests.Trainer.Metrics;

public class LatentHealthTests
{
    [Test]
    public void AgreesWithTheEncodersPosteriors()
    {
        using var run = new UntrainedRun();
        SpriteSet sprites = run.Model.Data.All;
        using var generator = new SpriteGenerator(run.Decoder);
        LatentHealth found = LatentHealth.Evaluate(run.Encoder, generator, sprites, seed: 3);

        using var encoder = new SpriteEncoder(run.Encoder);
        var (mu, logVar) = (new float[4], new float[4]);
        double[][] means = new double[sprites.Sprites.Count][];
        double kl = 0;
        for (int i = 0; i < means.Length; i++)
        {
            encoder.Encode(sprites.Sprites[i].Pixels, 1, mu, logVar);
            means[i] = [.. mu.Select(value => (double)value)];
            kl += mu.Zip(logVar).Sum(q => 0.5 * ((q.First * q.First) + Math.Exp(q.Second) - q.Second - 1)) / means.Length;
        }
        int active = Enumerable.Range(0, 4)
            .Count(d => means.Average(m => m[d] * m[d]) - Math.Pow(means.Average(m => m[d]), 2) > 0.01);
        Assert.That(found.ActiveUnits, Is.EqualTo(active));
        Assert.That(found.Kl, Is.EqualTo(kl).Within(1e-5));
        Assert.That(found.KlPerDimension.Sum(), Is.EqualTo(found.Kl).Within(1e-12));
        Assert.That(found.PriorGap, Is.Null, "60 sprites are too few");
    }
}
