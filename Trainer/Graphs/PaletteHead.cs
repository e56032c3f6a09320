using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Models;

namespace VaeContent.Trainer.Graphs;

/// <summary>
/// The end of a palette decoder: for each pixel whether it is visible, and which colour it has if so. p(pixel) = p(visible) p(colour | visible).
/// It sits on a map of half the sprite's size, each place of which speaks for a block of 2x2 pixels; pixels stay in the order of blocks
/// until they are bytes, since turning features around costs more than computing them.
/// Features say what part of the sprite a pixel is; which colours that part has is decided once for the whole sprite, from the latent: each
/// feature is scaled and shifted by the sprite (Perez et al. 2018), so that hair is not two colours where the latent lies between two.
/// K: colours of the palette, the transparent one at 0 included. F: features a pixel. P: pixels of all blocks, 4 B ceil(H/2) ceil(W/2).
/// </summary>
internal sealed class PaletteHead
{
    private readonly ModelSpec _spec;
    private readonly int _batch, _rows, _columns;
    private readonly Value _weights, _bias;

    private const int SpriteUnits = 64;

    /// <summary>Over the decoder's last map, (B, C, ceil(H/2), ceil(W/2)), of sprites with the latents (and labels) <paramref name="code"/>, (B, Z + L).</summary>
    public PaletteHead(Graph g, ModelSpec spec, Value map, Value code)
    {
        _spec = spec;
        (_batch, _rows, _columns) = (map.Shape[0], map.Shape[2], map.Shape[3]);
        Value blocks = g.Reshape(g.Transpose(map, 0, 2, 3, 1), _batch * _rows * _columns, map.Shape[1]);
        Visibility = g.Linear(blocks, 4, "decoder.visibility");
        int f = spec.PixelFeatures, ofSprite = 4 * _rows * _columns;
        Value part = g.Activate(g.Reshape(g.Linear(blocks, 4 * f, "decoder.features"), _batch, ofSprite, f), spec.Activation);
        // The last weights start small: at first all sprites share their features.
        Value hidden = g.Activate(g.Linear(code, SpriteUnits, "decoder.sprite.0"), spec.Activation);
        Value sprite = g.Gemm(hidden, g.Parameter("decoder.sprite.1.w", 0.3f * LayerGraph.Std(SpriteUnits), SpriteUnits, 2 * f), bias: g.Parameter("decoder.sprite.1.b", 0f, 2 * f));
        Value scale = g.Reshape(g.Add(g.Slice(sprite, 1, 0, f), g.Constant(1f)), _batch, 1, f), shift = g.Reshape(g.Slice(sprite, 1, f, 2 * f), _batch, 1, f);
        Features = g.Reshape(g.Add(g.Mul(part, scale), shift), 4 * blocks.Shape[0], f);
        _weights = g.Parameter("decoder.colours.w", LayerGraph.Std(spec.PixelFeatures), spec.PixelFeatures, spec.Colours - 1);
        _bias = g.Parameter("decoder.colours.b", 0f, spec.Colours - 1);
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
        Value logits = Colours(g, Features);
        if (grain > 0f)
        {
            // It repeats, so that where it can, a part of a sprite's height stands for all.
            int rows = _rows % Grain.BlockRows == 0 ? Grain.BlockRows : _rows, pixels = 4 * rows * _columns, colours = logits.Shape[1];
            Value pattern = g.Reshape(Grain.Pattern(g, rows, _columns, colours, grain), 1, pixels, colours);
            logits = g.Reshape(g.Add(g.Reshape(logits, logits.Shape[0] / pixels, pixels, colours), pattern), logits.Shape[0], colours);
        }
        Value best = g.IndexOfLargest(logits, first: 1);
        Value visible = g.GreaterOrEqual(g.Reshape(Visibility, best.Count), g.Constant(0f));
        Value blocks = g.Reshape(g.Where(visible, best, 0f), _batch, _rows, _columns, 2, 2);
        Value plane = g.Reshape(g.Transpose(blocks, 0, 1, 3, 2, 4), _batch, 2 * _rows, 2 * _columns);
        return g.Cast(g.Slice(plane, new Operators.Cut(1, 0, _spec.Height), new Operators.Cut(2, 0, _spec.Width)), ElementType.UInt8);
    }
}
