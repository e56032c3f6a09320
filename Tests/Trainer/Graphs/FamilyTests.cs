using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Reference;
using VaeContent.Trainer;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Models;

namespace VaeContent.Tests.Trainer.Graphs;

/// <summary>Every objective of the family: its gradient by differences, and its value by plain loops.</summary>
public sealed class FamilyTests
{
    private const int Batch = 3;

    private static readonly Rgba32[] Colours = [default, new(255, 0, 0), new(0, 200, 40), new(10, 20, 200), new(250, 250, 250)];

    private static readonly Dictionary<string, (ModelSpec Spec, Objective Objective)> Members = new()
    {
        ["beta-TC"] = (Conv with { Regulariser = Regulariser.Tc, Likelihood = Likelihood.Bernoulli }, new()),
        ["maximum mean discrepancy"] = (Conv with { Regulariser = Regulariser.Mmd, Likelihood = Likelihood.Mse }, new()),
        ["plain autoencoder"] = (Mlp with { Regulariser = Regulariser.None, Likelihood = Likelihood.Bernoulli }, new()),
        ["capacity"] = (Mlp with { Likelihood = Likelihood.Bernoulli }, new() { HasCapacity = true }),
        ["importance-weighted, bernoulli"] = (Mlp with { Likelihood = Likelihood.Bernoulli, Grey = true }, new() { Samples = 4 }),
        ["importance-weighted, mse, conditional"] = (Conv with { Likelihood = Likelihood.Mse, ConditionLabels = 2 }, new() { Samples = 3 }),
        ["denoising"] = (Mlp with { Likelihood = Likelihood.Sigma, Grey = true }, new() { Denoises = true }),
        ["denoising palette"] = (Conv with { Likelihood = Likelihood.Palette, Colours = 5 }, new() { Denoises = true }),
        ["mix"] = (Conv with { Likelihood = Likelihood.Mix, Colours = 5 }, new() { Colours = Colours }),
        ["Keras layout"] = (Conv with { Likelihood = Likelihood.Bernoulli, Grey = true, Kernel = 3, Widths = [3, 4] }, new()),
        ["labels of two columns"] = (Mlp with { Likelihood = Likelihood.Bernoulli, ConditionLabels = 3, LabelColumns = [[0, 0], [0, 1], [1, 0]] }, new()),
    };

    private static IEnumerable<string> Names => Members.Keys;

    private static ModelSpec Conv => new() { Widths = [3, 4], Hidden = 6, DecoderHidden = 5, Latent = 3, PixelFeatures = 4, Width = 12, Height = 10, Activation = Activation.Tanh };

    private static ModelSpec Mlp => Conv with { Architecture = Architecture.Mlp, Widths = [7, 5], Latent = 4 };

    [Test]
    public void TheGradientIsRight([ValueSource(nameof(Names))] string name)
    {
        var (vae, trial) = Make(name);
        Graph g = vae.Graph;
        Value gradient = g.Concat(0, [.. Gradients.Of(g, vae.Loss, g.Parameters).Select(part => g.Reshape(part, part.Count))]);
        Tensor[] exact = trial.ByInterpreter(gradient, vae.Loss), onnx = trial.ByOnnxRuntime(gradient, vae.Loss);
        double[] direction = [.. Enumerable.Range(0, trial.Weights.Length).Select(i => (double)new Sampler(9).Normal(i))];
        double LossAt(double step) => Interpreter.Run(g, [.. trial.Weights.Zip(direction, (w, d) => w + (step * d))], trial.Feeds, vae.Loss)[0].Data[0];
        double along = exact[0].Data.Zip(direction, (a, b) => a * b).Sum(), difference = (LossAt(1e-6) - LossAt(-1e-6)) / 2e-6;
        Assert.That(along, Is.EqualTo(difference).Within(1e-5 * Math.Max(Math.Abs(difference), 0.01 * Math.Sqrt(exact[0].Data.Sum(x => x * x)))));
        Assert.That(Trial.RelativeError(onnx[0].Data, exact[0].Data), Is.LessThan(1e-4), "ONNX Runtime's gradient");
        Assert.That(Trial.RelativeError(onnx[1].Data, exact[1].Data), Is.LessThan(1e-5), "ONNX Runtime's loss");
    }

