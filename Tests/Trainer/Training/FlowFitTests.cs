using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Reference;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Models;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Training;

public sealed class FlowFitTests
{
    private const int Sprites = 200, Batch = 256;
    private static readonly FlowSpec Spec = new(Latent: 2, Labels: 2, Width: 48, Depth: 2, Steps: 10);

    // Label 0 lies around (5, 1), label 1 around (1, -3), each 0.2 wide: neither is where noise starts.
    [Test]
    public void SamplesLieWhereTheirLabelDoes()
    {
        var (posteriors, set) = TwoClusters();
        TrainingState state = FlowFit.Train(new OrtEngine(1), Spec, posteriors, set, seed: 1, steps: 600, seconds: 0);
        for (int label = 0; label < 2; label++)
        {
            float[] z = Sample(state.Average, posteriors, label);
            double[] centre = label == 0 ? [5, 1] : [1, -3];
            for (int d = 0; d < 2; d++)
            {
                double[] along = [.. Enumerable.Range(0, Batch).Select(i => (double)z[(i * 2) + d])];
                double mean = along.Average(), deviation = Math.Sqrt(along.Average(value => (value - mean) * (value - mean)));
                TestContext.Out.WriteLine($"label {label}, dimension {d}: {mean:F3} +- {deviation:F3}");
                Assert.That(mean, Is.EqualTo(centre[d]).Within(0.15));
                Assert.That(deviation, Is.InRange(0.1, 0.4));
            }
        }
    }

    [Test]
    public void TheSameSeedGivesTheSameWeights()
    {
        var (posteriors, set) = TwoClusters();
        float[] Weights(long seed) => FlowFit.Train(new OrtEngine(1), Spec, posteriors, set, seed, steps: 20, seconds: 0).Average;
        float[] first = Weights(4), again = Weights(4);
        Assert.That(again, Is.EqualTo(first));
        Assert.That(Weights(5), Is.Not.EqualTo(first));
    }

    // Where the velocity does not depend on place, the method is exact: noise + v, whatever the number of steps.
    [Test]
    public void AConstantVelocityIsFollowedExactly()
    {
        var g = new Graph();
        var flow = new FlowGraph(g, new FlowSpec(Latent: 2, Labels: 0, Width: 4, Depth: 1, Steps: 7));
        Value noise = g.Input("noise", ElementType.Float, 3, 2);
        Value z = flow.Sample(noise, null, mean: [10, 20], deviation: [2, 3]);
        var weights = new double[g.Parameters.Sum(parameter => parameter.Value.Count)];
        Parameter time = g.Parameters.Single(parameter => parameter.Value.Name.EndsWith("time", StringComparison.Ordinal));
        for (int unit = 0; unit < 4; unit++) weights[time.Offset + unit] = 3; // the first feature is cos 0 = 1, so h = silu(3)
        Parameter leaving = g.Parameters.Single(parameter => parameter.Value.Name.Contains("out", StringComparison.Ordinal));
        (weights[leaving.Offset], weights[leaving.Offset + 1]) = (1, -1);
        double h = 3 / (1 + Math.Exp(-3));
        double[] start = [0, 0, 1, -1, 0.5, 2];
        Tensor found = Interpreter.Run(g, weights, new System.Collections.Generic.Dictionary<Value, double[]> { [noise] = start }, z)[0];
        for (int i = 0; i < start.Length; i++)
        {
            double expected = i % 2 == 0 ? 10 + (2 * (start[i] + h)) : 20 + (3 * (start[i] - h));
            Assert.That(found.Data[i], Is.EqualTo(expected).Within(1e-4));
        }
    }

    private static (Posteriors, SpriteSet) TwoClusters()
    {
        var normals = new Sampler(3);
        var mu = new float[2 * Sprites];
        for (int i = 0; i < Sprites; i++)
        {
            (mu[2 * i], mu[(2 * i) + 1]) = i % 2 == 0 ? (5f, 1f) : (1f, -3f);
            for (int d = 0; d < 2; d++) mu[(2 * i) + d] += 0.15f * normals.Normal((2 * i) + d);
        }
        float[] logVar = [.. Enumerable.Repeat(2 * MathF.Log(0.13f), 2 * Sprites)];
        Sprite[] sprites = [.. Enumerable.Range(0, Sprites).Select(i => new Sprite($"{i}.png", [new Rgba32((byte)i, 1, 1)]) { Label = i % 2 })];
        return (new Posteriors(2, mu, logVar), new SpriteSet(1, 1, sprites, ["right", "low"]));
    }

    private static float[] Sample(float[] weights, Posteriors posteriors, int label)
    {
        var g = new Graph();
        Value noise = g.Input("noise", ElementType.Float, Batch, 2), asked = g.Input("label", ElementType.Float, Batch, 2);
        var (mean, deviation) = posteriors.Moments();
        Value z = new FlowGraph(g, Spec).Sample(noise, asked, mean, deviation);
        using IInference inference = new OrtEngine(1).Infer(g, weights, [noise, asked], [z]);
        var normals = new Sampler(8);
        for (int i = 0; i < Batch; i++)
        {
            for (int d = 0; d < 2; d++) inference.Input<float>(noise)[(2 * i) + d] = normals.Normal((2 * i) + d);
            inference.Input<float>(asked)[(2 * i) + label] = 1;
        }
        inference.Run();
        return inference.Output<float>(z).ToArray();
    }
}
