using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Model;

namespace VaeContent.Tests.Trainer.Metrics;

public sealed class ImportanceBoundTests
{
    [Test]
    public void TheBoundIsTheMeanOfLogMeans()
    {
        double[] logs = [-1, -2, -3, -7];
        Assert.That(ImportanceBound.Bound(logs, 1), Is.EqualTo(-3.25).Within(1e-12));
        double pairs = Math.Log((Math.Exp(-1) + Math.Exp(-2)) / 2) + Math.Log((Math.Exp(-3) + Math.Exp(-7)) / 2);
        Assert.That(ImportanceBound.Bound(logs, 2), Is.EqualTo(pairs / 2).Within(1e-12));
        Assert.That(ImportanceBound.Bound([-2000, -2001, -2002], 3),
            Is.EqualTo(-2000 + Math.Log((1 + Math.Exp(-1) + Math.Exp(-2)) / 3)).Within(1e-9), "where exp is 0");
    }

    [Test]
    public void BoundsRiseWithDrawsAndStartAtTheElbo([Values(Likelihood.Bernoulli, Likelihood.Palette,
        Likelihood.Mse)] Likelihood likelihood)
    {
        var spec = new ModelSpec
        {
            Architecture = Architecture.Mlp,
            Widths = [12],
            Latent = 3,
            Width = 8,
            Height = 8,
            Likelihood = likelihood,
            Colours = 4,
            PixelFeatures = 3
        };
        Rgba32[] colours = [default, new(200, 0, 0), new(0, 200, 0), new(0, 0, 200)];
        Sprite[] sprites = [.. Enumerable.Range(0, 6)
            .Select(i => new Sprite($"{i}", [.. Enumerable.Range(0, 64).Select(p => colours[new Sampler(i).Below(4, p)])]))];
        using var model = new VaeModel(spec, seed: 1);
        ImportanceBound found = ImportanceBound.Evaluate(model, new ColourPalette(new Palette(colours)), sprites, [1, 5, 50]);
        Assert.That(new[] { found.Bounds[1], found.Bounds[5], found.Bounds[50] }, Is.Ordered.Ascending);
        Assert.That(found.Bounds[1], Is.EqualTo(found.Elbo).Within(2).Percent, "50 draws against the closed form");
    }
}
