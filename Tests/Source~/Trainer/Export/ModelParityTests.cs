using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using TorchSharp;
using VaeContent.Tests.Trainer.Model;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;

namespace VaeContent.Tests.Trainer.Export;

/// <summary>What ships is what was trained: whole models in libtorch against their files in ONNX Runtime.</summary>
public sealed class ModelParityTests
{
    private const int Sprites = 3, Chunk = 30;
    private const double Tolerance = 1e-5;

    // Logits, scores or opacities nearer than this to a choice between two may fall either way.
    private const float NearTie = 1e-4f, SnapTie = 4e-3f;

    internal static readonly Rgba32[] Colours =
        [default, new(20, 30, 40), new(200, 60, 50), new(60, 190, 90), new(240, 240, 230)];

    [Test]
    public void ThreeHundredRandomModelsShipWhatTheyAre([Range(0, 9)] int chunk)
    {
        int ties = 0, pixels = 0;
        double worst = 0;
        for (int seed = chunk * Chunk; seed < (chunk + 1) * Chunk; seed++)
        {
            using DisposeScope scope = NewDisposeScope();
            ModelSpec spec = RandomSpec(new Random(seed), out bool snap);
            string name = $"seed {seed}: {spec.Describe()}";
            using VaeModel model = TinyModels.Make(spec, seed, gain: 1.5f);
            worst = Math.Max(worst, Math.Max(CompareEncoders(model, name), CompareDecoders(model, name, snap, out int near)));
            ties += near;
            pixels += Sprites * spec.Width * spec.Height;
        }
        TestContext.Out.WriteLine($"seeds {chunk * Chunk} to {((chunk + 1) * Chunk) - 1}: floats within {worst:E1}, "
            + $"{ties} of {pixels} pixels are near ties");
        Assert.That(ties, Is.LessThan(pixels / 100));
    }

    [Test]
    public void AFileTakesAnyBatch([ValueSource(typeof(TinyModels), nameof(TinyModels.Names))] string name,
        [Values(1, 64)] int batch)
    {
        using DisposeScope scope = NewDisposeScope();
        using VaeModel model = TinyModels.Make(TinyModels.Specs[name]);
        using var given = TinyModels.Batch(model.Spec, batch);
        Assert.That(OnnxRun.Run(DecoderFile(model), Feed(model, "z", given.Noise, given.Label))["pixels"].shape[0],
            Is.EqualTo(batch));
        Tensor mu = OnnxRun.Run(EncoderFile(model), Feed(model, "sprites", given.Sprites, given.Label))["mu"];
        Assert.That(OnnxRun.Distance(mu, model.Encode(given.Sprites, given.Label).Mu), Is.LessThan(Tolerance));
    }

    [Test]
    public void AFileHoldsWhatItNeedsAndNothingElse([ValueSource(typeof(TinyModels), nameof(TinyModels.Names))] string name)
    {
        ModelSpec spec = TinyModels.Specs[name];
        using VaeModel model = TinyModels.Make(spec), untold = TinyModels.Make(spec with { Augmentation = 0 });
        Check(DecoderFile(model), ["z"], untold.Decoder);
        Check(EncoderFile(model), ["sprites"], untold.Encoder);

        void Check(byte[] file, string[] inputs, nn.Module part)
        {
            ModelProto proto = ModelProto.Parser.ParseFrom(file);
            GraphProto graph = proto.Graph;
            Assert.That(proto.OpsetImport.Select(opset => (opset.Domain, opset.Version)), Is.EqualTo(new[] { ("", 17L) }));
            Assert.That(graph.Input.Select(input => input.Name),
                Is.EqualTo(model.Spec.ConditionLabels > 0 ? [.. inputs, "label"] : inputs));
            Assert.That(graph.Input.Select(input => input.Type.TensorType.Shape.Dim[0].DimParam), Is.All.EqualTo("N"),
                "any batch");
            var used = graph.Node.SelectMany(node => node.Input).ToHashSet();
            Assert.That(graph.Initializer.Select(tensor => tensor.Name).Where(constant => !used.Contains(constant)), Is.Empty,
                "unused constants");
            Assert.That(graph.Node.SelectMany(node => node.Output), Is.Unique);
            string start = part.GetName().ToLowerInvariant();
            Assert.That(graph.Initializer.Where(tensor => tensor.Name.StartsWith(start, StringComparison.Ordinal))
                .Sum(tensor => tensor.RawData.Length / 4),
                Is.EqualTo(part.parameters().Sum(parameter => parameter.numel())), "all of its weights that a game needs");
        }
    }