    // KL(q(z) || prod q(z_d)) over the batch's posteriors.
    [Test]
    public void TotalCorrelationIsThatOfTheBatch()
    {
        var (vae, trial) = Make("beta-TC");
        Tensor[] found = trial.ByInterpreter(vae.Loss, vae.Reconstruction, vae.Kl, vae.Mu, vae.LogVar, vae.Z);
        int z = vae.Spec.Latent;
        double Log(int i, int j, int d) => -0.5 * (found[4].Data[(j * z) + d] + Math.Pow(found[5].Data[(i * z) + d] - found[3].Data[(j * z) + d], 2) / Math.Exp(found[4].Data[(j * z) + d]));
        double Mean(Func<int, double> log) => Math.Log(Enumerable.Range(0, Batch).Average(j => Math.Exp(log(j))));
        double expected = Enumerable.Range(0, Batch).Sum(i =>
            Mean(j => Enumerable.Range(0, z).Sum(d => Log(i, j, d))) - Enumerable.Range(0, z).Sum(d => Mean(j => Log(i, j, d))));
        double loss = found[0].Data[0] - found[1].Data[0];
        Assert.That(loss, Is.EqualTo(0.7f * (found[2].Data[0] + (5 * expected))).Within(1e-5), "beta (KL + 5 TC)");
    }

    [Test]
    public void DiscrepancyIsThatOfAllPairs()
    {
        var (vae, trial) = Make("maximum mean discrepancy");
        Tensor[] found = trial.ByInterpreter(vae.Loss, vae.Reconstruction, vae.Z);
        int z = vae.Spec.Latent;
        double[] latents = found[2].Data, draws = trial.Feeds[vae.Draws!];
        double Kernel(double[] x, int i, double[] y, int j)
        {
            double distance = Enumerable.Range(0, z).Sum(d => Math.Pow(x[(i * z) + d] - y[(j * z) + d], 2));
            return new[] { 0.1, 0.2, 0.5, 1, 2, 5, 10 }.Sum(s => 2 * z * s / ((2 * z * s) + distance));
        }
        double sum = 0;
        for (int i = 0; i < Batch; i++)
        {
            for (int j = 0; j < Batch; j++)
            {
                if (i != j) sum += (Kernel(latents, i, latents, j) + Kernel(draws, i, draws, j)) / (Batch * (Batch - 1));
                sum -= 2 * Kernel(latents, i, draws, j) / (Batch * Batch);
            }
        }
        Assert.That(found[0].Data[0] - found[1].Data[0], Is.EqualTo(0.7f * Batch * 100 * sum).Within(1e-4));
    }

    [Test]
    public void APlainAutoencoderHasNoNoise()
    {
        var (vae, trial) = Make("plain autoencoder");
        Tensor[] found = trial.ByInterpreter(vae.Z, vae.Mu, vae.Loss, vae.Reconstruction, vae.LogVar);
        Assert.That(found[0].Data, Is.EqualTo(found[1].Data));
        Assert.That(found[2].Data, Is.EqualTo(found[3].Data), "nothing pulls");
        Assert.That(found[4].Data, Is.All.EqualTo(-10.0));
    }

    [Test]
    public void CapacityIsWhatTheKlIsPulledTowards()
    {
        var (vae, trial) = Make("capacity");
        Tensor[] found = trial.ByInterpreter(vae.Loss, vae.Reconstruction, vae.Kl);
        Assert.That(found[0].Data[0] - found[1].Data[0], Is.EqualTo(0.7f * Math.Abs(found[2].Data[0] - (3.5 * Batch))).Within(1e-5));
    }

    // Burda et al. 2016, eq. 8, from the parts.
    [Test]
    public void TheImportanceWeightedBoundIsALogOfAMean([Values("importance-weighted, bernoulli", "importance-weighted, mse, conditional")] string name)
    {
        var (vae, trial) = Make(name);
        Tensor[] found = trial.ByInterpreter(vae.Loss, vae.Each!, vae.Z, vae.LogVar, vae.Reconstruction);
        int z = vae.Spec.Latent, k = Members[name].Objective.Samples;
        double[] noise = trial.Feeds[vae.Noise];
        double LogWeight(int i, int s)
        {
            int row = (i * k) + s;
            double ratio = Enumerable.Range(0, z).Sum(d => 0.5 * (Math.Pow(noise[(row * z) + d], 2) + found[3].Data[(i * z) + d] - Math.Pow(found[2].Data[(row * z) + d], 2)));
            return (0.7f * ratio) - found[1].Data[row];
        }
        double expected = -Enumerable.Range(0, Batch).Sum(i =>
        {
            double[] logs = [.. Enumerable.Range(0, k).Select(s => LogWeight(i, s))];
            return logs.Max() + Math.Log(logs.Average(log => Math.Exp(log - logs.Max())));
        });
        Assert.That(found[0].Data[0], Is.EqualTo(expected).Within(1e-4));
        Assert.That(found[4].Data[0], Is.EqualTo(found[1].Data.Sum() / k).Within(1e-3), "what is reported");
    }

