using System;
using System.Collections.Generic;
using VaeContent.Trainer.Models;

namespace VaeContent.Trainer.Graphs;

/// <summary>Turns layers into nodes: what each kind of <see cref="Layer"/> computes and how its weights start.</summary>
internal static class LayerGraph
{
    /// <summary>Appends layers one after the other; their parameters are named <c>scope.index.kind</c>, from index <paramref name="first"/> on.</summary>
    public static Value Apply(this Graph g, IReadOnlyList<Layer> layers, Value x, string scope, int first = 0)
    {
        for (int i = 0; i < layers.Count; i++)
            x = g.Apply(layers[i], x, $"{scope}.{first + i}");
        return x;
    }

    private static Value Apply(this Graph g, Layer layer, Value x, string name) => layer switch
    {
        Layer.Linear linear => g.Linear(x, linear.Units, name + ".linear"),
        Layer.Conv conv => g.Conv(x, conv, name + ".conv"),
        Layer.Upsample up => g.Upsample(x, up, name + ".up"),
        Layer.Unflatten map => g.Reshape(x, x.Shape[0], map.Channels, map.Height, map.Width),
        Layer.Activate act => g.Activate(x, act.Function),
        _ => throw new ArgumentOutOfRangeException(nameof(layer), layer, "unknown layer"),
    };

    /// <summary>
    /// Bytes of straight-alpha RGBA (B, H, W, 4) as (B, 4, H, W) in 0..1, colours multiplied by alpha, so that what is invisible weighs
    /// nothing; where alpha is hard, they already are.
    /// </summary>
    public static Value Intensities(this Graph g, Value sprites, bool softAlpha)
    {
        Value x = g.Transpose(g.Scale(g.Cast(sprites, ElementType.Float), 1f / 255f), 0, 3, 1, 2);
        if (!softAlpha) return x;
        Value alpha = g.Slice(x, 1, 3, 4);
        return g.Concat(1, g.Mul(g.Slice(x, 1, 0, 3), alpha), alpha);
    }

    /// <summary>Bytes of RGBA (B, H, W, 4) as grey (B, 1, H, W) in 0..1: one product instead of moving channels around.</summary>
    public static Value Greys(this Graph g, Value sprites)
    {
        int[] s = sprites.Shape;
        const float Third = 1f / (3f * 255f);
        Value rows = g.Reshape(g.Cast(sprites, ElementType.Float), s[0] * s[1] * s[2], 4);
        return g.Reshape(g.Gemm(rows, g.Constant([Third, Third, Third, 0f], 4, 1)), s[0], 1, s[1], s[2]);
    }

    /// <summary>x (B, ...) flattened to (B, K), times W (K, units), plus a bias.</summary>
    public static Value Linear(this Graph g, Value x, int units, string name)
    {
        Value flat = g.Reshape(x, x.Shape[0], x.Count / x.Shape[0]);
        var (w, b) = g.LinearWeights(flat.Shape[1], units, name);
        return g.Gemm(flat, w, bias: b);
    }

    /// <summary>The weights (K, units) and the bias (units) of such a layer.</summary>
    public static (Value W, Value B) LinearWeights(this Graph g, int k, int units, string name) =>
        (g.Parameter(name + ".w", Std(k), k, units), g.Parameter(name + ".b", 0f, units));

    /// <summary>Such a layer at each place of a map (B, K, H, W): (B, units, H, W).</summary>
    public static Value AtEachPlace(this Graph g, Value map, (Value W, Value B) linear) =>
        g.Conv(map, g.Reshape(g.Transpose(linear.W, 1, 0), linear.W.Shape[1], linear.W.Shape[0], 1, 1), linear.B, [1, 1], [0, 0, 0, 0]);

    private static Value Conv(this Graph g, Value x, Layer.Conv conv, string name)
    {
        int channels = x.Shape[1], k = conv.Kernel;
        Value w = g.Parameter(name + ".w", Std(channels * k * k), conv.Channels, channels, k, k);
        // Stride 2 halves and rounds up: an odd side gets one more row of zeros at its end.
        long before = (k - 1) / 2;
        long After(int side) => conv.Stride == 1 ? k - 1 - before : before + (side % 2);
        return g.Conv(x, w, g.Parameter(name + ".b", 0f, conv.Channels), [conv.Stride, conv.Stride],
            [before, before, After(x.Shape[2]), After(x.Shape[3])]);
    }

    private static Value Upsample(this Graph g, Value x, Layer.Upsample up, string name)
    {
        // Each outgoing pixel sees 2x2 of a 4x4 kernel; of a 3x3 one, a quarter of it.
        int k = up.Kernel;
        Value w = g.Parameter(name + ".w", Std(x.Shape[1] * k * k / 4), x.Shape[1], up.Channels, k, k);
        Value y = g.ConvTranspose(x, w, g.Parameter(name + ".b", 0f, up.Channels), [2, 2], [1, 1, 1, 1], [4 - k, 4 - k]);
        return g.Crop(y, up.Height, up.Width);
    }

    private static Value Crop(this Graph g, Value x, int height, int width) => g.Slice(x, new Operators.Cut(2, 0, height), new Operators.Cut(3, 0, width));

    internal static Value Activate(this Graph g, Value x, Activation function) => function switch
    {
        Activation.Silu => g.Silu(x),
        Activation.LeakyRelu => g.LeakyRelu(x, 0.1f),
        Activation.Relu => g.Relu(x),
        Activation.Tanh => g.Tanh(x),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "unknown activation"),
    };

    // LeCun et al. 1998, with the gain that keeps the variance through the nonlinearities used here.
    internal static float Std(int fanIn) => MathF.Sqrt(1.6f / fanIn);
}