    /// <summary>A decoder's file without a prior.</summary>
    internal static byte[] DecoderFile(VaeModel model, PixelOutput? output = null,
        WeightPrecision precision = WeightPrecision.Float32, Dictionary<string, string>? metadata = null)
    {
        var g = new OnnxGraph(precision);
        OnnxValue z = g.Input("z", ElementType.Float, 1, model.Spec.Latent);
        g.Output(model.Decoder.ToOnnx(g, z, Label(g, model.Spec), output ?? new PixelOutput(!model.Spec.SoftAlpha)), "pixels");
        return DecoderOperators.Check(g.ToBytes(metadata));
    }

    internal static byte[] EncoderFile(VaeModel model)
    {
        var g = new OnnxGraph();
        OnnxValue sprites = g.Input("sprites", ElementType.UInt8, 1, model.Spec.Height, model.Spec.Width, 4);
        var (mu, logVar) = model.Encoder.ToOnnx(g, sprites, Label(g, model.Spec));
        g.Output(mu, "mu");
        g.Output(logVar, "logVar");
        return g.ToBytes();
    }

    private static OnnxValue? Label(OnnxGraph g, ModelSpec spec) => spec.ConditionLabels > 0
        ? g.Input("label", ElementType.Float, 1, spec.ConditionLabels) : null;

    internal static (string, Tensor)[] Feed(VaeModel model, string name, Tensor data, Tensor? label) =>
        model.Spec.ConditionLabels > 0 ? [(name, data), ("label", label!)] : [(name, data)];

    private static double CompareEncoders(VaeModel model, string name)
    {
        using var batch = TinyModels.Batch(model.Spec, Sprites);
        Dictionary<string, Tensor> found = OnnxRun.Run(EncoderFile(model), Feed(model, "sprites", batch.Sprites, batch.Label));
        var (mu, logVar) = model.Encode(batch.Sprites, batch.Label);
        double distance = Math.Max(OnnxRun.Distance(found["mu"], mu), OnnxRun.Distance(found["logVar"], logVar));
        Assert.That(distance, Is.LessThan(Tolerance), name);
        return distance;
    }

    private static double CompareDecoders(VaeModel model, string name, bool snap, out int ties)
    {
        ModelSpec spec = model.Spec;
        using var batch = TinyModels.Batch(spec, Sprites);
        Decoded said = model.Decoder.call(batch.Noise, batch.Label, null);
        var output = new PixelOutput(!spec.SoftAlpha, snap ? Colours : null);
        Dictionary<string, Tensor> found = OnnxRun.Run(WithMeans(DecoderFile(model, output), spec),
            Feed(model, "z", batch.Noise, batch.Label));
        byte[] pixels = found["pixels"].data<byte>().ToArray();
        if (said.Palette is not null)
        {
            ties = CompareIndices(pixels, said.Palette.Indices().data<byte>().ToArray(), PaletteGaps(spec, said.Palette), name);
            return 0;
        }
        Tensor mean = said.Mean(null);
        double distance = OnnxRun.Distance(found["means"], mean);
        Assert.That(distance, Is.LessThan(Tolerance), name);
        ties = ComparePixels(pixels, mean.permute(0, 2, 3, 1).ToArray(), output, spec.Grey, name);
        return distance;
    }

