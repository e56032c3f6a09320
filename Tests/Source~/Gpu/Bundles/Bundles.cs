using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using VaeContent.Tests.Trainer.Model;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Painting;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Bundles;

/// <summary>
/// A bundle of every kind, as the exporter writes it, over painted heroes. The weights are random: what counts is which nodes
/// run. The argument is the folder that they are written to; the checks read them, under Wine too, where libtorch has no place.
/// </summary>
internal static class Program
{
    private const int Latent = 16, Painted = 48, Seed = 3;

    private static int Main(string[] arguments)
    {
        if (arguments is not [string folder]) return 1;
        Directory.CreateDirectory(folder);
        foreach ((string name, byte[] file) in Decoders()) File.WriteAllBytes(Path.Combine(folder, name + ".vae"), file);
        foreach ((string name, byte[] file) in Encoders()) File.WriteAllBytes(Path.Combine(folder, name + ".encoder.vae"), file);
        return 0;
    }

    // Every architecture and likelihood, with and without labels, with every prior, in every precision.
    private static IEnumerable<(string Name, byte[] File)> Decoders()
    {
        Dataset plain = Heroes(labelled: false), labelled = Heroes(labelled: true);
        foreach (Architecture architecture in Enum.GetValues<Architecture>())
        {
            ModelSpec spec = Spec(architecture);
            string name = architecture.ToString().ToLowerInvariant();
            if (architecture == Architecture.Mlp) yield return Make("smallest",
                spec with { Likelihood = Likelihood.Palette, Colours = plain.Palette.Palette.Count }, plain);
            yield return Make($"{name}, palette",
                spec with { Likelihood = Likelihood.Palette, Colours = plain.Palette.Palette.Count }, plain);
            yield return Make($"{name}, sigma, soft alpha", spec with { Likelihood = Likelihood.Sigma, SoftAlpha = true }, plain);
        }

        ModelSpec conv = Spec(Architecture.Conv);
        ModelSpec palette = conv with { Likelihood = Likelihood.Palette, Colours = plain.Palette.Palette.Count };
        yield return Make("conv, sigma, snapped to the palette", conv with { Likelihood = Likelihood.Sigma }, plain);
        yield return Make("conv, bernoulli, tanh",
            conv with { Likelihood = Likelihood.Bernoulli, SoftAlpha = true, Activation = Activation.Tanh }, plain);
        yield return Make("conv, mse, leaky relu",
            conv with { Likelihood = Likelihood.Mse, SoftAlpha = true, Activation = Activation.LeakyRelu }, plain);
        yield return Make("conv, palette, labels", palette with { ConditionLabels = labelled.All.Labels.Count }, labelled);
        yield return Make("conv, palette, labels, prior network", palette with { ConditionLabels = labelled.All.Labels.Count },
            labelled, flow: true);
        Dataset posed = Posed(plain);
        yield return Make("conv, palette, poses", palette with { ConditionLabels = posed.All.Labels.Count }, posed);
        yield return Make("conv, palette, grained", palette, plain, texture: new Texture(Grain: 0.5f));
        yield return Make("conv, palette, smoothed", palette, plain, texture: new Texture(Smoothing: 0.5f));
        yield return Make("conv, palette, outlined", palette, plain, texture: new Texture(Strays: 4f, Islands: 4f, Gaps: 2f));
        yield return Make("conv, palette, in two steps", palette with { ContextChannels = 8 }, plain,
            texture: new Texture(Smoothing: 0.5f, Grain: 0.5f));
        yield return Make("conv, palette, agreed", palette, plain, texture: new Texture(Agreement: 1f));
        yield return Make("conv, palette, shaded", palette with { ContextChannels = 8 }, plain,
            texture: new Texture(Smoothing: 0.5f, Shades: true));
        yield return Make("conv, palette, prior network", palette, plain, flow: true);
        foreach (WeightPrecision precision in new[] { WeightPrecision.Float16, WeightPrecision.Int8 })
            yield return Make($"conv, palette, prior network, {precision.ToString().ToLowerInvariant()} weights", palette, plain,
                flow: true, precision);
    }

