using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;

namespace VaeContent.Tests.Trainer.Model;

/// <summary>The noise on the choice of colours, which is bounded.</summary>
public sealed class GrainTests
{
    [Test]
    public void ItStaysWithinItsStrength()
    {
        double[] noise = Pattern(rows: 20, columns: 12, colours: 200, strength: 0.5f).Doubles();
        Assert.That(noise.Max(Math.Abs), Is.LessThanOrEqualTo(0.5).And.GreaterThan(0.45));
        Assert.That(noise.Average(), Is.EqualTo(0).Within(0.01));
        Assert.That(noise.Average(x => x * x), Is.EqualTo(0.25 / 6).Within(0.002), "the mean of two uniform numbers in +-1/2");
    }

    [Test]
    public void ItRepeatsEvery24By40Pixels()
    {
        Tensor noise = Pattern(rows: 40, columns: 24, colours: 3, strength: 1f); // 80 x 48 pixels, in blocks of 2x2
        float At(int y, int x, int k) => noise[(3 * ((2 * (y % 2)) + (x % 2))) + k, 0, (y / 2 * 24) + (x / 2)].item<float>();
        foreach (var (y, x, k) in new[] { (0, 0, 0), (3, 2, 1), (7, 3, 2) })
        {
            Assert.That(At(y + 40, x + 24, k), Is.EqualTo(At(y, x, k)));
            Assert.That(At(y + 8, x + 8, k), Is.Not.EqualTo(At(y, x, k)));
            Assert.That(At(y + 10, x + 6, k), Is.Not.EqualTo(At(y, x, k)));
        }
    }

    [Test]
    public void ItChangesColoursNeverSilhouettes()
    {
        using VaeModel model = TinyModels.Make(TinyModels.Specs["conv + palette"], gain: 2f);
        byte[] Decode(float grain) => OnnxRun.Run(ModelParityTests.DecoderFile(model,
            new PixelOutput(HardAlpha: true, Texture: new Texture(Grain: grain))),
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
