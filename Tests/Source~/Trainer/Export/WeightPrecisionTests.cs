using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.ML.OnnxRuntime;
using NUnit.Framework;
using VaeContent.Internal;
using VaeContent.Tests.Trainer.Model;
using VaeContent.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training.Select;

namespace VaeContent.Tests.Trainer.Export;

/// <summary>Models whose weights are stored in fewer bytes: smaller files that paint nearly the same.</summary>
public sealed class WeightPrecisionTests
{
    private static IEnumerable<string> Models => ["conv + palette", "conv + sigma, soft alpha", "conv + bernoulli", "mlp + mse"];

    [Test]
    public void HalvesKeepElevenBits()
    {
        float[] weights = [.. Enumerable.Range(0, 2000).Select(i => new Sampler(1).Normal(i)), 1e6f, -1e6f, 0f];
        Half[] halves = CompactWeights.ToHalf(weights);
        for (int i = 0; i < 2000; i++)
            Assert.That((float)halves[i], Is.EqualTo(weights[i])
                .Within(MathF.Max(MathF.Abs(weights[i]) / 2048, MathF.ScaleB(1, -25))));
        Assert.That(halves[^3..], Is.EqualTo(new[] { Half.MaxValue, Half.MinValue, (Half)0f }));
    }

    [TestCase(0)]
    [TestCase(1)]
    public void StepsAreWithinHalfAStepOfTheirChannel(int inputAxis)
    {
        int[] shape = [12, 10, 3, 2];
        // Channels of very different sizes, one of them empty.
        float[] weights = [.. Enumerable.Range(0, 720).Select(i => new Sampler(2).Normal(i) * Channel(i) * Channel(i))];
        CompactWeights.ByteSteps found = CompactWeights.ToSteps(weights, shape, inputAxis, null);
        Assert.That(found.ScaleShape, Is.EqualTo(inputAxis == 1 ? new[] { 12, 1, 1, 1 } : [1, 10, 1, 1]));
        for (int i = 0; i < weights.Length; i++)
            Assert.That(found.Weight(i), Is.EqualTo(weights[i]).Within(found.Scales[Channel(i)] * 0.50001f));
        Assert.That(found.Steps.Select(step => Math.Abs((int)step)).Max(), Is.EqualTo(127));
        Assert.That(found.Scales[0], Is.Zero);

        int Channel(int i) => inputAxis == 1 ? i / 60 : i / 6 % 10;
    }

    [Test]
    public void FilesShrink([ValueSource(nameof(Models))] string model)
    {
        double full = Decoder(model, WeightPrecision.Float32).Length;
        double half = Decoder(model, WeightPrecision.Float16).Length / full,
            quarter = Decoder(model, WeightPrecision.Int8).Length / full;
        TestContext.Out.WriteLine($"{model}: {full:F0} bytes; float16 {half:F3}, int8 {quarter:F3} of it");
        // Biases, small tensors and graph remain; nets this narrow have many channels, so many scales, for their weights.
        Assert.That(half, Is.InRange(0.5, 0.54));
        Assert.That(quarter, Is.InRange(0.25, 0.37));
    }

    [Test]
    public void OnlyLargeMatricesAreCompressed([Values(WeightPrecision.Float16, WeightPrecision.Int8)] WeightPrecision precision)
    {
        GraphProto graph = ModelProto.Parser.ParseFrom(Decoder("conv + palette", precision)).Graph;
        int code = (int)(precision == WeightPrecision.Int8 ? TensorProto.Types.DataType.Int8
            : TensorProto.Types.DataType.Float16);
        foreach (TensorProto tensor in graph.Initializer)
        {
            bool large = tensor.Dims.Count > 1 && tensor.Dims.Aggregate(1L, (a, b) => a * b) >= 256;
            Assert.That(tensor.DataType == code, Is.EqualTo(large && !tensor.Name.EndsWith(".scale", StringComparison.Ordinal)),
                tensor.Name);
        }
        Assert.That(graph.Initializer.Count(tensor => tensor.DataType == code), Is.GreaterThan(2));
        Assert.That(graph.Initializer.Select(tensor => tensor.Name), Is.Unique);
        Assert.That(graph.Node.SelectMany(node => node.Output), Is.Unique);
    }

    [Test]
    public void LoadedModelsComputeTheSameNodes([ValueSource(nameof(Models))] string model,
        [Values(WeightPrecision.Float16, WeightPrecision.Int8)] WeightPrecision precision)
    {
        // No Cast or Mul of a weight is left once the model is loaded, so a run costs the same.
        Assert.That(LoadedOperators(Decoder(model, precision)),
            Is.EqualTo(LoadedOperators(Decoder(model, WeightPrecision.Float32))));
    }