    // One of each architecture, with and without labels.
    private static IEnumerable<(string Name, byte[] File)> Encoders()
    {
        foreach (Architecture architecture in Enum.GetValues<Architecture>())
        {
            Dataset data = Heroes(labelled: architecture == Architecture.Conv);
            ModelSpec spec = Spec(architecture) with
            {
                Likelihood = Likelihood.Sigma,
                SoftAlpha = architecture == Architecture.Mlp,
                ConditionLabels = data.All.Labels.Count
            };
            yield return (architecture.ToString().ToLowerInvariant() + (spec.SoftAlpha ? ", soft alpha" : ", labels"),
                BundleExport.Encoder(TinyModels.Shaken(new VaeModel(spec, Seed)), data));
        }
    }

    // The same heroes as characters of two poses, one of three frames and one of two.
    private static Dataset Posed(Dataset plain)
    {
        Pose[] poses = [new("walk", 0, 3, 100), new("bow", 3, 2, 100)];
        Sprite[] sprites = [.. plain.All.Sprites.Select((sprite, i) => sprite with { Group = $"{i / 5}", Label = i % 5 })];
        var all = new SpriteSet(plain.All.Width, plain.All.Height, sprites,
            [.. poses.SelectMany(pose => Enumerable.Range(0, pose.Frames).Select(pose.LabelOf))], null,
            new DataReport { Poses = poses });
        return new Dataset(all, all, all, plain.Palette);
    }

    private static ModelSpec Spec(Architecture architecture) => new()
    {
        Architecture = architecture,
        Latent = Latent,
        Widths = architecture == Architecture.Mlp ? [48, 32] : [16, 24, 32],
        Hidden = 32,
        DecoderHidden = 32,
        PixelFeatures = 8,
    };

    private static (string Name, byte[] File) Make(string name, ModelSpec spec, Dataset data, bool flow = false,
        WeightPrecision precision = WeightPrecision.Float32, Texture texture = default)
    {
        int labels = data.All.Labels.Count;
        Prior prior = flow ? Prior.Network(spec.Latent, spec.Latent, [.. data.Train.LabelCounts], labels > 0)
            : Prior.Normal(spec.Latent, [.. data.Train.LabelCounts]);
        FlowPrior? network = null;
        if (flow)
        {
            var flowSpec = new FlowSpec(spec.Latent, labels, Width: 32, Depth: 2, Steps: 4);
            network = new FlowPrior(TinyModels.Shaken(new FlowNetwork(flowSpec, Seed)), new float[spec.Latent],
                [.. Enumerable.Repeat(1f, spec.Latent)]);
        }

        Shades? shades = texture.Shades ? TinyModels.Shades(spec.Colours - 1, spec.PixelFeatures, Seed, directions: 4) : null;
        byte[] file = BundleExport.Decoder(TinyModels.Shaken(new VaeModel(spec, Seed)), data, prior,
            network is null ? null : network.ToOnnx, null, precision, texture, shades: shades);
        return (name, file);
    }

    private static Dataset Heroes(bool labelled)
    {
        PaintedSprite[] painted = [.. HeroPainter.PaintDistinct(Painted, seed: 1)];
        string[] labels = labelled ? [.. HeroPainter.Labels] : [];
        Sprite[] sprites = [.. painted.Select((hero, i) =>
            new Sprite($"{i}.png", hero.Picture.Pixels) { Label = labelled ? Array.IndexOf(labels, hero.Label) : -1 })];
        var all = new SpriteSet(painted[0].Picture.Width, painted[0].Picture.Height, sprites, labels);
        return new Dataset(all, all, all, ColourPalette.Fit(sprites, 96));
    }
}