    // The decoder's means, from which its last nodes make pixels, as a second output.
    private static byte[] WithMeans(byte[] file, ModelSpec spec)
    {
        if (spec.HasPalette) return file;
        ModelProto model = ModelProto.Parser.ParseFrom(file);
        NodeProto sigmoid = model.Graph.Node.Last(node => node.OpType == "Sigmoid");
        sigmoid.Output[0] = "means";
        foreach (NodeProto node in model.Graph.Node)
        {
            for (int i = 0; i < node.Input.Count; i++)
                if (node.Input[i] == sigmoid.Name) node.Input[i] = "means";
        }
        var type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)ElementType.Float } };
        model.Graph.Output.Add(new ValueInfoProto { Name = "means", Type = type });
        return Google.Protobuf.MessageExtensions.ToByteArray(model);
    }

    private static int CompareIndices(byte[] found, byte[] expected, float[] gaps, string name)
    {
        int ties = 0;
        for (int i = 0; i < found.Length; i++)
        {
            if (gaps[i] < NearTie) ties++;
            else Assert.That(found[i], Is.EqualTo(expected[i]), $"{name}, pixel {i}");
        }
        return ties;
    }

    // How near each pixel is to another choice: to the next best colour, or to (in)visibility; (B, H, W). Where others see it, so
    // are they.
    private static float[] PaletteGaps(ModelSpec spec, PaletteLogits said)
    {
        PixelLogits pixels = said.Chosen();
        Tensor logits = pixels.Colours(), visibility = pixels.Visibility, best = zeros_like(visibility).add(1f);
        if (logits.shape[1] > 1)
        {
            Tensor top = logits.topk(2, 1).values;
            best = top.select(1, 0).sub(top.select(1, 1));
        }
        Tensor gap = where(visibility.ge(NearTie), minimum(best, visibility.abs()), visibility.abs());
        int rows = (spec.Height + 1) / 2, columns = (spec.Width + 1) / 2;
        if (spec.ContextChannels > 0)
        {
            Tensor first = gap.reshape(-1, 1, rows, columns, 4).select(4, 0);
            Tensor around = nn.functional.max_pool2d(first.neg(), 3, stride: 1, padding: 1).neg().reshape(-1, 1);
            gap = minimum(gap.reshape(-1, 4), around);
        }
        return gap.reshape(-1, rows, columns, 2, 2).permute(0, 1, 3, 2, 4).reshape(-1, 2 * rows, 2 * columns)
            .narrow(1, 0, spec.Height).narrow(2, 0, spec.Width).ToArray();
    }

    // means (B, H, W, C), premultiplied.
    private static int ComparePixels(byte[] found, float[] means, PixelOutput output, bool grey, string name)
    {
        int ties = 0, channels = grey ? 1 : 4;
        for (int pixel = 0; pixel < means.Length / channels; pixel++)
        {
            ReadOnlySpan<float> x = means.AsSpan(pixel * channels, channels);
            float alpha = grey ? 1f : x[3], scale = 1f / Math.Max(alpha, 1f / 255);
            // Where opacity and the nearest colour are one choice, a nearly half transparent pixel may go either way.
            if (output.HardAlpha && !grey && Math.Abs(alpha - 0.5f) < (output.Snap is null ? NearTie : SnapTie))
            {
                ties++;
                continue;
            }
            if (!grey && output.Snap is { } colours)
            {
                float[] scores = Scores(x[0] * scale, x[1] * scale, x[2] * scale, colours);
                int best = Array.IndexOf(scores, scores.Max());
                if (alpha >= 0.5f && scores.Where((_, k) => k != best).Max() > scores[best] - NearTie) ties++;
                else Assert.That(found[pixel], Is.EqualTo(alpha >= 0.5f ? best + 1 : 0), $"{name}, pixel {pixel}");
                continue;
            }
            float shown = !output.HardAlpha || grey ? alpha : alpha >= 0.5f ? 1f : 0f;
            for (int c = 0; c < 3; c++)
            {
                float colour = grey ? x[0] : shown >= 0.5f / 255 ? Math.Min(1f, x[c] * scale) : 0f;
                Assert.That(found[(4 * pixel) + c], Is.EqualTo((byte)((255 * colour) + 0.5f)).Within(1),
                    $"{name}, pixel {pixel}, channel {c}");
            }
            Assert.That(found[(4 * pixel) + 3], Is.EqualTo((byte)((255 * shown) + 0.5f)).Within(1),
                $"{name}, pixel {pixel}, alpha");
        }
        return ties;
    }

    // Of the visible colours: the nearest has the highest.
    private static float[] Scores(float r, float g, float b, IReadOnlyList<Rgba32> colours) =>
        [.. colours.Skip(1).Select(colour =>
    {
        float red = (colour.R / 255f) - r, green = (colour.G / 255f) - g, blue = (colour.B / 255f) - b;
        return -0.5f * ((red * red) + (green * green) + (blue * blue));
    })];

    internal static ModelSpec RandomSpec(Random random, out bool snap)
    {
        T Any<T>() where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];
        Architecture architecture = Any<Architecture>();
        Likelihood likelihood = Any<Likelihood>();
        bool palette = likelihood is Likelihood.Palette or Likelihood.Mix, grey = !palette && random.Next(4) == 0;
        int[] widths = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(2, 7))];
        int condition = random.Next(3);
        var spec = new ModelSpec
        {
            Architecture = architecture,
            Likelihood = likelihood,
            Regulariser = Any<Regulariser>(),
            Activation = Any<Activation>(),
            Width = random.Next(8, 22),
            Height = random.Next(8, 22),
            Kernel = architecture == Architecture.Conv && !palette && random.Next(2) == 0 ? 3 : 4,
            Grey = grey,
            SoftAlpha = !palette && random.Next(2) == 0,
            Widths = widths,
            DecoderWidths = architecture == Architecture.Conv && random.Next(2) == 0
                ? [.. widths.Select(width => width + 1)] : [],
            Hidden = random.Next(2) * random.Next(3, 9),
            DecoderHidden = random.Next(2) * random.Next(3, 9),
            Latent = random.Next(1, 7),
            PixelFeatures = random.Next(1, 6),
            ContextChannels = palette ? random.Next(2) * random.Next(1, 5) : 0,
            Colours = palette ? random.Next(2, 9) : 0,
            ConditionLabels = condition == 0 ? 0 : 3,
            Augmentation = random.Next(2) * 5,
            LabelColumns = condition == 2 ? [[0, 0], [0, 1], [1, 0]] : [],
        };
        snap = !palette && !grey && !spec.SoftAlpha && random.Next(2) == 0;
        return spec;
    }
}
