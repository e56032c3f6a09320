using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Painting;
using VaeContent.Trainer.Training;
using static TorchSharp.torch;

namespace VaeContent.Tests.Gpu;

/// <summary>
/// A bundle of every kind, as the exporter writes it, over painted heroes. The weights are random: what counts is which nodes
/// run.
/// </summary>
internal static class Bundles
{
    private const int Latent = 16, Painted = 48, Seed = 3;

    /// <summary>Every architecture and likelihood, with and without labels, with every prior, in every precision.</summary>
    public static IEnumerable<(string Name, VaeBundle Bundle)> All()
    {
        Dataset plain = Heroes(labelled: false), labelled = Heroes(labelled: true);
        foreach (Architecture architecture in Enum.GetValues<Architecture>())
        {
            ModelSpec spec = Small(architecture);
            string name = architecture.ToString().ToLowerInvariant();
            yield return Make($"{name}, palette", spec with { Likelihood = Likelihood.Palette, Colours = plain.Palette.Palette.Count }, plain);
            yield return Make($"{name}, sigma, soft alpha", spec with { Likelihood = Likelihood.Sigma, SoftAlpha = true }, plain);
        }

        ModelSpec conv = Small(Architecture.Conv), palette = conv with { Likelihood = Likelihood.Palette, Colours = plain.Palette.Palette.Count };
        yield return Make("conv, sigma, snapped to the palette", conv with { Likelihood = Likelihood.Sigma }, plain);
        yield return Make("conv, bernoulli, tanh", conv with { Likelihood = Likelihood.Bernoulli, SoftAlpha = true, Activation = Activation.Tanh }, plain);
        yield return Make("conv, mse, leaky relu", conv with { Likelihood = Likelihood.Mse, SoftAlpha = true, Activation = Activation.LeakyRelu }, plain);
        yield return Make("conv, palette, labels", palette with { ConditionLabels = labelled.All.Labels.Count }, labelled);
        yield return Make("conv, palette, labels, prior network", palette with { ConditionLabels = labelled.All.Labels.Count }, labelled, flow: true);
        yield return Make("conv, palette, grained", palette, plain, grain: 0.5f);
        yield return Make("conv, palette, prior network", palette, plain, flow: true);
        foreach (WeightPrecision precision in new[] { WeightPrecision.Float16, WeightPrecision.Int8 })
            yield return Make($"conv, palette, prior network, {precision.ToString().ToLowerInvariant()} weights", palette, plain, flow: true, precision);
    }

    /// <summary>An encoder of each architecture, with and without labels.</summary>
    public static IEnumerable<(string Name, EncoderBundle Bundle)> Encoders()
    {
        foreach (Architecture architecture in Enum.GetValues<Architecture>())
        {
            Dataset data = Heroes(labelled: architecture == Architecture.Conv);
            ModelSpec spec = Small(architecture) with { Likelihood = Likelihood.Sigma, SoftAlpha = architecture == Architecture.Mlp, ConditionLabels = data.All.Labels.Count };
            byte[] file = BundleExport.Encoder(Shaken(new VaeModel(spec, Seed)), data);
            string name = architecture.ToString().ToLowerInvariant() + (spec.SoftAlpha ? ", soft alpha" : ", labels");
            yield return (name, EncoderBundle.Load(file, name));
        }
    }

    /// <summary>A small one, for what is done many times.</summary>
    public static VaeBundle Smallest()
    {
        Dataset plain = Heroes(labelled: false);
        return Make("smallest", Small(Architecture.Mlp) with { Likelihood = Likelihood.Palette, Colours = plain.Palette.Palette.Count }, plain).Bundle;
    }

    private static ModelSpec Small(Architecture architecture) => new()
    {
        Architecture = architecture,
        Latent = Latent,
        Widths = architecture == Architecture.Mlp ? [48, 32] : [16, 24, 32],
        Hidden = 32,
        DecoderHidden = 32,
        PixelFeatures = 8,
    };

    private static (string Name, VaeBundle Bundle) Make(string name, ModelSpec spec, Dataset data, bool flow = false, WeightPrecision precision = WeightPrecision.Float32, float grain = 0f)
    {
        int labels = data.All.Labels.Count;
        Prior prior = flow ? Prior.Network(spec.Latent, spec.Latent, [.. data.Train.LabelCounts], labels > 0) : Prior.Normal(spec.Latent, [.. data.Train.LabelCounts]);
        FlowPrior? network = null;
        if (flow)
        {
            var flowSpec = new FlowSpec(spec.Latent, labels, Width: 32, Depth: 2, Steps: 4);
            network = new FlowPrior(Shaken(new FlowNetwork(flowSpec, Seed)), new float[spec.Latent], [.. Enumerable.Repeat(1f, spec.Latent)]);
        }

        byte[] file = BundleExport.Decoder(Shaken(new VaeModel(spec, Seed)), data, prior, network is null ? null : network.ToOnnx, null, precision, grain);
        return (name, VaeBundle.Load(file, name));
    }

    // As training starts, with biases that are not 0.
    private static T Shaken<T>(T module) where T : nn.Module
    {
        var normals = new Sampler(8);
        module.SetFlat([.. module.Flat().Select((weight, i) => weight + (0.05f * normals.Normal(i)))]);
        return module;
    }

    public static Dataset Heroes(bool labelled)
    {
        PaintedSprite[] painted = [.. HeroPainter.PaintDistinct(Painted, seed: 1)];
        string[] labels = labelled ? [.. HeroPainter.Labels] : [];
        Sprite[] sprites = [.. painted.Select((hero, i) => new Sprite($"{i}.png", hero.Picture.Pixels) { Label = labelled ? Array.IndexOf(labels, hero.Label) : -1 })];
        var all = new SpriteSet(painted[0].Picture.Width, painted[0].Picture.Height, sprites, labels);
        return new Dataset(all, all, all, ColourPalette.Fit(sprites, 96));
    }
}
