using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using TorchSharp;
using VaeContent.Internal;
using VaeContent.Tests.Trainer.Model;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training;
using static TorchSharp.torch;

namespace VaeContent.Tests.Trainer.Export;

/// <summary>The evaluator in C# against ONNX Runtime, on every kind of graph that the exporter writes.</summary>
public sealed class ManagedParityTests
{
    private const int Sprites = 5, Chunk = 40;

    // Of numbers that later nodes compute with, relative to the largest.
    private const double Tolerance = 1e-5;

    [Test]
    public void RandomModelsGiveTheNumbersOfOnnxRuntime([Range(0, 4)] int chunk)
    {
        long pixels = 0, equal = 0;
        double worst = 0;
        for (int seed = chunk * Chunk; seed < (chunk + 1) * Chunk; seed++)
        {
            using DisposeScope scope = NewDisposeScope();
            ModelSpec spec = ModelParityTests.RandomSpec(new Random(seed), out bool snap);
            using VaeModel model = TinyModels.Make(spec, seed, gain: 1.5f);
            using var batch = TinyModels.Batch(spec, Sprites);
            var output = new PixelOutput(!spec.SoftAlpha, snap ? ModelParityTests.Colours : null,
                new Texture(seed % 4 / 2 * 0.5f, seed % 2 * 0.4f, seed % 3 * 0.5f, Shades: seed % 5 == 0))
            {
                Palette = TinyModels.Palette(Math.Max(2, spec.Colours)),
                Pairs = TinyModels.Pairs(Math.Max(1, spec.Colours - 1), seed),
                Shades = TinyModels.Shades(Math.Max(1, spec.Colours - 1), spec.PixelFeatures, seed),
            };
            var precision = (WeightPrecision)(seed % 3);
            byte[] decoder = ModelParityTests.DecoderFile(model, output, precision);
            string name = $"seed {seed}: {spec.Describe()}";
            bool isIndexed = (spec.HasPalette && !output.Texture.Shades) || snap;
            long[] shape = isIndexed ? [Sprites, spec.Height, spec.Width] : [Sprites, spec.Height, spec.Width, 4];
            byte[] found = Bytes(decoder, ModelParityTests.Feed(model, "z", batch.Noise, batch.Label), "pixels", shape);
            byte[] expected = OnnxRun.Run(decoder, ModelParityTests.Feed(model, "z", batch.Noise, batch.Label))["pixels"]
                .data<byte>().ToArray();
            pixels += found.Length;
            equal += found.Zip(expected).Count(pair => pair.First == pair.Second);
            worst = Math.Max(worst, CompareEncoders(model, batch, name));
        }
        TestContext.Out.WriteLine($"seeds {chunk * Chunk} to {((chunk + 1) * Chunk) - 1}: posteriors within {worst:E1}, "
            + $"{pixels - equal} of {pixels} bytes differ");
        Assert.That(pixels - equal, Is.LessThan(pixels / 1000));
    }

    [Test]
    public void APriorsNetworkGivesTheNumbersOfOnnxRuntime([Values(0, 3)] int labels)
    {
        using DisposeScope scope = NewDisposeScope();
        using var network = TinyModels.Shaken(new FlowNetwork(new FlowSpec(7, labels, Width: 19, Depth: 3, Steps: 5), 4));
        using var corrector = TinyModels.Shaken(new FlowNetwork(new FlowSpec(7, labels, Width: 9, Depth: 2, Steps: 1), 5));
        byte[] file = new FlowPrior(network, [.. Enumerable.Range(0, 7).Select(i => i / 7f)], [.. Enumerable.Repeat(0.8f, 7)],
            corrector).ToOnnx(WeightPrecision.Float16);
        (string, Tensor)[] inputs = labels > 0
            ? [("noise", TinyModels.Normal(1, Sprites, 7)), ("label", TinyModels.Normal(2, Sprites, labels).softmax(1))]
            : [("noise", TinyModels.Normal(1, Sprites, 7))];
        using Tensor found = tensor(Floats(file, inputs, "z", [Sprites, 7])).reshape(Sprites, 7);
        Assert.That(OnnxRun.Distance(found, OnnxRun.Run(file, inputs)["z"]), Is.LessThan(Tolerance));
    }

