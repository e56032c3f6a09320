using System;
using System.Collections.Generic;
using VaeContent.Trainer.Models;

namespace VaeContent.Trainer.Graphs;

/// <summary>
/// The pixels whose colours a batch is judged by. Invisible ones have none, and in most sets they are the greater part: their rows are
/// left out of the softmax. The number of rows V is fixed, as all shapes are; where a batch has more visible pixels, evenly spaced ones
/// stand for all of them.
/// </summary>
public sealed class VisiblePixels
{
    private readonly int _height, _width;

    internal VisiblePixels(Graph g, int batch, int height, int width, float share)
    {
        (_height, _width) = (height, width);
        int pixels = batch * height * width, count = Math.Clamp((int)MathF.Ceiling(pixels * share), 1, pixels);
        Rows = g.Input("visible_rows", ElementType.Int64, count);
        Colours = g.Input("visible_colours", ElementType.Int64, count, 1);
        Weights = g.Input("visible_weights", ElementType.Float, count);
    }

    /// <summary>Input, (V): rows of <see cref="PaletteHead.Features"/>, none twice.</summary>
    public Value Rows { get; }

    /// <summary>Input, (V, 1): their colours, 0 for the palette's entry 1.</summary>
    public Value Colours { get; }

    /// <summary>Input, (V): how many visible pixels each stands for; 0 for those that fill up the rows.</summary>
    public Value Weights { get; }

    /// <summary>-log p of the judged pixels' colours, summed; with the palette's colours also their squared distance, see <see cref="Likelihood.Mix"/>.</summary>
    internal Value Judge(Graph g, PaletteHead head, IReadOnlyList<Rgba32>? palette, float sigma)
    {
        Value logits = head.Colours(g, g.GatherRows(head.Features, Rows)), loss = g.Palette(logits, Colours, Weights);
        return palette is null ? loss : g.Add(loss, g.ColourDistance(logits, Colours, Weights, palette, sigma));
    }

    /// <summary>The first of these for each sprite, (B, 1); all pixels have to be judged, so that rows lie sprite by sprite.</summary>
    internal Value JudgeEach(Graph g, PaletteHead head, int batch)
    {
        if (Rows.Count != batch * _height * _width) throw new ArgumentException($"{Rows.Count} rows for {batch} sprites of {_width}x{_height}: all pixels are needed");
        Value p = g.Softmax(head.Colours(g, g.GatherRows(head.Features, Rows)));
        Value ofTarget = g.Reshape(g.GatherElements(p, Colours), Rows.Count);
        Value losses = g.Neg(g.Mul(g.Log(g.Max(ofTarget, g.Constant(1e-30f))), Weights));
        return g.ReduceSum(g.Reshape(losses, batch, _height * _width), [1], keepDimensions: true);
    }

    /// <summary>Fills the three inputs, V elements each, from the palette indices of a batch, (B, H, W).</summary>
    public void Select(ReadOnlySpan<byte> indices, Span<long> rows, Span<long> colours, Span<float> weights)
    {
        int visible = indices.Length - indices.Count((byte)0), used = Math.Min(visible, rows.Length), filling = rows.Length - used;
        int at = 0, seen = 0;
        for (int pixel = 0; pixel < indices.Length && at < rows.Length; pixel++)
        {
            bool isVisible = indices[pixel] != 0;
            // Of the visible ones, those at which seen * used / visible steps up; of the others, the first ones.
            bool taken = isVisible ? (long)(seen + 1) * used / visible > (long)seen * used / visible : filling-- > 0;
            if (isVisible) seen++;
            if (!taken) continue;
            rows[at] = RowOf(pixel);
            colours[at] = isVisible ? indices[pixel] - 1 : 0;
            weights[at++] = isVisible ? (float)visible / used : 0f;
        }
    }

    // Blocks of 2x2 pixels, row by row; within a block too.
    private int RowOf(int pixel)
    {
        int sprite = pixel / (_height * _width), y = pixel / _width % _height, x = pixel % _width;
        int block = (((sprite * ((_height + 1) / 2)) + (y / 2)) * ((_width + 1) / 2)) + (x / 2);
        return (4 * block) + (2 * (y % 2)) + (x % 2);
    }
}
