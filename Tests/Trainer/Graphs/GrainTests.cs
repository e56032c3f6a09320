using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Reference;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Tests.Trainer.Graphs;

/// <summary>The noise on the choice of colours, against what Gumbel noise does.</summary>
public sealed class GrainTests
{
    [Test]
    public void ThePatternIsGumbelNoiseOfItsStrength()
    {
        double[] noise = Pattern(rows: 4, columns: 4, colours: 200, strength: 0.5f).Data;
        double mean = noise.Average(), variance = noise.Average(x => (x - mean) * (x - mean));
        Assert.That(mean, Is.EqualTo(0.5 * 0.5772).Within(0.02), "Euler's constant times the strength");
        Assert.That(variance, Is.EqualTo(0.25 * Math.PI * Math.PI / 6).Within(0.02));
    }

    [Test]
    public void ItRepeatsEveryEightPixels()
    {
        Tensor noise = Pattern(rows: 8, columns: 6, colours: 3, strength: 1f); // 16 x 12 pixels, in blocks of 2x2
        double At(int y, int x, int k) => noise.At((3 * ((2 * (y % 2)) + (x % 2))) + k, 0, (y / 2 * 6) + (x / 2));
        foreach (var (y, x, k) in new[] { (0, 0, 0), (3, 2, 1), (7, 3, 2) })
        {
            Assert.That(At(y + 8, x, k), Is.EqualTo(At(y, x, k)));
            Assert.That(At(y, x + 8, k), Is.EqualTo(At(y, x, k)));
            Assert.That(At(y, x + 1, k), Is.Not.EqualTo(At(y, x, k)));
        }
    }

    [Test]
    public void ItChangesColoursNeverSilhouettes()
    {
        double[] plain = Decode(grain: 0f), grained = Decode(grain: 1f);
        Assert.That(grained.Select(index => index > 0), Is.EqualTo(plain.Select(index => index > 0)));
        Assert.That(grained, Is.Not.EqualTo(plain));
    }

    private static Tensor Pattern(int rows, int columns, int colours, float strength)
    {
        var g = new Graph();
        Value pattern = Grain.Pattern(g, rows, columns, colours, strength);
        return Interpreter.Run(g, [], new Dictionary<Value, double[]>(), pattern)[0];
    }

    private static double[] Decode(float grain)
    {
        var vae = new VaeGraph(VaeTrial.Specs["conv + palette"], batch: 2, output: new PixelOutput(HardAlpha: true, Grain: grain));
        var feeds = new Dictionary<Value, double[]> { [vae.Z] = [.. Enumerable.Range(0, vae.Z.Count).Select(i => (double)new Sampler(4).Normal(i))] };
        double[] weights = Array.ConvertAll(VaeTrial.Weights(vae.Graph), w => 2.0 * w);
        return Interpreter.Run(vae.Graph, weights, feeds, vae.Pixels)[0].Data;
    }
}
