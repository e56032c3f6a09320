using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Graphs;

/// <summary>How premultiplied intensities become the bytes of a texture, inside the shipped graph.</summary>
/// <param name="HardAlpha">Every pixel is either invisible or opaque, as in most pixel art.</param>
/// <param name="Snap">Colours to choose the nearest of (the transparent one at 0 first); null for RGBA output.</param>
/// <param name="Grain">Palette likelihoods: how strongly the choice of colours is grained, 0 for not at all: see <see cref="Graphs.Grain"/>.</param>
public sealed record PixelOutput(bool HardAlpha, IReadOnlyList<Rgba32>? Snap = null, float Grain = 0f)
{
    /// <summary>RGBA with the alpha that was learnt.</summary>
    public static PixelOutput SoftAlpha { get; } = new(HardAlpha: false);

    /// <summary>Appends the nodes from xHat (B, 4, H, W), premultiplied 0..1, or grey (B, 1, H, W), to bytes: (B, H, W) indices or (B, H, W, 4) RGBA.</summary>
    internal Value Append(Graph g, Value xHat)
    {
        int b = xHat.Shape[0], h = xHat.Shape[2], w = xHat.Shape[3];
        if (xHat.Shape[1] == 1)
        {
            Value greys = g.Gemm(g.Reshape(xHat, b * h * w, 1), g.Constant([255f, 255f, 255f, 0f], 1, 4), bias: g.Constant([0.5f, 0.5f, 0.5f, 255.5f], 4));
            return g.Cast(g.Reshape(greys, b, h, w, 4), ElementType.UInt8); // which cuts off
        }
        Value alpha = g.Slice(xHat, 1, 3, 4);
        Value colour = g.Div(g.Slice(xHat, 1, 0, 3), g.Max(alpha, g.Constant(1f / 255f)));
        if (Snap is null)
        {
            Value shown = HardAlpha ? g.Cast(g.GreaterOrEqual(alpha, g.Constant(0.5f)), ElementType.Float) : alpha;
            Value visible = g.Cast(g.GreaterOrEqual(shown, g.Constant(0.5f / 255f)), ElementType.Float);
            Value rgba = g.Concat(1, g.Mul(g.Min(colour, g.Constant(1f)), visible), shown);
            // As rows in between: ONNX Runtime would move the transposition behind the cast, to bytes, for which WebGPU has none.
            Value levels = g.Add(g.Reshape(g.Transpose(g.Scale(rgba, 255f), 0, 2, 3, 1), b * h * w, 4), g.Constant(0.5f));
            return g.Cast(g.Reshape(levels, b, h, w, 4), ElementType.UInt8); // which cuts off
        }

        // The nearest colour p maximises x.p - |p|^2 / 2; the transparent one wins where alpha < 1/2.
        int k = Snap.Count;
        float[] Channel(int c) => [.. Snap.Select(p => (c == 0 ? p.R : c == 1 ? p.G : p.B) / 255f)];
        float[] r = Channel(0), gr = Channel(1), bl = Channel(2);
        var invisible = new float[k];
        invisible[0] = 1000f; // scores lie within +-2
        float[] toColours = [.. r, .. gr, .. bl, .. invisible];
        float[] offset = [.. Enumerable.Range(0, k).Select(i => i == 0 ? 0f : -0.5f * ((r[i] * r[i]) + (gr[i] * gr[i]) + (bl[i] * bl[i])))];
        Value hidden = g.Scale(g.Sub(g.Constant(0.5f), alpha), 2f); // > 0 where invisible
        Value rows = g.Reshape(g.Transpose(g.Concat(1, colour, hidden), 0, 2, 3, 1), b * h * w, 4);
        Value index = g.IndexOfLargest(g.Gemm(rows, g.Constant(toColours, 4, k), bias: g.Constant(offset, k)));
        return g.Cast(g.Reshape(index, b, h, w), ElementType.UInt8);
    }
}
