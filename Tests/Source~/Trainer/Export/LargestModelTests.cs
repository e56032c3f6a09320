using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Internal;
using VaeContent.Internal.Graphs;
using VaeContent.Tests.Trainer.Model;
using VaeContent.Trainer.Model;

namespace VaeContent.Tests.Trainer.Export;

/// <summary>What a bundle may have at most is enough for the largest models that the trainer makes.</summary>
public sealed class LargestModelTests
{
    private static readonly Rgba32[] Colours = [default, .. Enumerable.Range(1, 255).Select(i => new Rgba32((byte)i, 9, 9))];

    private static readonly Dictionary<string, ModelSpec> Specs = new()
    {
        ["palette"] = Largest with { Likelihood = Likelihood.Palette, Colours = 256 },
        ["palette, sides that grain does not divide"] =
            Largest with { Likelihood = Likelihood.Palette, Colours = 256, Width = 126, Height = 126 },
        ["sigma"] = Largest with { Likelihood = Likelihood.Sigma, SoftAlpha = true },
        ["snapped"] = Largest with { Likelihood = Likelihood.Sigma },
        ["Keras layout"] = Largest with { Likelihood = Likelihood.Bernoulli, Kernel = 3, Widths = [32, 64], DecoderWidths = [] },
        ["mlp"] = Largest with
        {
            Architecture = Architecture.Mlp,
            Likelihood = Likelihood.Mse,
            Widths = [512, 256],
            DecoderWidths = []
        },
    };

    private static ModelSpec Largest => new() { Width = 128, Height = 128, DecoderWidths = [32, 64, 104], ConditionLabels = 3 };

    private static IEnumerable<string> Names => Specs.Keys;

    [TestCaseSource(nameof(Names))]
    public void IsWithinTheLimits(string name)
    {
        using var model = new VaeModel(Specs[name]);
        var output = new PixelOutput(HardAlpha: !model.Spec.SoftAlpha, name == "snapped" ? Colours : null)
        {
            Texture = new Texture(0.5f, 0.5f, 0.5f, Shades: true),
            Palette = TinyModels.Palette(Math.Max(2, model.Spec.Colours)),
            Pairs = TinyModels.Pairs(Math.Max(1, model.Spec.Colours - 1), seed: 1),
            Shades = TinyModels.Shades(Math.Max(1, model.Spec.Colours - 1), model.Spec.PixelFeatures, seed: 1),
        };
        CheckedGraph decoder = Check(ModelParityTests.DecoderFile(model, output));
        CheckedGraph encoder = Check(ModelParityTests.EncoderFile(model));
        TestContext.Out.WriteLine($"{name}: decoder {decoder.Work / 1e6:F0} million multiply-adds, {decoder.Live / 1e6:F1} MB at "
            + $"once; encoder {encoder.Work / 1e6:F0}, {encoder.Live / 1e6:F1}");
        Assert.That(decoder.Work, Is.GreaterThan(model.Decoder.parameters().Sum(parameter => parameter.numel())));
    }

    private static CheckedGraph Check(byte[] file)
    {
        OnnxModel model = OnnxModel.Read(file);
        model.ReadGraph(file);
        return new CheckedGraph(model);
    }
}
