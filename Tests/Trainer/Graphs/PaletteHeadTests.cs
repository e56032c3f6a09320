using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Reference;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Models;

namespace VaeContent.Tests.Trainer.Graphs;

/// <summary>What ships, a plane for each number, against what is trained, a row for each pixel.</summary>
public sealed class PaletteHeadTests
{
    private const int Batch = 3;

    [Test]
    public void WhatShipsIsTheLikeliestColourOfWhatIsTrained(
        [Values("conv + palette", "conv + palette, conditional")] string model, [Values(24, 21)] int side, [Values(0f, 0.7f)] float grain)
    {
        ModelSpec spec = VaeTrial.Specs[model] with { Width = side, Height = 24 };
        var vae = new VaeGraph(spec, Batch, output: new PixelOutput(HardAlpha: true, Grain: grain));
        PaletteHead head = vae.Head!;
        int rows = (spec.Height + 1) / 2, columns = (spec.Width + 1) / 2, colours = spec.Colours - 1;
        Value noise = Grain.Pattern(vae.Graph, rows, columns, colours, grain);
        Tensor[] found = VaeTrial.Of(vae, Array.ConvertAll(VaeTrial.Weights(vae.Graph), w => 2f * w))
            .ByInterpreter(vae.Pixels, head.Colours(vae.Graph, head.Features), head.Visibility, noise);

        int visible = 0;
        for (int i = 0; i < Batch * spec.Height * spec.Width; i++)
        {
            int b = i / (spec.Height * spec.Width), y = i / spec.Width % spec.Height, x = i % spec.Width;
            int block = (y / 2 * columns) + (x / 2), pixel = (2 * (y % 2)) + (x % 2), row = (4 * ((b * rows * columns) + block)) + pixel;
            double[] scores = [.. Enumerable.Range(0, colours).Select(k => found[1].At(row, k) + found[3].At((pixel * colours) + k, 0, block))];
            int expected = found[2].Data[row] >= 0 ? 1 + Array.IndexOf(scores, scores.Max()) : 0;
            Assert.That(found[0].Data[i], Is.EqualTo(expected), $"sprite {b}, ({x}, {y})");
            if (expected > 0) visible++;
        }
        Assert.That(visible, Is.InRange(found[0].Data.Length / 10, found[0].Data.Length * 9 / 10), "visible pixels, of all");
        Assert.That(found[0].Data.Distinct().Count(), Is.GreaterThan(3), "colours used");
    }
}
