using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;

namespace VaeContent.Tests.Trainer.Model;

/// <summary>The pattern on the choice of colours.</summary>
public sealed class GrainTests
{
    [Test]
    public void HalfOfTheColoursGain()
    {
        double[] gains = Pattern(rows: 20, columns: 12, colours: 200, amount: 0.5f).Doubles();
        Assert.That(gains.Distinct().Order(), Is.EqualTo(new[] { 0, 0.5 }));
        Assert.That(gains.Average(), Is.EqualTo(0.25).Within(0.005));
    }

    [Test]
    public void ItRepeatsEvery24By40Pixels()
    {
        const int colours = 64;
        Tensor gains = Pattern(rows: 40, columns: 24, colours, amount: 1f); // 80 x 48 pixels, in blocks of 2x2
        float[] At(int y, int x) => gains[0, (2 * (y % 2)) + (x % 2), TensorIndex.Colon, (y / 2 * 24) + (x / 2)].ToArray();
        foreach (var (y, x) in new[] { (0, 0), (3, 2), (7, 3) })
        {
            Assert.That(At(y + 40, x + 24), Is.EqualTo(At(y, x)));
            Assert.That(At(y + 8, x + 8), Is.Not.EqualTo(At(y, x)));
            Assert.That(At(y + 10, x + 6), Is.Not.EqualTo(At(y, x)));
        }
    }

    [Test]
    public void ItChangesColoursNeverSilhouettes()
    {
        using VaeModel model = TinyModels.Make(TinyModels.Specs["conv + palette"], gain: 2f);
        byte[] Decode(float grain) => OnnxRun.Run(ModelParityTests.DecoderFile(model,
            new PixelOutput(HardAlpha: true, Texture: new Texture(Grain: grain)) { Palette = TinyModels.Palette(7) }),
            ("z", TinyModels.Normal(4, 3, model.Spec.Latent)))["pixels"].data<byte>().ToArray();
        byte[] plain = Decode(grain: 0f), grained = Decode(grain: 1f);
        Assert.That(grained.Select(index => index > 0), Is.EqualTo(plain.Select(index => index > 0)));
        Assert.That(grained, Is.Not.EqualTo(plain));
    }

    // Two shades of red and a blue, all equally likely, of which the first red is the likeliest by a hair.
    [Test]
    public void ShadesTakeTurnsAndOtherColoursStayAway()
    {
        const int colours = 3, blocks = 50;
        Rgba32[] palette = [default, new(200, 30, 30), new(220, 40, 30), new(30, 30, 220)];
        var g = new OnnxGraph();
        OnnxValue features = g.Input("features", ElementType.Float, 1, 4, 1, blocks);
        OnnxValue weights = g.Constant([1.01f * OnnxGraph.FarApart, OnnxGraph.FarApart, OnnxGraph.FarApart], 1, 1, colours, 1),
            bias = g.Constant(new float[colours], 1, 1, colours, 1), logits = g.MatMul(weights, features);
        OnnxValue grained = Grain.Apply(g, weights, bias, features, logits, Grain.Pattern(g, 5, 10, colours, 0, 4), palette,
            nats: 1f);
        g.Output(g.IndexOfLargest(grained, axis: 2, first: 1), "y");
        double[] shown = [.. OnnxRun.Run(g.ToBytes(), ("features", ones(1, 4, 1, blocks)))["y"].Doubles().Distinct().Order()];
        Assert.That(shown, Is.EqualTo(new[] { 1.0, 2 }));
    }

    // What colours of equal probability gain, (1, 4, K, blocks).
    private static Tensor Pattern(int rows, int columns, int colours, float amount)
    {
        var g = new OnnxGraph();
        OnnxValue logits = g.Input("logits", ElementType.Float, 1, 4, colours, rows * columns);
        g.Output(g.Where(Grain.Pattern(g, rows, columns, colours, 0, 4), g.Add(logits, g.Constant(amount)), 0f), "y");
        return OnnxRun.Run(g.ToBytes(), ("logits", zeros(1, 4, colours, rows * columns)))["y"];
    }
}
