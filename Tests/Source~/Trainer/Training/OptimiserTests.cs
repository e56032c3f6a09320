using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Model;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training;
using static TorchSharp.torch;

namespace VaeContent.Tests.Trainer.Training;

/// <summary>
/// Adam by plain loops of its paper (Kingma &amp; Ba 2015, algorithm 1), clipping, the average, and what is stored.
/// </summary>
public sealed class OptimiserTests
{
    private const double Rate = 0.01, Decay = 0.9;

    [Test]
    public void StepsAreThoseOfThePaper([Values(0.9, 0.5)] double beta1)
    {
        const double beta2 = 0.999;
        using Stack module = Module(1), average = Module(2);
        using var optimiser = new Optimiser(module, average, beta1);
        double[] w = Array.ConvertAll(module.Flat(), x => (double)x), mean = [.. w], m = new double[w.Length],
            v = new double[w.Length];
        Assert.That(average.Flat(), Is.EqualTo(module.Flat()), "the average starts at the weights");
        for (int t = 1; t <= 5; t++)
        {
            Tensor gradient = TinyModels.Normal(10 + t, w.Length);
            optimiser.Gradient.copy_(gradient);
            optimiser.Step(Rate, Decay);
            for (int i = 0; i < w.Length; i++)
            {
                double g = gradient[i].item<float>();
                m[i] = (beta1 * m[i]) + ((1 - beta1) * g);
                v[i] = (beta2 * v[i]) + ((1 - beta2) * g * g);
                w[i] -= Rate * (m[i] / (1 - Math.Pow(beta1, t))) / (Math.Sqrt(v[i] / (1 - Math.Pow(beta2, t))) + 1e-8);
                mean[i] = (Decay * mean[i]) + ((1 - Decay) * w[i]);
            }
        }
        Assert.That(module.Flat(), Is.EqualTo(w).Within(1e-6));
        Assert.That(average.Flat(), Is.EqualTo(mean).Within(1e-6));
    }

    [Test]
    public void BackwardFillsOneVectorInTheOrderOfTheWeights()
    {
        using Stack module = Module(1);
        using var optimiser = new Optimiser(module, null);
        for (int round = 0; round < 2; round++)
        {
            optimiser.ZeroGradient();
            foreach (var (parameter, i) in module.parameters().Select((parameter, i) => (parameter, i)))
                parameter.mul(i + 1f).sum().backward();
            Assert.That(optimiser.Gradient.ToArray(), Is.EqualTo(module.parameters()
                .SelectMany((parameter, i) => Enumerable.Repeat(i + 1f, (int)parameter.numel()))));
        }
    }

    [TestCase(2f)]
    [TestCase(1e6f)]
    public void ALongGradientIsShortened(float longest)
    {
        using Stack module = Module(1);
        using var optimiser = new Optimiser(module, null);
        Tensor gradient = TinyModels.Normal(3, optimiser.Gradient.shape);
        double norm = Math.Sqrt(gradient.Doubles().Sum(x => x * x));
        optimiser.Gradient.copy_(gradient);
        Assert.That(optimiser.Clip(longest), Is.EqualTo(norm).Within(1e-4));
        Assert.That(optimiser.Gradient.Doubles(), Is.EqualTo(gradient.Doubles().Select(x => x * Math.Min(1, longest / norm)))
            .Within(1e-5));
    }

    [Test]
    public void WhatIsWrittenGoesOnBitForBit([Values] bool keepsAverage)
    {
        LibTorch.UseThreads(1);
        using Stack first = Module(1), firstAverage = Module(2), second = Module(3), secondAverage = Module(4);
        using Optimiser straight = new(first, firstAverage), read = new(second, keepsAverage ? secondAverage : null);
        Steps(straight, 1, 3);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        straight.Write(writer);
        writer.Flush();
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        read.Read(reader);
        Assert.That(stream.Position, Is.EqualTo(stream.Length));
        Steps(straight, 4, 6);
        Steps(read, 4, 6);
        Assert.That(second.Flat(), Is.EqualTo(first.Flat()));
        if (keepsAverage) Assert.That(secondAverage.Flat(), Is.EqualTo(firstAverage.Flat()));
    }

    [Test]
    public void WeightsStartAsSeededNormalsOfTheirFanIn()
    {
        using var spec = new VaeModel(new ModelSpec
        {
            Architecture = Architecture.Mlp,
            Likelihood = Likelihood.Mse,
            Widths = [200],
            Width = 16,
            Height = 16,
            Latent = 8
        }, seed: 7);
        TorchSharp.Modules.Parameter[] encoder = [.. spec.Encoder.parameters()];
        Assert.That(encoder[0].shape, Is.EqualTo(new long[] { 200, 1024 }));
        Assert.That(encoder[0].mean().item<float>(), Is.Zero.Within(5 * Math.Sqrt(1.6 / 1024 / 204_800)));
        Assert.That(encoder[0].std().item<float>(), Is.EqualTo(Math.Sqrt(1.6 / 1024)).Within(1).Percent);
        Assert.That(encoder[1].ToArray(), Is.All.Zero);
        using VaeModel same = new(spec.Spec, seed: 7), other = new(spec.Spec, seed: 8);
        Assert.That(same.Fingerprint(), Is.EqualTo(spec.Fingerprint()));
        Assert.That(other.Fingerprint(), Is.Not.EqualTo(spec.Fingerprint()));
        // Drawn by the Runtime's sampler, input by input: the same on every machine.
        Assert.That(encoder[0][3, 0].item<float>(), Is.EqualTo(new Sampler(7, 0).Normal(3) * MathF.Sqrt(1.6f / 1024)));
    }

    private static Stack Module(long seed)
    {
        var init = new WeightInit(seed);
        return TinyModels.Shaken(new Stack("m", [new Dense("a", 3, 4, init), new Convolution("b", 2, 3, 3, 1, init)]));
    }

    private static void Steps(Optimiser optimiser, int from, int to)
    {
        for (int t = from; t <= to; t++)
        {
            optimiser.Gradient.copy_(TinyModels.Normal(t, optimiser.Gradient.shape));
            optimiser.Step(Rate, Decay);
        }
    }
}
