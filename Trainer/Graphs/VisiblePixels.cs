using System;

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

    internal Value Judge(Graph g, PaletteHead head) => g.Palette(head.Colours(g, g.GatherRows(head.Features, Rows)), Colours, Weights);

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
