using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;

namespace VaeContent.Tests.Trainer.Model;

/// <summary>The step that lets the colours of each part of a sprite agree, against its definition.</summary>
public sealed class ColourAgreementTests
{
    private const int Width = 10, Height = 24, Blocks = Width / 2 * Height / 2, Pixels = 4 * Blocks, Sprites = 3, Colours = 5;

    private static readonly SpriteRegions Regions = SpriteRegions.ForSize(Width, Height);

    [Test]
    public void TheGraphTakesThreeStepsOfTheDefinition([Values(0.1f, 1f)] float strength)
    {
        var normals = new Sampler(7, 0);
        float[] logits = [.. Enumerable.Range(0, Sprites * Pixels * Colours).Select(i => normals.Normal(i))];
        bool[] visible = [.. Enumerable.Range(0, Sprites * Pixels).Select(i => normals.Normal(100_000 + i) > -0.5f)];
        ColourPairs pairs = TinyModels.Pairs(Colours, seed: 3);
        float[] found = Run(logits, visible, pairs, strength);
        Assert.That(Regions.Count, Is.EqualTo(3));
        float[] expected = logits;
        for (int step = 0; step < 3; step++) expected = Agreed(logits, by: expected, visible, pairs, strength);
        Assert.That(found, Is.EqualTo(expected).Within(1e-4f));
    }

    // Undecided hair becomes the colour of most of it; a pixel that is sure stays.
    [Test]
    public void ColoursThatNeverMeetGiveWayAndSureOnesStay()
    {
        byte[][] set = [.. Enumerable.Range(0, 100).Select(i => Enumerable.Repeat((byte)(1 + (i % 2)), Pixels).ToArray())];
        var logits = new float[Pixels * 2];
        for (int pixel = 0; pixel < Pixels; pixel++) logits[At(0, pixel, pixel % 3 == 0 ? 1 : 0, 2)] = 1f;
        logits[At(0, 5, 1, 2)] = 30f;
        float[] found = Run(logits, [.. Enumerable.Repeat(true, Pixels)], ColourPairs.Count(set, Width, Height, 2), 1f);
        Assert.That(Enumerable.Range(0, Pixels).Where(pixel => found[At(0, pixel, 1, 2)] > found[At(0, pixel, 0, 2)]),
            Is.EqualTo(new[] { 5 }));
    }

    // (N, 4, K, blocks); pixel 0..Blocks - 1 are the first ones of their blocks, and so on.
    private static int At(int sprite, int pixel, int k, int colours) =>
        (((((sprite * 4) + (pixel / Blocks)) * colours) + k) * Blocks) + (pixel % Blocks);

    // The logits and what colours that were chosen by others say.
    private static float[] Agreed(float[] logits, float[] by, bool[] visible, ColourPairs pairs, float strength)
    {
        var agreed = new float[logits.Length];
        for (int sprite = 0; sprite < Sprites; sprite++)
        {
            double[,] gain = Gain(by, visible, sprite, pairs, strength);
            for (int pixel = 0; pixel < Pixels; pixel++)
                for (int k = 0; k < Colours; k++)
                {
                    int at = At(sprite, pixel, k, Colours);
                    agreed[at] = logits[at] + (float)Enumerable.Range(0, Regions.Count)
                        .Sum(part => Regions.Weights[(pixel % Blocks * Regions.Count) + part] * gain[part, k]);
                }
        }
        return agreed;
    }

    // (parts, K): nats, by the upper two pixels of each block.
    private static double[,] Gain(float[] logits, bool[] visible, int sprite, ColourPairs pairs, float strength)
    {
        var count = new double[Regions.Count, Colours];
        for (int pixel = 0; pixel < 2 * Blocks; pixel++)
        {
            if (!visible[(sprite * Pixels) + pixel]) continue;
            int chosen = Enumerable.Range(0, Colours).MaxBy(k => logits[At(sprite, pixel, k, Colours)]);
            for (int part = 0; part < Regions.Count; part++)
                count[part, chosen] += 2 * Regions.Weights[(pixel % Blocks * Regions.Count) + part];
        }
        var gain = new double[Regions.Count, Colours];
        for (int part = 0; part < Regions.Count; part++)
        {
            double all = Enumerable.Range(0, Colours).Sum(j => count[part, j]);
            for (int k = 0; k < Colours; k++)
                gain[part, k] = Math.Clamp(strength * Enumerable.Range(0, Colours).Sum(j =>
                    (10 * count[part, j] / all * pairs.Present[(j * Colours) + k])
                        + (1.5 * Math.Max(0, 1 - (count[part, j] / 6)) * pairs.Missing[(j * Colours) + k])), -12, 12);
        }
        return gain;
    }

    private static float[] Run(float[] logits, bool[] visible, ColourPairs pairs, float strength)
    {
        var g = new OnnxGraph();
        OnnxValue given = g.Input("logits", ElementType.Float, 1, 4, pairs.Colours, Blocks),
            mask = g.Input("mask", ElementType.Float, 1, 4, Height / 2, Width / 2);
        OnnxValue agreed = ColourAgreement.Step(g, pairs, Regions, g.Scale(given, OnnxGraph.FarApart), mask, strength);
        g.Output(g.Scale(agreed, 1f / OnnxGraph.FarApart), "y");
        int sprites = visible.Length / Pixels;
        return OnnxRun.Run(g.ToBytes(), ("logits", tensor(logits).reshape(sprites, 4, pairs.Colours, Blocks)),
            ("mask", tensor([.. visible.Select(one => one ? 1f : -1f)]).reshape(sprites, 4, Height / 2, Width / 2)))["y"]
            .ToArray();
    }
}
