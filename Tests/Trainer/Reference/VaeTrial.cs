using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Models;

namespace VaeContent.Tests.Trainer.Reference;

/// <summary>Small models of every kind, and seeded sprites, labels, noise and weights for them.</summary>
internal static class VaeTrial
{
    /// <summary>The axes of a model, each with a net that is small enough for the interpreter.</summary>
    public static IReadOnlyDictionary<string, ModelSpec> Specs { get; } = new Dictionary<string, ModelSpec>
    {
        ["conv + palette"] = Small with { Likelihood = Likelihood.Palette, Colours = 7 },
        ["conv + sigma, soft alpha"] = Small with { Likelihood = Likelihood.Sigma, SoftAlpha = true, Activation = Activation.Tanh },
        ["conv + bernoulli"] = Small with { DecoderWidths = [5, 4, 3], Likelihood = Likelihood.Bernoulli },
        ["mlp + palette"] = Small with { Architecture = Architecture.Mlp, Likelihood = Likelihood.Palette, Colours = 4, Widths = [12, 7] },
        ["mlp + mse"] = Small with { Architecture = Architecture.Mlp, Likelihood = Likelihood.Mse, Widths = [12, 7] },
        ["conv + palette, conditional"] = Small with { Likelihood = Likelihood.Palette, Colours = 5, ConditionLabels = 3, Hidden = 0, DecoderHidden = 0 },
        ["conv + sigma, conditional"] = Small with { Likelihood = Likelihood.Sigma, ConditionLabels = 2 },
    };

    public static IEnumerable<string> Names => Specs.Keys;

    public static IReadOnlyList<(int Width, int Height)> Sizes { get; } = [(24, 24), (32, 48), (20, 12)];

    private static ModelSpec Small => new() { Widths = [4, 6, 7], Hidden = 11, DecoderHidden = 9, Latent = 5, PixelFeatures = 6, Width = 24, Height = 24 };

    /// <summary>Straight-alpha bytes, (B, H, W, 4), each sprite from its own stream; RGB under alpha 0 is 0.</summary>
    public static double[] Sprites(ModelSpec spec, int batch, long seed = 5)
    {
        int area = spec.Width * spec.Height;
        var bytes = new double[batch * area * 4];
        for (int pixel = 0; pixel < batch * area; pixel++)
        {
            var draws = new Sampler(seed, pixel / area);
            int at = pixel % area * 5;
            double alpha = draws.Below(3, at) == 0 ? 0 : spec.SoftAlpha ? draws.Below(256, at + 1) : 255;
            for (int c = 0; c < 3; c++) bytes[(pixel * 4) + c] = alpha == 0 ? 0 : draws.Below(256, at + 2 + c);
            bytes[(pixel * 4) + 3] = alpha;
        }
        return bytes;
    }

    /// <summary>Numbers for every input of a model; the same sprites and noise whatever the batch.</summary>
    public static Dictionary<Value, double[]> Feeds(VaeGraph vae, float beta = 0.7f)
    {
        ModelSpec spec = vae.Spec;
        int batch = vae.Sprites.Shape[0], area = spec.Width * spec.Height;
        var noise = new Sampler(6);
        var feeds = new Dictionary<Value, double[]>
        {
            [vae.Sprites] = Sprites(spec, batch),
            [vae.Noise] = [.. Enumerable.Range(0, vae.Noise.Count).Select(i => (double)noise.Normal(i))],
            [vae.Beta] = [beta],
        };
        if (vae.Visible is { } visible) Judge(visible, [.. Enumerable.Range(0, batch * area).Select(i => (byte)new Sampler(7).Below(spec.Colours, i))], feeds);
        if (vae.Clean is { } clean) feeds[clean] = Sprites(spec, batch, seed: 15);
        if (vae.Draws is { } draws) feeds[draws] = [.. Enumerable.Range(0, draws.Count).Select(i => (double)new Sampler(16).Normal(i))];
        if (vae.Capacity is { } capacity) feeds[capacity] = [3.5];
        if (vae.Label is { } label) feeds[label] = Labels(batch, label.Shape[1]);
        return feeds;
    }

    /// <summary>The inputs that name the visible pixels of a batch's palette indices.</summary>
    public static void Judge(VisiblePixels visible, byte[] indices, Dictionary<Value, double[]> feeds)
    {
        int count = visible.Rows.Count;
        long[] rows = new long[count], colours = new long[count];
        var weights = new float[count];
        visible.Select(indices, rows, colours, weights);
        feeds[visible.Rows] = Array.ConvertAll(rows, x => (double)x);
        feeds[visible.Colours] = Array.ConvertAll(colours, x => (double)x);
        feeds[visible.Weights] = Array.ConvertAll(weights, x => (double)x);
    }

    /// <summary>Sprite i has label i mod L; rows of 1 and 0.</summary>
    public static double[] Labels(int batch, int labels) =>
        [.. Enumerable.Range(0, batch * labels).Select(i => i / labels % labels == i % labels ? 1.0 : 0.0)];

    /// <summary>The weights that training starts from, with biases that are not 0.</summary>
    public static float[] Weights(Graph graph)
    {
        float[] weights = TrainingState.Initial(graph, seed: 3).Weights;
        var normals = new Sampler(8);
        return Array.ConvertAll([.. Enumerable.Range(0, weights.Length)], i => weights[i] + (0.05f * normals.Normal(i)));
    }

    /// <summary>A graph's weights and inputs as a trial.</summary>
    public static Trial Of(VaeGraph vae, float[] weights)
    {
        var trial = new Trial(graph: vae.Graph) { Given = Array.ConvertAll(weights, w => (double)w) };
        foreach (var (value, data) in Feeds(vae)) trial.Feed(value, data);
        return trial;
    }
}
