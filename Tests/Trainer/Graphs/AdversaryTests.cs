using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Reference;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Models;

namespace VaeContent.Tests.Trainer.Graphs;

/// <summary>The discriminator beside a model: its two losses by their formulas, and their gradients by differences.</summary>
public sealed class AdversaryTests
{
    private const int Batch = 3;

    private static readonly Dictionary<string, ModelSpec> Models = new()
    {
        ["conv + mse"] = Conv with { Likelihood = Likelihood.Mse },
        ["conv + sigma, soft alpha"] = Conv with { Likelihood = Likelihood.Sigma, SoftAlpha = true },
        ["mlp + bernoulli, grey"] = Conv with { Architecture = Architecture.Mlp, Widths = [7, 5], Likelihood = Likelihood.Bernoulli, Grey = true },
        ["conv + palette, odd sides"] = Conv with { Likelihood = Likelihood.Palette, Colours = 5, Width = 11, Height = 9 },
        ["conv + mix, conditional"] = Conv with { Likelihood = Likelihood.Mix, Colours = 5, ConditionLabels = 2 },
    };

    private static readonly Rgba32[] Colours = [default, new(255, 0, 0), new(0, 200, 40), new(10, 20, 200), new(250, 250, 250)];

    private static IEnumerable<string> Names => Models.Keys;

    private static ModelSpec Conv => new() { Widths = [3, 4], Hidden = 6, DecoderHidden = 5, Latent = 3, PixelFeatures = 4, Width = 12, Height = 10, Activation = Activation.Tanh };

    [Test]
    public void ItsGradientsAreRight([ValueSource(nameof(Names))] string name)
    {
        var (vae, graph, trial) = Make(name);
        Graph g = vae.Graph;
        AdversaryGraph adversary = graph.Adversary!;
        int model = adversary.ModelWeights, pull = graph.AdversarialGradient!.Count;
        Value whole = graph.Gradient, decoder = graph.AdversarialGradient;
        Tensor[] exact = trial.ByInterpreter(whole, decoder, adversary.Discriminator, adversary.Generator), onnx = trial.ByOnnxRuntime(whole, decoder, adversary.Discriminator, adversary.Generator);
        Assert.That(pull, Is.EqualTo(g.Parameters.Where(parameter => parameter.Value.Name.StartsWith("decoder", StringComparison.Ordinal)).Sum(parameter => parameter.Value.Count)), "of the decoder alone");
        Check(adversary.Discriminator, exact[0].Data[model..], model, "the discriminator's");
        Check(adversary.Generator, exact[1].Data, model - pull, "the decoder's");
        Check(vae.Loss, exact[0].Data[..model], 0, "the model's own");
        for (int i = 0; i < exact.Length; i++) Assert.That(Trial.RelativeError(onnx[i].Data, exact[i].Data), Is.LessThan(1e-4), $"ONNX Runtime, output {i}");

        // Along a random direction of some of the weights, small enough to stay off the kinks.
        void Check(Value loss, double[] gradient, int first, string whose)
        {
            double[] direction = [.. Enumerable.Range(0, gradient.Length).Select(i => (double)new Sampler(9).Normal(i))];
            double At(double step)
            {
                double[] weights = [.. trial.Weights];
                for (int i = 0; i < direction.Length; i++) weights[first + i] += step * direction[i];
                return Interpreter.Run(g, weights, trial.Feeds, loss)[0].Data[0];
            }
            double along = gradient.Zip(direction, (a, b) => a * b).Sum(), difference = (At(1e-6) - At(-1e-6)) / 2e-6;
            Assert.That(Math.Abs(along), Is.GreaterThan(1e-6), whose);
            Assert.That(along, Is.EqualTo(difference).Within(1e-5 * Math.Max(Math.Abs(difference), 0.01 * Math.Sqrt(gradient.Sum(x => x * x)))), whose);
        }
    }

