using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;

namespace VaeContent.Tests.Trainer.Model;

/// <summary>The noise on the choice of colours, against what Gumbel noise does.</summary>
public sealed class GrainTests
{
    [Test]
    public void ThePatternIsGumbelNoiseOfItsStrength()
    {
        double[] noise = Pattern(rows: 4, columns: 4, colours: 200, strength: 0.5f).Doubles();
        double mean = noise.Average(), variance = noise.Average(x => (x - mean) * (x - mean));
        Assert.That(mean, Is.EqualTo(0.5 * 0.5772).Within(0.02), "Euler's constant times the strength");
        Assert.That(variance, Is.EqualTo(0.25 * Math.PI * Math.PI / 6).Within(0.02));
    }

    [Test]
    public void ItRepeatsEveryEightPixels()
    {
        Tensor noise = Pattern(rows: 8, columns: 6, colours: 3, strength: 1f); // 16 x 12 pixels, in blocks of 2x2
        float At(int y, int x, int k) => noise[(3 * ((2 * (y % 2)) + (x % 2))) + k, 0, (y / 2 * 6) + (x / 2)].item<float>();
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
        using VaeModel model = TinyModels.Make(TinyModels.Specs["conv + palette"], gain: 2f);
        byte[] Decode(float grain) => OnnxRun.Run(ModelParityTests.DecoderFile(model,
            new PixelOutput(HardAlpha: true, Grain: grain)),
            ("z", TinyModels.Normal(4, 3, model.Spec.Latent)))["pixels"].data<byte>().ToArray();
        byte[] plain = Decode(grain: 0f), grained = Decode(grain: 1f);
        Assert.That(grained.Select(index => index > 0), Is.EqualTo(plain.Select(index => index > 0)));
        Assert.That(grained, Is.Not.EqualTo(plain));
    }

    /// <summary>The pattern as the decoder's file holds it, (4 K, 1, blocks).</summary>
    internal static Tensor Pattern(int rows, int columns, int colours, float strength)
    {
        var g = new OnnxGraph();
        OnnxValue none = g.Input("none", ElementType.Float, 1);
        g.Output(g.Add(Grain.Pattern(g, rows, columns, colours, strength, scale: 1f), g.Scale(none, 0f)), "y");
        return OnnxRun.Run(g.ToBytes(), ("none", zeros(1)))["y"];
    }
}
