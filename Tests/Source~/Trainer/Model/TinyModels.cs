using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training;
using static TorchSharp.torch;

namespace VaeContent.Tests.Trainer.Model;

/// <summary>Small models of every kind, and seeded weights, sprites, labels and noise for them.</summary>
internal static class TinyModels
{
    /// <summary>One of each kind.</summary>
    public static IReadOnlyDictionary<string, ModelSpec> Specs { get; } = new Dictionary<string, ModelSpec>
    {
        ["conv + palette"] = Small with { Likelihood = Likelihood.Palette, Colours = 7 },
        ["conv + palette, odd sides"] = Small with
        {
            Likelihood = Likelihood.Palette,
            Colours = 5,
            ContextChannels = 3,
            Width = 11,
            Height = 9
        },
        ["conv + palette, conditional"] = Small with
        {
            Likelihood = Likelihood.Palette,
            Colours = 5,
            ContextChannels = 4,
            ConditionLabels = 3,
            Hidden = 0,
            DecoderHidden = 0
        },
        ["conv + palette, given the changes"] = Small with { Likelihood = Likelihood.Palette, Colours = 5, Augmentation = 5 },
        ["conv + mix"] = Small with { Likelihood = Likelihood.Mix, Colours = 5, ContextChannels = 2 },
        ["conv + sigma, soft alpha"] = Small with
        {
            Likelihood = Likelihood.Sigma,
            SoftAlpha = true,
            Activation = Activation.Tanh
        },
        ["conv + bernoulli"] = Small with { DecoderWidths = [5, 4, 3], Likelihood = Likelihood.Bernoulli },
        ["conv + sigma, conditional"] = Small with { Likelihood = Likelihood.Sigma, ConditionLabels = 2 },
        ["Keras layout"] = Small with { Likelihood = Likelihood.Bernoulli, Grey = true, Kernel = 3, Widths = [3, 4] },
        ["mlp + palette"] = Small with
        {
            Architecture = Architecture.Mlp,
            Likelihood = Likelihood.Palette,
            Colours = 4,
            Widths = [12, 7]
        },
        ["mlp + mse"] = Small with { Architecture = Architecture.Mlp, Likelihood = Likelihood.Mse, Widths = [12, 7] },
    };

    public static IEnumerable<string> Names => Specs.Keys;

    private static ModelSpec Small => new()
    {
        Widths = [4, 6, 7],
        Hidden = 11,
        DecoderHidden = 9,
        Latent = 5,
        PixelFeatures = 6,
        Width = 16,
        Height = 12
    };

    /// <summary>
    /// A model with the weights that training starts from, <paramref name="gain"/> times as large, and biases that are not 0.
    /// </summary>
    public static VaeModel Make(ModelSpec spec, long seed = 3, float gain = 1f) => Shaken(new VaeModel(spec, seed), gain);

    /// <summary>A module with all of its weights moved a little.</summary>
    public static T Shaken<T>(T module, float gain = 1f) where T : nn.Module
    {
        var normals = new Sampler(8);
        module.SetFlat([.. module.Flat().Select((weight, i) => gain * (weight + (0.05f * normals.Normal(i))))]);
        return module;
    }

    /// <summary>A batch of seeded sprites, labels and noise; sprite i has label i mod L.</summary>
    public static TrainingBatch Batch(ModelSpec spec, int size, int draws = 1, bool isCorrupted = false, long seed = 5)
    {
        var batch = new TrainingBatch(spec, size, draws, isCorrupted);
        Fill(batch, spec, seed);
        return batch;
    }