    [TestCase(WeightPrecision.Float16, 0.99, 0.05)]
    [TestCase(WeightPrecision.Int8, 0.97, 1)]
    public void SpritesAreAlike(WeightPrecision precision, double equal, double difference)
    {
        foreach (string model in Models)
        {
            PixelAgreement found = PixelAgreement.Between(Bundle(model, WeightPrecision.Float32), Bundle(model, precision),
                firstSeed: 0, count: 50);
            TestContext.Out.WriteLine($"{model}: {found}");
            // RGBA decoders are judged by the difference alone: any rounding moves some channel by one level.
            if (model.Contains("palette", StringComparison.Ordinal)) Assert.That(found.Equal, Is.GreaterThan(equal), model);
            Assert.That(found.MeanDifference, Is.LessThan(difference), model);
        }
    }

    [Test]
    public void AgreementCountsPixels()
    {
        VaeBundle one = Bundle("mlp + mse", WeightPrecision.Float32);
        Assert.That(PixelAgreement.Between(one, one, 5, 3), Is.EqualTo(new PixelAgreement(1, 0)));
        VaeBundle other = Bundle("mlp + mse", WeightPrecision.Float32, s => s with { Width = 32 });
        Assert.That(() => PixelAgreement.Between(one, other, 5, 3),
            Throws.ArgumentException.With.Message.Contains("24x24").And.Message.Contains("32x24"));
    }

    [Test]
    public void AFileSaysWhatItsPrecisionCosts()
    {
        var palette = new Shipment((precision, _) => Decoder("conv + palette", precision), []);
        double kept = PixelAgreement.Between(Bundle("conv + palette", WeightPrecision.Float32),
            Bundle("conv + palette", WeightPrecision.Int8), firstSeed: 0, count: 128).Equal;
        CompactFile file = CompactFile.In(WeightPrecision.Int8, palette, texture: default);
        Assert.That(kept, Is.InRange(0.9, 0.9989), "with no more than that, int8 is not taken below");
        Assert.That(file.Explanation, Is.EqualTo(FormattableString
            .Invariant($"int8 weights, {kept * 100:F2}% of pixels as with float32")));
        Assert.That(file.Decoder, Is.EqualTo(Decoder("conv + palette", WeightPrecision.Int8)));
        Assert.That(CompactFile.Smallest(palette, texture: default).Explanation,
            Does.StartWith("float16 weights, ").Or.StartWith("float32 weights"));
        var greys = new Shipment((precision, _) => Decoder("mlp + mse", precision), []);
        Assert.That(CompactFile.In(WeightPrecision.Float16, greys, texture: default).Explanation,
            Does.Match(@"^float16 weights, channels within 0\.\d\d\d of 255"));
    }

    private static ModelSpec Spec(string model) =>
        TinyModels.Specs[model] with
        {
            Widths = [16, 24, 32],
            DecoderWidths = [],
            Hidden = 64,
            DecoderHidden = 64,
            Latent = 16,
            Width = 24,
            Height = 24
        };

    private static VaeBundle Bundle(string model, WeightPrecision precision, Func<ModelSpec, ModelSpec>? change = null) =>
        VaeBundle.Load(Decoder(model, precision, change), model);

    private static byte[] Decoder(string model, WeightPrecision precision, Func<ModelSpec, ModelSpec>? change = null)
    {
        using VaeModel made = TinyModels.Make((change ?? (s => s))(Spec(model)));
        ModelSpec spec = made.Spec;
        var metadata = new Dictionary<string, string>
        {
            [BundleKeys.Format] = BundleKeys.FormatVersion.ToString(),
            [BundleKeys.Kind] = BundleKeys.Decoder,
            [BundleKeys.Model] = made.Fingerprint()[..32],
            [BundleKeys.Size] = $"{spec.Width}x{spec.Height}",
            [BundleKeys.Latent] = spec.Latent.ToString(),
            [BundleKeys.Prior] = BundleKeys.NormalPrior,
        };
        if (spec.HasPalette) metadata[BundleKeys.Palette] =
            string.Join(' ', Enumerable.Range(0, spec.Colours).Select(i => i == 0 ? "00000000" : $"{i * 30:x2}8040ff"));
        return BundleSeal.Append(ModelParityTests.DecoderFile(made, PixelOutput.SoftAlpha, precision, metadata));
    }

    private static List<string> LoadedOperators(byte[] model)
    {
        string path = Path.Combine(Path.GetTempPath(), $"{nameof(WeightPrecisionTests)}-{Guid.NewGuid():N}.onnx");
        try
        {
            using var options = new SessionOptions
            {
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
                OptimizedModelFilePath = path,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            };
            using var session = new InferenceSession(model, options);
            return [.. ModelProto.Parser.ParseFrom(File.ReadAllBytes(path)).Graph.Node.Select(node => node.OpType)];
        }
        finally
        {
            File.Delete(path);
        }
    }
}
