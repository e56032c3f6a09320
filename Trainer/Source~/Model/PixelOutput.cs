using System.Collections.Generic;
using VaeContent.Trainer.Export.Onnx;

namespace VaeContent.Trainer.Model;

/// <summary>How premultiplied intensities become the bytes of a texture, inside the shipped graph.</summary>
/// <param name="HardAlpha">Every pixel is either invisible or opaque, as in most pixel art.</param>
/// <param name="Snap">Colours to choose the nearest of (the transparent one at 0 first; others that are not opaque are never
/// chosen); null for RGBA output.</param>
/// <param name="Texture">Palette likelihoods: how the choice of colours is finished.</param>
public sealed record PixelOutput(bool HardAlpha, IReadOnlyList<Rgba32>? Snap = null, Texture Texture = default)
{
    /// <summary>The palette, the transparent colour at 0 included; a texture with grain needs it.</summary>
    internal IReadOnlyList<Rgba32>? Palette { get; init; }

    /// <summary>Which colours occur together; a texture with agreement needs it.</summary>
    internal ColourPairs? Pairs { get; init; }

    /// <summary>How far pixels are from their palette colours; a texture with shades needs it.</summary>
    internal Shades? Shades { get; init; }

    /// <summary>RGBA with the alpha that was learnt.</summary>
    public static PixelOutput SoftAlpha { get; } = new(HardAlpha: false);

    /// <summary>
    /// Appends the nodes from xHat (B, 4, H, W), premultiplied 0..1, or grey (B, 1, H, W), to bytes: (B, H, W) indices or (B, H,
    /// W, 4) RGBA.
    /// </summary>
    internal OnnxValue ToOnnx(OnnxGraph g, OnnxValue xHat)
    {
        int h = xHat.Shape[2], w = xHat.Shape[3];
        if (xHat.Shape[1] == 1)
        {
            OnnxValue greys = g.Gemm(g.Reshape(xHat, h * w, 1), g.Constant([255f, 255f, 255f, 0f], 1, 4),
                g.Constant([0.5f, 0.5f, 0.5f, 255.5f], 4));
            return g.Cast(g.Reshape(greys, 1, h, w, 4), ElementType.UInt8); // which cuts off
        }
        OnnxValue alpha = g.Slice(xHat, 1, 3, 4);
        OnnxValue colour = g.Div(g.Slice(xHat, 1, 0, 3), g.Max(alpha, g.Constant(1f / 255f)));
        if (Snap is null)
        {
            OnnxValue shown = HardAlpha ? g.Cast(g.GreaterOrEqual(alpha, g.Constant(0.5f)), ElementType.Float) : alpha;
            OnnxValue visible = g.Cast(g.GreaterOrEqual(shown, g.Constant(0.5f / 255f)), ElementType.Float);
            return Bytes(g, g.Scale(g.Concat(1, g.Mul(g.Min(colour, g.Constant(1f)), visible), shown), 255f));
        }

        // The nearest colour p maximises x.p - |p|^2 / 2; the transparent one wins where alpha < 1/2.
        int k = Snap.Count;
        var toColours = new float[4 * k];
        var offset = new float[k];
        toColours[3] = 1000f * OnnxGraph.FarApart; // scores lie within +-2
        for (int i = 1; i < k; i++)
        {
            if (Snap[i].A < 255)
            {
                offset[i] = -1000f * OnnxGraph.FarApart;
                continue;
            }
            float[] p = [Snap[i].R / 255f, Snap[i].G / 255f, Snap[i].B / 255f];
            for (int c = 0; c < 3; c++) toColours[(4 * i) + c] = p[c] * OnnxGraph.FarApart;
            offset[i] = -0.5f * ((p[0] * p[0]) + (p[1] * p[1]) + (p[2] * p[2])) * OnnxGraph.FarApart;
        }
        OnnxValue hidden = g.Scale(g.Sub(g.Constant(0.5f), alpha), 2f); // > 0 where invisible
        OnnxValue scores = g.Conv(g.Concat(1, colour, hidden), g.Constant(toColours, k, 4, 1, 1), g.Constant(offset, k), 1,
            [0, 0, 0, 0]);
        return g.Cast(g.Reshape(g.IndexOfLargest(scores, axis: 1), 1, h, w), ElementType.UInt8);
    }

    /// <summary>Planes (B, 4, H, W) of 0..255 to bytes (B, H, W, 4), rounded.</summary>
    internal static OnnxValue Bytes(OnnxGraph g, OnnxValue planes)
    {
        int h = planes.Shape[2], w = planes.Shape[3];
        // As rows in between: ONNX Runtime would move the transposition behind the cast, to bytes, for which WebGPU has none.
        OnnxValue levels = g.Add(g.Reshape(g.Transpose(planes, 0, 2, 3, 1), h * w, 4), g.Constant(0.5f));
        return g.Cast(g.Reshape(levels, 1, h, w, 4), ElementType.UInt8); // which cuts off
    }
}
