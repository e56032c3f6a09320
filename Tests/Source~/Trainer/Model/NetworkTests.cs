using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using TorchSharp;
using VaeContent.Tests.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training;
using static TorchSharp.torch;

namespace VaeContent.Tests.Trainer.Model;

/// <summary>The sizes of whole networks, and the prior's as it ships.</summary>
public sealed class NetworkTests
{
    private const int Batch = 6;

    // Chollet's tutorial states the weights of both networks.
    [Test]
    public void TheKerasNetworksHaveTheirWeights()
    {
        using var vae = new VaeModel(new ModelSpec
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
        });
        Assert.That((vae.Encoder.Flat().Length, vae.Decoder.Flat().Length), Is.EqualTo((69_076, 65_089)));
    }

    [Test]
    public void TheTutorialsLayersHaveTheirWeights()
    {
        using var vae = new VaeModel(new ModelSpec
        {
            Architecture = Architecture.Mlp,
            Grey = true,
            Width = 28,
            Height = 28,
            Widths = [256, 128],
            Latent = 2,
            Likelihood = Likelihood.Bernoulli
        });
        Assert.That(vae.Encoder.Flat(), Has.Length.EqualTo((785 * 256) + (257 * 128) + (129 * 4)));
        Assert.That(vae.Decoder.Flat(), Has.Length.EqualTo((3 * 128) + (129 * 256) + (257 * 784)));
        Assert.That(vae.ParameterCount(), Is.EqualTo(vae.Encoder.Flat().Length + vae.Decoder.Flat().Length));
    }

    [Test]
    public void DrawsFollowTheirPosterior()
    {
        using var vae = new VaeModel(TinyModels.Specs["mlp + mse"]);
        Tensor mu = TinyModels.Normal(1, 2, 5), logVar = TinyModels.Normal(2, 2, 5), noise = TinyModels.Normal(3, 6, 5);
        double[] m = mu.Doubles(), s = logVar.Doubles(),
            expected = [.. noise.Doubles().Select((x, i) =>
                m[(i / 15 * 5) + (i % 5)] + (Math.Exp(0.5 * s[(i / 15 * 5) + (i % 5)]) * x))];
        Assert.That(vae.Reparameterise(mu, logVar, noise).Doubles(), Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void APriorNetworkShipsWhatItIs([Values(0, 3)] int labels, [Values(1, 3)] int depth, [Values(1, 2, 8)] int steps)
    {
        using DisposeScope scope = NewDisposeScope();
        var spec = new FlowSpec(Latent: 5, labels, Width: 12, depth, steps);
        using FlowNetwork network = TinyModels.Shaken(new FlowNetwork(spec, seed: 2));
        float[] mean = [1, 2, 3, 4, 5], deviation = [2, 1, 3, 1, 0.5f];
        Tensor noise = TinyModels.Normal(1, Batch, 5), label = labels > 0 ? eye(3).repeat(2, 1) : zeros(Batch, 1);
        Tensor found = Sample(network, noise, labels > 0 ? label : null, mean, deviation);

        // Two-step Adams-Bashforth.
        Tensor x = noise;
        Tensor? before = null;
        for (int step = 0; step < steps; step++)
        {
            var described = new float[FlowNetwork.TimeFeatures];
            FlowNetwork.DescribeInto((float)step / steps, described);
            Tensor v = network.call(x, tensor(described).reshape(1, -1).expand(Batch, -1), labels > 0 ? label : null);
            x = x.add(before is null ? v : v.mul(1.5f).sub(before.mul(0.5f)), alpha: 1f / steps);
            before = v;
        }
        Assert.That(OnnxRun.Distance(found, x.mul(tensor(deviation)).add(tensor(mean))), Is.LessThan(1e-5));
    }

    [Test]
    public void ACorrectorAddsAStepOfItsOwn([Values(0, 3)] int labels)
    {
        using DisposeScope scope = NewDisposeScope();
        var spec = new FlowSpec(Latent: 5, labels, Width: 12, Depth: 2, Steps: 4);
        using FlowNetwork flow = TinyModels.Shaken(new FlowNetwork(spec, seed: 2)),
            corrector = TinyModels.Shaken(new FlowNetwork(spec with { Width = 7, Steps = 1 }, seed: 3));
        float[] mean = [0, 0, 0, 0, 0], deviation = [1, 1, 1, 1, 1];
        Tensor noise = TinyModels.Normal(1, Batch, 5), label = labels > 0 ? eye(3).repeat(2, 1) : zeros(Batch, 1);
        Tensor drawn = Sample(flow, noise, labels > 0 ? label : null, mean, deviation);
        var described = new float[FlowNetwork.TimeFeatures];
        FlowNetwork.DescribeInto(0, described);
        Tensor expected = drawn.add(corrector.call(drawn, tensor(described).reshape(1, -1).expand(Batch, -1),
            labels > 0 ? label : null));
        byte[] file = new FlowPrior(flow, mean, deviation, corrector).ToOnnx(WeightPrecision.Float32);
        Tensor found = OnnxRun.Run(file, labels > 0 ? [("noise", noise), ("label", label)] : [("noise", noise)])["z"];
        Assert.That(OnnxRun.Distance(found, expected), Is.LessThan(1e-5));
    }

    // Where the velocity does not depend on place, the method is exact: noise + v, whatever the number of steps.
    [Test]
    public void AConstantVelocityIsFollowedExactly()
    {
        using var network = new FlowNetwork(new FlowSpec(Latent: 2, Labels: 0, Width: 4, Depth: 1, Steps: 7));
        network.SetFlat(new float[network.Flat().Length]);
        Dictionary<string, TorchSharp.Modules.Parameter> weights = network.named_parameters()
            .ToDictionary(pair => pair.name, pair => pair.parameter);
        using (no_grad())
        {
            // the first feature is cos 0 = 1, so h = silu(3)
            weights.Single(pair => pair.Key.Contains("_times", StringComparison.Ordinal)).Value.select(1, 0).fill_(3f);
            Tensor leaving = weights.Single(pair => pair.Key.Contains("_out", StringComparison.Ordinal)).Value; // (Z, W)
            leaving[0, 0] = 1f;
            leaving[1, 0] = -1f;
        }
        float[] start = [0, 0, 1, -1, 0.5f, 2], found = Sample(network, tensor(start).reshape(3, 2), null, [10, 20], [2, 3])
            .ToArray();
        double h = 3 / (1 + Math.Exp(-3));
        Assert.That(found, Is.EqualTo(start.Select((x, i) => i % 2 == 0 ? 10 + (2 * (x + h)) : 20 + (3 * (x - h)))).Within(1e-4));
    }

    private static Tensor Sample(FlowNetwork network, Tensor noise, Tensor? label, float[] mean, float[] deviation)
    {
        byte[] file = new FlowPrior(network, mean, deviation).ToOnnx(WeightPrecision.Float32);
        return OnnxRun.Run(file, label is null ? [("noise", noise)] : [("noise", noise), ("label", label)])["z"];
    }
}