    // With no weights but its last bias, every score is that bias: hinge and sum over the batch can be read off.
    [TestCase(0.0, 2.0)]
    [TestCase(0.5, 2.0)]
    [TestCase(3.0, 4.0)]
    [TestCase(-3.0, 4.0)]
    public void TheLossesAreHingeAndScore(double score, double hinge)
    {
        var (_, graph, trial) = Make("conv + mse");
        double[] weights = [.. trial.Weights];
        Array.Clear(weights, graph.Adversary!.ModelWeights, weights.Length - graph.Adversary.ModelWeights);
        weights[^1] = score;
        Tensor[] found = Interpreter.Run(graph.Graph, weights, trial.Feeds, graph.Adversary.Discriminator, graph.Adversary.Generator);
        Assert.That(found[0].Data[0], Is.EqualTo(hinge * Batch).Within(1e-6));
        Assert.That(found[1].Data[0], Is.EqualTo(-score * Batch).Within(1e-6));
    }

    [Test]
    public void APalettesPictureIsTheExpectedColour()
    {
        var (vae, graph, trial) = Make("conv + palette, odd sides");
        PaletteHead head = vae.Head!;
        Value scores = head.Colours(vae.Graph, head.Features);
        Tensor[] found = trial.ByInterpreter(graph.Adversary!.Picture, scores, head.Visibility);
        (int width, int height) = (vae.Spec.Width, vae.Spec.Height);
        int rows = (height + 1) / 2, columns = (width + 1) / 2;
        foreach (var (b, x, y) in new[] { (0, 0, 0), (1, 10, 3), (2, 5, 8) })
        {
            int row = (4 * ((((b * rows) + (y / 2)) * columns) + (x / 2))) + (2 * (y % 2)) + (x % 2);
            double visible = 1 / (1 + Math.Exp(-found[2].Data[row]));
            double[] p = [.. Enumerable.Range(0, 4).Select(k => Math.Exp(found[1].Data[(row * 4) + k]))];
            double green = Enumerable.Range(0, 4).Sum(k => p[k] / p.Sum() * Colours[k + 1].G / 255f) * visible;
            double At(int c) => found[0].Data[(((((b * 4) + c) * height) + y) * width) + x];
            Assert.That(At(1), Is.EqualTo(green).Within(1e-6));
            Assert.That(At(3), Is.EqualTo(visible).Within(1e-6));
        }
    }

    // What is covered in both cannot tell one from the other.
    [Test]
    public void WhatIsCoveredIsNotSeen()
    {
        var (vae, graph, trial) = Make("conv + mse");
        AdversaryGraph adversary = graph.Adversary!;
        var blind = new Dictionary<Value, double[]>(trial.Feeds) { [adversary.Kept] = new double[adversary.Kept.Count] };
        double Loss(Dictionary<Value, double[]> feeds) => Interpreter.Run(vae.Graph, trial.Weights, feeds, adversary.Discriminator)[0].Data[0];
        double before = Loss(blind);
        blind[vae.Sprites] = new double[vae.Sprites.Count];
        Assert.That(Loss(blind), Is.EqualTo(before));
        Assert.That(Loss(new(trial.Feeds) { [vae.Sprites] = blind[vae.Sprites] }), Is.Not.EqualTo(Loss(new(trial.Feeds))));
    }

    private static (VaeGraph Vae, TrainingGraph Graph, Trial Trial) Make(string name)
    {
        ModelSpec spec = Models[name];
        var vae = new VaeGraph(spec, Batch, new Objective { Colours = spec.Likelihood == Likelihood.Mix ? Colours : null });
        var graph = new TrainingGraph(vae, gradientClip: 500f, new AdversaryGraph(vae, [4, 5], Colours));
        AdversaryGraph adversary = graph.Adversary!;
        Trial trial = VaeTrial.Of(vae, VaeTrial.Weights(vae.Graph));
        var moved = new long[adversary.Moved.Count];
        var kept = new float[moved.Length];
        DifferentiableAugmentation.Fill(moved, kept, spec.Width, spec.Height, flip: true, seed: 4, stream: 0);
        trial.Feed(adversary.Moved, Array.ConvertAll(moved, x => (double)x));
        trial.Feed(adversary.Kept, Array.ConvertAll(kept, x => (double)x));
        return (vae, graph, trial);
    }
}
