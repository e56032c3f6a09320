using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;

namespace VaeContent.Tests.Trainer.Model;

/// <summary>The step that lets neighbouring pixels agree, against the same step pixel by pixel.</summary>
public sealed class PottsSmoothingTests
{
    [Test]
    public void TheGraphTakesTheStepOfTheDefinition([Values(0.1f, 0.5f, 2f)] float nats, [Values(6, 8)] int height,
        [Values(4, 10)] int width)
    {
        const int colours = 5;
        var normals = new Sampler(7, height);
        float[] logits = [.. Enumerable.Range(0, height * width * colours).Select(i => normals.Normal(i))]; // (H, W, K)
        bool[] visible = [.. Enumerable.Range(0, height * width).Select(i => normals.Normal(100_000 + i) > -1f)];
        int[] expected = Step(logits, visible, height, width, colours, nats);
        Assert.That(Run(logits, visible, height, width, colours, nats), Is.EqualTo(expected));
        if (nats < 0.5f) return;
        int[] plain = Step(logits, visible, height, width, colours, 0f);
        Assert.That(expected, Is.Not.EqualTo(plain), "some pixels are moved");
    }

    // A red pixel in a blue area joins it where it is unsure; one that is sure stays.
    [Test]
    public void SpecksGoAndSureDetailsStay()
    {
        const int side = 6, colours = 2;
        float[] logits = [.. Enumerable.Range(0, side * side).SelectMany(_ => new[] { 0f, 3f })];
        bool[] visible = [.. Enumerable.Repeat(true, side * side)];
        logits[2 * ((2 * side) + 2)] = 3.5f; // by half a nat
        logits[2 * ((3 * side) + 4)] = 9f;
        int[] found = Run(logits, visible, side, side, colours, nats: 0.5f);
        Assert.That(found[(2 * side) + 2], Is.EqualTo(2));
        Assert.That(found[(3 * side) + 4], Is.EqualTo(1));
        Assert.That(found.Count(index => index == 1), Is.EqualTo(1));
    }

    [Test]
    public void SilhouettesStay()
    {
        using VaeModel model = TinyModels.Make(TinyModels.Specs["conv + palette"], gain: 2f);
        byte[] Decode(float smoothing) => OnnxRun.Run(ModelParityTests.DecoderFile(model,
            new PixelOutput(HardAlpha: true, Texture: new Texture(smoothing))),
            ("z", TinyModels.Normal(4, 3, model.Spec.Latent)))["pixels"].data<byte>().ToArray();
        byte[] plain = Decode(0f), smoothed = Decode(2f);
        Assert.That(smoothed.Select(index => index > 0), Is.EqualTo(plain.Select(index => index > 0)));
        Assert.That(smoothed, Is.Not.EqualTo(plain));
    }

    // Indices (H, W) from 1, 0 where nothing is visible: each pixel chooses between its own colour and the likeliest around it.
    private static int[] Step(float[] logits, bool[] visible, int height, int width, int colours, float nats)
    {
        int[] best = [.. Enumerable.Range(0, height * width).Select(pixel => Enumerable.Range(0, colours)
            .MaxBy(k => logits[(pixel * colours) + k]))];
        int Shown(int y, int x) => y < 0 || x < 0 || y >= height || x >= width || !visible[(y * width) + x] ? -1
            : best[(y * width) + x];
        return [.. Enumerable.Range(0, height * width).Select(pixel =>
        {
            if (!visible[pixel]) return 0;
            int y = pixel / width, x = pixel % width, own = best[pixel];
            int[] around = [Shown(y - 1, x), Shown(y + 1, x), Shown(y, x - 1), Shown(y, x + 1)];
            int[] others = [.. around.Where(k => k >= 0 && k != own)];
            if (others.Length == 0) return own + 1;
            float Score(int k) => logits[(pixel * colours) + k] + (nats * around.Count(index => index == k));
            int other = others.MaxBy(k => logits[(pixel * colours) + k]);
            return (Score(other) > Score(own) ? other : own) + 1;
        })];
    }

    private static int[] Run(float[] logits, bool[] visible, int height, int width, int colours, float nats)
    {
        int rows = height / 2, columns = width / 2;
        // (H, W, K) to (4, K, R C).
        Tensor planes = tensor(logits).reshape(rows, 2, columns, 2, colours).permute(1, 3, 4, 0, 2)
            .reshape(1, 4, colours, rows * columns).contiguous();
        Tensor mask = BlockPlanes.FromPixels([.. visible.Select(one => one ? 1f : 0f)], height, width);
        var g = new OnnxGraph();
        OnnxValue given = g.Input("logits", ElementType.Float, 1, 4, colours, rows * columns),
            shown = g.Input("mask", ElementType.Float, 1, 4, rows, columns), far = g.Scale(given, OnnxGraph.FarApart);
        OnnxValue best = g.IndexOfLargest(far, axis: 2, first: 1), isShown = g.GreaterOrEqual(shown, g.Constant(0.5f));
        OnnxValue Planes(OnnxValue indices) => g.Where(isShown, g.Reshape(indices, 1, 4, rows, columns), 0f);
        g.Output(Planes(PottsSmoothing.Step(g, far, best, Planes(best), nats)), "y");
        Tensor found = OnnxRun.Run(g.ToBytes(), ("logits", planes), ("mask", mask))["y"];
        return [.. BlockPlanes.Pixels(found).Select(index => (int)index)];
    }
}