    [Test]
    public void ManySpritesAtOnceAreThoseOfOne([ValueSource(typeof(TinyModels), nameof(TinyModels.Names))] string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using VaeModel model = TinyModels.Make(TinyModels.Specs[name]);
        using var batch = TinyModels.Batch(model.Spec, 9);
        byte[] file = ModelParityTests.DecoderFile(model);
        int size = model.Spec.Width * model.Spec.Height * (model.Spec.HasPalette ? 1 : 4);
        using var session = new ManagedSession(file, ManagedDevice.Instance);
        byte[] many = Bytes(session, ModelParityTests.Feed(model, "z", batch.Noise, batch.Label), "pixels", [9, size]);
        for (int i = 0; i < 9; i++)
        {
            var feed = ModelParityTests.Feed(model, "z", batch.Noise.narrow(0, i, 1), batch.Label?.narrow(0, i, 1));
            byte[] one = Bytes(session, feed, "pixels", [1, size]);
            Assert.That(many.AsSpan(i * size, size).SequenceEqual(one), $"sprite {i}");
        }
    }

    [Test]
    public void ARunAllocatesNothing([ValueSource(typeof(TinyModels), nameof(TinyModels.Names))] string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using VaeModel model = TinyModels.Make(TinyModels.Specs[name]);
        using var batch = TinyModels.Batch(model.Spec, 2);
        using var session = new ManagedSession(ModelParityTests.DecoderFile(model), ManagedDevice.Instance);
        int size = model.Spec.Width * model.Spec.Height * (model.Spec.HasPalette ? 1 : 4);
        BoundRun run = Bind(session, ModelParityTests.Feed(model, "z", batch.Noise, batch.Label));
        run.Output("pixels", new byte[2 * size], [2, size]);
        Assert.That(Allocation.Least(run.Run), Is.Zero);
    }

    [Test]
    public void ARunInStepsIsARun()
    {
        using DisposeScope scope = NewDisposeScope();
        using VaeModel model = TinyModels.Make(TinyModels.Specs["conv + palette"]);
        using var batch = TinyModels.Batch(model.Spec, 1);
        using var session = new ManagedSession(ModelParityTests.DecoderFile(model), ManagedDevice.Instance);
        byte[] whole = new byte[model.Spec.Width * model.Spec.Height], inSteps = new byte[whole.Length];
        BoundRun one = Bind(session, ModelParityTests.Feed(model, "z", batch.Noise, batch.Label));
        one.Output("pixels", whole, [1, whole.Length]);
        one.Run();
        BoundRun other = Bind(session, ModelParityTests.Feed(model, "z", batch.Noise, batch.Label));
        other.Output("pixels", inSteps, [1, whole.Length]);
        int steps = 1;
        while (!other.Step()) steps++;
        Assert.That(steps, Is.GreaterThan(10));
        Assert.That(inSteps, Is.EqualTo(whole));
    }

    private static double CompareEncoders(VaeModel model, TrainingBatch batch, string name)
    {
        byte[] file = ModelParityTests.EncoderFile(model);
        (string, Tensor)[] inputs = ModelParityTests.Feed(model, "sprites", batch.Sprites, batch.Label);
        Dictionary<string, Tensor> expected = OnnxRun.Run(file, inputs);
        double worst = 0;
        foreach (string output in new[] { "mu", "logVar" })
        {
            using Tensor found = tensor(Floats(file, inputs, output, [Sprites, model.Spec.Latent]))
                .reshape(Sprites, model.Spec.Latent);
            worst = Math.Max(worst, OnnxRun.Distance(found, expected[output]));
        }
        Assert.That(worst, Is.LessThan(Tolerance), name);
        return worst;
    }

    private static byte[] Bytes(byte[] file, (string, Tensor)[] inputs, string output, long[] shape)
    {
        using var session = new ManagedSession(file, ManagedDevice.Instance);
        return Bytes(session, inputs, output, shape);
    }

    private static byte[] Bytes(ManagedSession session, (string, Tensor)[] inputs, string output, long[] shape)
    {
        BoundRun run = Bind(session, inputs);
        byte[] buffer = BoundRun.NewBuffer<byte>(shape);
        run.Output(output, buffer, shape);
        run.Run();
        return buffer;
    }

    private static float[] Floats(byte[] file, (string, Tensor)[] inputs, string output, long[] shape)
    {
        using var session = new ManagedSession(file, ManagedDevice.Instance);
        BoundRun run = Bind(session, inputs);
        float[] buffer = BoundRun.NewBuffer<float>(shape);
        run.Output(output, buffer, shape);
        run.Run();
        return buffer;
    }

    private static BoundRun Bind(ManagedSession session, (string Name, Tensor Data)[] inputs)
    {
        BoundRun run = session.NewRun();
        foreach (var (name, data) in inputs)
        {
            if (data.dtype == ScalarType.Byte) run.Input(name, data.contiguous().data<byte>().ToArray(), data.shape);
            else run.Input(name, data.ToArray(), data.shape);
        }
        return run;
    }
}
