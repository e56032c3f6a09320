using System;
using System.Linq;
using NUnit.Framework;
using TorchSharp;
using VaeContent.Tests.Trainer.Export;
using VaeContent.Tests.Trainer.Model;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training;
using Tensor = TorchSharp.torch.Tensor;

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
        using FlowNetwork network = new FlowFit(Spec, posteriors, set, seed: 1).Train(new FlowTime(600, 0, 600));
        for (int label = 0; label < 2; label++)
        {
            float[] z = Sample(network, posteriors, label);
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
        LibTorch.UseThreads(1);
        float[] Weights(long seed) => new FlowFit(Spec, posteriors, set, seed).Train(new FlowTime(20, 0, 600)).Flat();
        float[] first = Weights(4), again = Weights(4);
        Assert.That(again, Is.EqualTo(first));
        Assert.That(Weights(5), Is.Not.EqualTo(first));
    }

    [Test]
    public void GuidanceLeadsAsFarBeyondAsTheWeakNetworkFallsShort()
    {
        var (posteriors, set) = TwoClusters();
        var fit = new FlowFit(Spec, posteriors, set, seed: 1);
        var time = new FlowTime(400, 0, 600);
        using FlowNetwork good = fit.Train(time), weak = new FlowFit(Spec, posteriors, set, seed: 2).Train(time.For(60));
        using FlowNetwork guided = fit.Guide(good, weak, guidance: 3, time);

        using DisposeScope scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        Tensor Velocity(FlowNetwork network) => Told(network, label: 1, time: 0.5f);
        Tensor beyond = Velocity(good).sub(Velocity(weak)).mul(2f), wrong = Velocity(guided).sub(Velocity(good).add(beyond));
        double Size(Tensor of) => of.square().mean().sqrt().item<float>();
        TestContext.Out.WriteLine($"beyond {Size(beyond):F3}, wrong {Size(wrong):F3}");
        Assert.That(Size(wrong), Is.LessThan(0.4 * Size(beyond)), "the flow as it was: 1");
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
        Sprite[] sprites = [.. Enumerable.Range(0, Sprites)
            .Select(i => new Sprite($"{i}.png", [new Rgba32((byte)i, 1, 1)]) { Label = i % 2 })];
        return (new Posteriors(2, mu, logVar), new SpriteSet(1, 1, sprites, ["right", "low"]));
    }

    [Test]
    public void ACorrectorLearnsWhereLatentsEnd()
    {
        var spec = new FlowSpec(Latent: 2, Labels: 2, Width: 48, Depth: 2, Steps: 1);
        var normals = new Sampler(5);
        float[] from = [.. Enumerable.Range(0, 2 * Sprites).Select(i => normals.Normal(i))];
        int[] labels = [.. Enumerable.Range(0, Sprites).Select(i => i % 2)];
        float[] to = [.. from.Select((x, i) => (0.5f * x) + (labels[i / 2] == 0 ? 1f : -1f))]; // nearer to a label's own place
        using FlowNetwork network = CorrectorFit.Train(spec, from, to, labels, seed: 1, steps: 800, seconds: 0, default);

        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = TinyModels.Normal(8, Batch, 2);
        Tensor away = x.add(Told(network, label: 1, time: 0)).sub(x.mul(0.5f).sub(1f));
        Assert.That(away.square().mean().sqrt().item<float>(), Is.LessThan(0.1));
    }

    // What a network says of normal draws, (B, 2).
    private static Tensor Told(FlowNetwork network, int label, float time)
    {
        var described = new float[FlowNetwork.TimeFeatures];
        FlowNetwork.DescribeInto(time, described);
        Tensor asked = torch.zeros(Batch, 2);
        asked.select(1, label).fill_(1f);
        return network.call(TinyModels.Normal(8, Batch, 2), torch.tensor(described).expand(Batch, -1), asked);
    }

    private static float[] Sample(FlowNetwork network, Posteriors posteriors, int label)
    {
        var (mean, deviation) = posteriors.Moments();
        byte[] file = new FlowPrior(network, mean, deviation).ToOnnx(WeightPrecision.Float32);
        Tensor asked = torch.zeros(Batch, 2);
        asked.select(1, label).fill_(1f);
        return OnnxRun.Run(file, ("noise", TinyModels.Normal(8, Batch, 2)), ("label", asked))["z"].ToArray();
    }
}
