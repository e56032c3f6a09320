using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Models;

namespace VaeContent.Trainer.Graphs;

/// <summary>
/// The end of a palette decoder: for each pixel whether it is visible, and which colour it has if so. p(pixel) = p(visible) p(colour | visible).
/// It sits on a map of half the sprite's size, each place of which speaks for a block of 2x2 pixels.
/// Features say what part of the sprite a pixel is; which colours that part has is decided once for the whole sprite, from the latent: each
/// feature is scaled and shifted by the sprite (Perez et al. 2018), so that hair is not two colours where the latent lies between two.
/// It is written twice, over the same weights: in training with a row for each pixel, of which the visible ones are picked, and in shipped
/// decoders with a plane for each number, which takes half the time.
/// K: colours of the palette, the transparent one at 0 included. F: features a pixel. R, C: rows and columns of blocks, ceil(H/2) and
/// ceil(W/2). P: pixels of all blocks, 4 B R C.
/// </summary>
internal sealed class PaletteHead
{
    private readonly ModelSpec _spec;
    private readonly int _batch, _rows, _columns;
    private readonly Value _map, _scale, _shift, _weights, _bias;
    private readonly (Value W, Value B) _visibility, _features;

    private const int SpriteUnits = 64;

    /// <summary>Over the decoder's last map, (B, M, R, C), of sprites with the latents (and labels) <paramref name="code"/>, (B, Z + L).</summary>
    public PaletteHead(Graph g, ModelSpec spec, Value map, Value code)
    {
        (_spec, _map) = (spec, map);
        (_batch, _rows, _columns) = (map.Shape[0], map.Shape[2], map.Shape[3]);
        int f = spec.PixelFeatures, ofSprite = 4 * _rows * _columns, channels = map.Shape[1];
        Value blocks = g.Reshape(g.Transpose(map, 0, 2, 3, 1), _batch * _rows * _columns, channels);
        _visibility = g.LinearWeights(channels, 4, "decoder.visibility");
        Visibility = g.Gemm(blocks, _visibility.W, bias: _visibility.B);
        _features = g.LinearWeights(channels, 4 * f, "decoder.features");
        Value part = g.Activate(g.Reshape(g.Gemm(blocks, _features.W, bias: _features.B), _batch, ofSprite, f), spec.Activation);
        // The last weights start small: at first all sprites share their features.
        Value hidden = g.Activate(g.Linear(code, SpriteUnits, "decoder.sprite.0"), spec.Activation);
        Value sprite = g.Gemm(hidden, g.Parameter("decoder.sprite.1.w", 0.3f * LayerGraph.Std(SpriteUnits), SpriteUnits, 2 * f), bias: g.Parameter("decoder.sprite.1.b", 0f, 2 * f));
        (_scale, _shift) = (g.Add(g.Slice(sprite, 1, 0, f), g.Constant(1f)), g.Slice(sprite, 1, f, 2 * f)); // (B, F)
        Features = g.Reshape(g.Add(g.Mul(part, g.Reshape(_scale, _batch, 1, f)), g.Reshape(_shift, _batch, 1, f)), 4 * blocks.Shape[0], f);
        (_weights, _bias) = g.LinearWeights(f, spec.Colours - 1, "decoder.colours");
    }

    /// <summary>(P / 4, 4): the log-odds that a pixel is visible.</summary>
    public Value Visibility { get; }

    /// <summary>(P, F), one row a pixel.</summary>
    public Value Features { get; }

    /// <summary>Unnormalised log-probabilities of the visible colours, (V, K - 1), for some rows of <see cref="Features"/>.</summary>
    public Value Colours(Graph g, Value rows) => g.Gemm(rows, _weights, bias: _bias);

    /// <summary>A plane (B, 1, H, W) in the order of <see cref="Visibility"/>, (P / 4, 4).</summary>
    public Value InBlocks(Graph g, Value plane)
    {
        Value even = g.Pad(plane, 0, 0, 0, 0, 0, 0, (2 * _rows) - _spec.Height, (2 * _columns) - _spec.Width);
        Value blocks = g.Transpose(g.Reshape(even, _batch, _rows, 2, _columns, 2), 0, 1, 3, 2, 4);
        return g.Reshape(blocks, _batch * _rows * _columns, 4);
    }

    /// <summary>What a pixel is expected to look like, premultiplied, (B, 4, H, W): p(visible) times the mean of the colours of <paramref name="palette"/> (K).</summary>
    public Value Picture(Graph g, IReadOnlyList<Rgba32> palette)
    {
        float[] numbers = [.. palette.Skip(1).SelectMany(colour => new[] { colour.R / 255f, colour.G / 255f, colour.B / 255f })];
        Value colours = g.Gemm(g.Softmax(Colours(g, Features)), g.Constant(numbers, palette.Count - 1, 3)); // (P, 3)
        Value visible = g.Reshape(g.Sigmoid(Visibility), colours.Shape[0], 1);
        Value blocks = g.Reshape(g.Concat(1, g.Mul(colours, visible), visible), _batch, _rows, _columns, 2, 2, 4);
        Value plane = g.Reshape(g.Transpose(blocks, 0, 5, 1, 3, 2, 4), _batch, 4, 2 * _rows, 2 * _columns);
        return g.Slice(plane, new Operators.Cut(2, 0, _spec.Height), new Operators.Cut(3, 0, _spec.Width));
    }

    /// <summary>The palette index of each pixel, (B, H, W) bytes: the likeliest one, up to <paramref name="grain"/>.</summary>
    public Value Indices(Graph g, float grain)
    {
        int colours = _spec.Colours - 1, f = _spec.PixelFeatures, blocks = _rows * _columns;
        Value part = g.Reshape(g.Activate(g.AtEachPlace(_map, _features), _spec.Activation), _batch, 4, f, blocks);
        // What a sprite makes of its features goes into its weights: (s part + t) W + b = part (s W) + (t W + b).
        Value weights = g.Scale(_weights, Operators.FarApart), bias = g.Scale(_bias, Operators.FarApart);
        Value ofSprite = g.Mul(g.Transpose(weights, 1, 0), g.Reshape(_scale, _batch, 1, f)); // (B, K - 1, F)
        Value logits = g.MatMul(g.Reshape(ofSprite, _batch, 1, colours, f), part); // (B, 4, K - 1, R C)
        logits = g.Add(logits, g.Reshape(g.Gemm(_shift, weights, bias: bias), _batch, 1, colours, 1));
        if (grain > 0f)
        {
            // It repeats, so that where it can, a part of a sprite's height stands for all.
            int rows = _rows % Grain.BlockRows == 0 ? Grain.BlockRows : _rows;
            Value pattern = Grain.Pattern(g, rows, _columns, colours, grain, Operators.FarApart);
            logits = g.Reshape(g.Add(g.Reshape(logits, _batch, 4 * colours, _rows / rows, rows * _columns), pattern), _batch, 4, colours, blocks);
        }
        Value best = g.Reshape(g.IndexOfLargest(logits, axis: 2, first: 1), _batch, 4, _rows, _columns);
        Value visible = g.GreaterOrEqual(g.AtEachPlace(_map, _visibility), g.Constant(0f));
        Value plane = g.Reshape(g.DepthToSpace(g.Where(visible, best, 0f), 2), _batch, 2 * _rows, 2 * _columns);
        return g.Cast(g.Slice(plane, new Operators.Cut(1, 0, _spec.Height), new Operators.Cut(2, 0, _spec.Width)), ElementType.UInt8);
    }
}
