using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Reference;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Models;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Training;

/// <summary>What weights meet, against the interpreter of the same graph.</summary>
public sealed class InputMomentsTests
{
    private static readonly OrtEngine Engine = new(threads: 1);

    [Test]
    public void ADecodersWeightsMeetWhatTheInterpreterComputes()
    {
        ModelSpec spec = VaeTrial.Specs["conv + palette, conditional"] with { Widths = [16, 12, 16], Latent = 5 };
        var vae = new VaeGraph(spec, batch: 2);
        float[] weights = VaeTrial.Weights(vae.Graph), means = [.. Enumerable.Range(0, 10).Select(i => new Sampler(3).Normal(i))];
        int[] labels = [2, 0];
        Dictionary<string, double[]> found = InputMoments.OfDecoder(spec, weights, new Posteriors(5, means, new float[10]), labels, Engine);
        Assert.That(found.Keys, Is.SupersetOf(new[] { "decoder.features.w", "decoder.3.up.w" }).And.All.StartsWith("decoder."));

        // The two sprites alternate by halves of the samples, so that both weigh the same.
        var feeds = new Dictionary<Value, double[]>
        {
            [vae.Z] = Array.ConvertAll(means, x => (double)x),
            [vae.Label!] = [0, 0, 1, 1, 0, 0],
        };
        Node up = vae.Graph.Nodes.Single(node => node.OpType == "ConvTranspose" && node.Inputs[1].Name == "decoder.3.up.w");
        Tensor map = Interpreter.Run(vae.Graph, Array.ConvertAll(weights, w => (double)w), feeds, up.Inputs[0])[0];
        int width = map.Shape[1];
        double At(int i, int j)
        {
            double sum = 0;
            for (int b = 0; b < 2; b++)
                for (int y = 0; y < map.Shape[2]; y++)
                    for (int x = 0; x < map.Shape[3]; x++) sum += map.At(b, i, y, x) * map.At(b, j, y, x);
            return sum;
        }
        double[] sums = found["decoder.3.up.w"];
        double all = Enumerable.Range(0, width).Sum(i => At(i, i)), foundAll = Enumerable.Range(0, width).Sum(i => sums[i * (width + 1)]);
        for (int i = 0; i < width; i++)
            for (int j = 0; j < width; j++) Assert.That(sums[(i * width) + j] / foundAll, Is.EqualTo(At(i, j) / all).Within(1e-5), $"inputs {i} and {j}");
    }

    [Test]
    public void APriorsWeightsMeetAllOfItsSteps()
    {
        var spec = new FlowSpec(6, 2, 16, 2, 3);
        var g = new Graph();
        int count = new FlowGraph(g, spec).Graph.ParameterCount;
        var flow = new FlowPrior(spec, [.. Enumerable.Range(0, count).Select(i => 0.2f * new Sampler(4).Normal(i))], new float[6], [1, 1, 1, 1, 1, 1]);
        Dictionary<string, double[]> found = InputMoments.OfPrior(flow, [0, 1, -1], Engine);
        Assert.That(found.Keys, Is.EquivalentTo(new[] { "prior.0.w", "prior.1.w" }), "of the large ones, but those that meet noise or constants");
        Assert.That(found.Values, Has.All.Length.EqualTo(16 * 16));
        foreach (double[] sums in found.Values)
        {
            for (int i = 0; i < 16; i++)
            {
                Assert.That(sums[i * 17], Is.GreaterThan(0));
                for (int j = 0; j < i; j++) Assert.That(sums[(i * 16) + j], Is.EqualTo(sums[(j * 16) + i]));
            }
        }
    }
}