    [Test]
    public void LossesOfSpritesAddUpToThatOfTheBatch([ValueSource(typeof(VaeTrial), nameof(VaeTrial.Names))] string name)
    {
        var vae = new VaeGraph(VaeTrial.Specs[name] with { Width = 14, Height = 11 }, Batch, new Objective { PerSprite = true });
        Tensor[] found = VaeTrial.Of(vae, VaeTrial.Weights(vae.Graph)).ByInterpreter(vae.Each!, vae.Reconstruction);
        Assert.That(found[0].Data, Has.Length.EqualTo(Batch));
        Assert.That(found[0].Data.Sum(), Is.EqualTo(found[1].Data[0]).Within(0.01).Percent);
    }

    // What the decoder is judged by is the clean sprite: the corrupted one changes what is encoded only.
    [Test]
    public void ADenoiserIsJudgedByTheCleanSprite()
    {
        var (vae, trial) = Make("denoising");
        var swapped = trial.Feeds.ToDictionary(pair => pair.Key, pair => pair.Value);
        (swapped[vae.Sprites], swapped[vae.Clean!]) = (swapped[vae.Clean!], swapped[vae.Sprites]);
        double[] Mu(Dictionary<Value, double[]> feeds) => Interpreter.Run(vae.Graph, trial.Weights, feeds, vae.Mu)[0].Data;
        var onlyTarget = trial.Feeds.ToDictionary(pair => pair.Key, pair => pair.Key == vae.Clean ? swapped[pair.Key] : pair.Value);
        Assert.That(Mu(onlyTarget), Is.EqualTo(trial.ByInterpreter(vae.Mu)[0].Data), "the target is not seen");
        Assert.That(Interpreter.Run(vae.Graph, trial.Weights, onlyTarget, vae.Reconstruction)[0].Data, Is.Not.EqualTo(trial.ByInterpreter(vae.Reconstruction)[0].Data));
        Assert.That(Mu(swapped), Is.Not.EqualTo(trial.ByInterpreter(vae.Mu)[0].Data));
    }

    [TestCase(Likelihood.Sigma, Regulariser.Kl)]
    [TestCase(Likelihood.Bernoulli, Regulariser.Mmd)]
    public void WhatCannotBeWeightedIsRefused(Likelihood likelihood, Regulariser regulariser) =>
        Assert.That(Assert.Throws<UserError>(() => _ = new VaeGraph(Mlp with { Likelihood = likelihood, Regulariser = regulariser }, Batch, new Objective { Samples = 5 }))!.Message,
            Does.Contain("training.samples=5"));

    // Chollet's tutorial states the weights of both networks.
    [Test]
    public void TheKerasNetworksHaveTheirWeights()
    {
        var vae = new VaeGraph(new ModelSpec
        {
            Grey = true,
            Kernel = 3,
            Width = 28,
            Height = 28,
            Widths = [32, 64],
            Hidden = 16,
            DecoderHidden = 0,
            Latent = 2,
            Likelihood = Likelihood.Bernoulli,
        }, batch: 2);
        Assert.That(Weights(vae, "encoder"), Is.EqualTo(69_076));
        Assert.That(Weights(vae, "decoder"), Is.EqualTo(65_089));
    }

    [Test]
    public void TheTutorialsLayersHaveTheirWeights()
    {
        var vae = new VaeGraph(new ModelSpec { Architecture = Architecture.Mlp, Grey = true, Width = 28, Height = 28, Widths = [256, 128], Latent = 2, Likelihood = Likelihood.Bernoulli }, batch: 2);
        Assert.That(Weights(vae, "encoder"), Is.EqualTo((785 * 256) + (257 * 128) + (129 * 4)));
        Assert.That(Weights(vae, "decoder"), Is.EqualTo((3 * 128) + (129 * 256) + (257 * 784)));
    }

    [Test]
    public void ThePixelsOfAGreyModelAreOpaqueAndGrey()
    {
        var (vae, trial) = Make("Keras layout");
        byte[] pixels = Array.ConvertAll(trial.ByOnnxRuntime(vae.Pixels)[0].Data, value => (byte)value);
        for (int i = 0; i < pixels.Length; i += 4)
            Assert.That((pixels[i + 1], pixels[i + 2], pixels[i + 3]), Is.EqualTo((pixels[i], pixels[i], (byte)255)));
        Assert.That(pixels.Distinct().Count(), Is.GreaterThan(3));
    }

    private static int Weights(VaeGraph vae, string part) =>
        vae.Graph.Parameters.Where(parameter => parameter.Value.Name.StartsWith(part, StringComparison.Ordinal)).Sum(parameter => parameter.Value.Count);

    private static (VaeGraph Vae, Trial Trial) Make(string name)
    {
        var (spec, objective) = Members[name];
        var vae = new VaeGraph(spec, Batch, objective);
        return (vae, VaeTrial.Of(vae, VaeTrial.Weights(vae.Graph)));
    }
}