    /// <summary>Refills a batch.</summary>
    public static void Fill(TrainingBatch batch, ModelSpec spec, long seed)
    {
        Sprites(TrainingBatch.Memory<byte>(batch.Sprites), spec, seed);
        Sprites(TrainingBatch.Memory<byte>(batch.Clean), spec, seed + 10);
        Span<byte> indices = TrainingBatch.Memory<byte>(batch.Indices);
        for (int i = 0; i < indices.Length; i++) indices[i] = (byte)new Sampler(seed, 1 << 20).Below(spec.Colours, i);
        Span<float> label = TrainingBatch.Memory<float>(batch.Label);
        for (int i = 0; i < label.Length; i++) label[i] =
            i / spec.ConditionLabels % spec.ConditionLabels == i % spec.ConditionLabels ? 1f : 0f;
        Normals(TrainingBatch.Memory<float>(batch.Augmentation), seed, 1 << 23);
        Normals(TrainingBatch.Memory<float>(batch.Noise), seed, 1 << 21);
        Normals(TrainingBatch.Memory<float>(batch.Draws), seed, 1 << 22);
        Span<long> moved = TrainingBatch.Memory<long>(batch.Moved);
        Span<float> kept = TrainingBatch.Memory<float>(batch.Kept);
        VaeContent.Trainer.Data.DifferentiableAugmentation.Fill(moved, kept, spec.Width, spec.Height, flip: true, seed,
            stream: 0);
    }

    /// <summary>The transparent colour and seeded dark ones, shades of one another.</summary>
    public static Rgba32[] Palette(int count)
    {
        var draws = new Sampler(9);
        return [default, .. Enumerable.Range(1, count - 1).Select(i =>
            new Rgba32((byte)draws.Below(80, 3 * i), (byte)draws.Below(80, (3 * i) + 1), (byte)draws.Below(80, (3 * i) + 2)))];
    }

    /// <summary>Which of some colours occur together, as seeded normals say.</summary>
    public static ColourPairs Pairs(int colours, long seed)
    {
        float[] present = new float[colours * colours], missing = new float[colours * colours];
        Normals(present, seed, 1 << 24);
        Normals(missing, seed, 1 << 25);
        return new ColourPairs(colours, [.. present.Select(ratio => ratio / 10)], missing);
    }

    /// <summary>Shades of some colours in some directions among features, as seeded normals say.</summary>
    public static Shades Shades(int colours, int features, long seed, int directions = 2)
    {
        T Numbers<T>(int stream, params long[] shape) =>
            (T)(object)Normal(seed + stream, shape).mul(4f).data<float>().ToNDArray();
        return new Shades(Numbers<float[,]>(0, directions, features), Numbers<float[,,]>(1, colours, 3, directions),
            Numbers<float[,]>(2, colours, 3));
    }

    /// <summary>Standard normals of a shape.</summary>
    public static Tensor Normal(long seed, params long[] shape)
    {
        var data = new float[shape.Aggregate(1L, (product, side) => product * side)];
        Normals(data, seed, 0);
        return tensor(data).reshape(shape);
    }

    /// <summary>A tensor's numbers as doubles, row-major.</summary>
    public static double[] Doubles(this Tensor tensor) => Array.ConvertAll(tensor.ToArray(), value => (double)value);

    // Straight-alpha bytes, each sprite from its own stream; RGB under alpha 0 is 0.
    private static void Sprites(Span<byte> bytes, ModelSpec spec, long seed)
    {
        int area = spec.Width * spec.Height;
        for (int pixel = 0; pixel < bytes.Length / 4; pixel++)
        {
            var draws = new Sampler(seed, pixel / area);
            int at = pixel % area * 5;
            long alpha = spec.Grey ? 255 : draws.Below(3, at) == 0 ? 0 : spec.SoftAlpha ? draws.Below(256, at + 1) : 255;
            for (int c = 0; c < 3; c++) bytes[(pixel * 4) + c] = alpha == 0 ? (byte)0 : (byte)draws.Below(256, at + 2 + c);
            bytes[(pixel * 4) + 3] = (byte)alpha;
        }
    }

    private static void Normals(Span<float> into, long seed, int stream)
    {
        var normals = new Sampler(seed, stream);
        for (int i = 0; i < into.Length; i++) into[i] = normals.Normal(i);
    }
}
