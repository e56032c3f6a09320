using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Graphs;

/// <summary>
/// Convolutions over (N, C, H, W). The gradient of the weights has several equal formulations of very different speed; the choice
/// here was measured on ONNX Runtime's CPU kernels (recorded in Documentation~/engine.md).
/// </summary>
internal static partial class Operators
{
    // x (N,C,H,W), w (M,C,kh,kw), bias (M)
    private static readonly Operator ConvOp = new("Conv",
        (inputs, a) =>
        {
            int[] x = inputs[0].Shape, w = inputs[1].Shape;
            long[] pads = (long[])a["pads"], strides = (long[])a["strides"], dilations = (long[])a["dilations"];
            Expect(x.Length == 4 && w.Length == 4, "input and kernel have four dimensions each");
            if (x[1] != w[1]) throw new ArgumentException($"{x[1]} channels come in, the kernel has {w[1]}");
            if (inputs.Count > 2 && inputs[2].Count != w[0]) throw new ArgumentException($"a bias of {inputs[2].Count} for {w[0]} channels");
            int Reach(int i) => x[2 + i] + (int)pads[i] + (int)pads[2 + i] - ((int)dilations[i] * (w[2 + i] - 1)) - 1; // of the window
            int Side(int i) => Reach(i) / (int)strides[i] + 1;
            Expect(Reach(0) >= 0 && Reach(1) >= 0, $"the kernel is larger than the map with its pads {string.Join(',', pads)}");
            return [x[0], w[0], Side(0), Side(1)];
        },
        (g, n, dy) =>
        {
            if (n.Ints("dilations").Any(dilation => dilation != 1)) throw new NotSupportedException("no gradient for a dilated convolution");
            Value x = n.Inputs[0], w = n.Inputs[1];
            var s = new Window(n);
            Value? dx = NeedsGradient(x) ? g.ConvInputGradient(x.Shape, w, dy, s) : null;
            Value dw = g.ConvWeightGradient(x, dy, w.Shape[2], w.Shape[3], s);
            return n.Inputs.Count == 2 ? [dx, dw] : [dx, dw, g.ReduceSum(dy, [0, 2, 3])];
        });

    // x (N,M,h,w), w (M,C,kh,kw), bias (C): the transpose of the convolution above, so each is the other's way back.
    private static readonly Operator ConvTransposeOp = new("ConvTranspose",
        (inputs, a) =>
        {
            int[] x = inputs[0].Shape, w = inputs[1].Shape;
            long[] pads = (long[])a["pads"], strides = (long[])a["strides"], extra = (long[])a["output_padding"];
            Expect(x.Length == 4 && w.Length == 4, "input and kernel have four dimensions each");
            if (x[1] != w[0]) throw new ArgumentException($"{x[1]} channels come in, the kernel has {w[0]}");
            if (inputs.Count > 2 && inputs[2].Count != w[1]) throw new ArgumentException($"a bias of {inputs[2].Count} for {w[1]} channels");
            int Side(int i) => (int)(strides[i] * (x[2 + i] - 1) + extra[i] + w[2 + i] - pads[i] - pads[2 + i]);
            return [x[0], w[1], Side(0), Side(1)];
        },
        (g, n, dy) =>
        {
            Value x = n.Inputs[0], w = n.Inputs[1];
            var s = new Window(n);
            Value dx = g.Conv(dy, w, null, s.Strides, s.Pads);
            Value dw = g.ConvWeightGradient(dy, x, w.Shape[2], w.Shape[3], s);
            return n.Inputs.Count == 2 ? [dx, dw] : [dx, dw, g.ReduceSum(dy, [0, 2, 3])];
        });

    // (N, 4C, H, W) -> (N, C, 2H, 2W), channel order of PyTorch's pixel_shuffle ("CRD").
    private static readonly Operator DepthToSpaceOp = new("DepthToSpace",
        (inputs, a) =>
        {
            int[] x = inputs[0].Shape;
            int b = (int)(long)a["blocksize"];
            if (x.Length != 4 || x[1] % (b * b) != 0) throw new ArgumentException($"expected four dimensions and a multiple of {b * b} channels");
            return [x[0], x[1] / (b * b), x[2] * b, x[3] * b];
        },
        (g, n, dy) =>
        {
            int[] x = n.Inputs[0].Shape;
            int b = (int)n.Int("blocksize");
            Value blocks = g.Reshape(dy, x[0], x[1] / (b * b), x[2], b, x[3], b);
            return [g.Reshape(g.Transpose(blocks, 0, 1, 3, 5, 2, 4), x)];
        });

    public static Value Conv(this Graph g, Value x, Value w, Value? bias, long[] strides, long[] pads, long[]? dilations = null) => g.Emit(ConvOp,
        bias is null ? [x, w] : [x, w, bias],
        new Dictionary<string, object> { ["strides"] = strides, ["pads"] = pads, ["dilations"] = dilations ?? [1L, 1L] });

    public static Value ConvTranspose(this Graph g, Value x, Value w, Value? bias, long[] strides, long[] pads, long[]? outputPadding = null) => g.Emit(ConvTransposeOp,
        bias is null ? [x, w] : [x, w, bias],
        new Dictionary<string, object> { ["strides"] = strides, ["pads"] = pads, ["output_padding"] = outputPadding ?? [0L, 0L] });

    public static Value DepthToSpace(this Graph g, Value x, int block) =>
        g.Emit(DepthToSpaceOp, [x], new Dictionary<string, object> { ["blocksize"] = (long)block, ["mode"] = "CRD" });

    private static Value ConvInputGradient(this Graph g, int[] shape, Value w, Value dy, Window s)
    {
        int kh = w.Shape[2], kw = w.Shape[3];
        if (kh == 1 && kw == 1 && s.MovesBy(1)) return g.Conv(dy, g.Transpose(w, 1, 0, 2, 3), null, [1, 1], [0, 0, 0, 0]);
        if (s.MovesBy(1))
        {
            // full correlation with the kernel turned by 180 degrees
            Value turned = g.Transpose(g.Reverse(g.Reverse(w, 2), 3), 1, 0, 2, 3);
            return g.Conv(dy, turned, null, [1, 1], [kh - 1 - s.Pads[0], kw - 1 - s.Pads[1], kh - 1 - s.Pads[2], kw - 1 - s.Pads[3]]);
        }
        // Rows that no window reached at the far edge come back as output padding.
        long[] missing = [.. Enumerable.Range(0, 2).Select(i =>
            shape[2 + i] - (s.Strides[i] * (dy.Shape[2 + i] - 1) + w.Shape[2 + i] - s.Pads[i] - s.Pads[2 + i]))];
        return g.ConvTranspose(dy, w, null, s.Strides, s.Pads, missing);
    }

    /// <summary>Sum over samples and places of x (N,C,H,W) under each kernel position times dy (N,M,h,w): (M,C,kh,kw).</summary>
    private static Value ConvWeightGradient(this Graph g, Value x, Value dy, int kh, int kw, Window s)
    {
        if (kh == 1 && kw == 1 && s.MovesBy(1)) return g.Reshape(g.Gemm(Rows(g, dy), Rows(g, x), transA: true), dy.Shape[1], x.Shape[1], 1, 1);
        if (s.MovesBy(1)) return g.WeightGradientByTaps(x, dy, kh, kw, s);
        bool smallMap = dy.Shape[2] * dy.Shape[3] <= 128 && kh == 4 && kw == 4 && s.MovesBy(2);
        return smallMap ? g.WeightGradientByBlocks(x, dy, s) : g.WeightGradientByConv(x, dy, kh, kw, s);
    }

    // Samples become the summed channels: a convolution of x by dy, dilated by the stride.
    private static Value WeightGradientByConv(this Graph g, Value x, Value dy, int kh, int kw, Window s)
    {
        Value dw = g.Conv(g.Transpose(x, 1, 0, 2, 3), g.Transpose(dy, 1, 0, 2, 3), null, [1, 1], s.Pads, s.Strides);
        return g.Transpose(g.Slice(dw, new Cut(2, 0, kh), new Cut(3, 0, kw)), 1, 0, 2, 3);
    }

    // A 4x4 window that moves by 2 is 2x2 blocks of 2x2 pixels: four products of dense rows, and nothing is gathered pixel by pixel.
    private static Value WeightGradientByBlocks(this Graph g, Value x, Value dy, Window s)
    {
        int n = x.Shape[0], c = x.Shape[1], m = dy.Shape[1], h = dy.Shape[2], w = dy.Shape[3];
        Value pixels = g.Pad(g.Transpose(x, 0, 2, 3, 1), 0, s.Pads[0], s.Pads[1], 0, 0, s.Pads[2], s.Pads[3], 0);
        Value even = g.Slice(pixels, new Cut(1, 0, 2 * (h + 1)), new Cut(2, 0, 2 * (w + 1)));
        Value blocks = g.Transpose(g.Reshape(even, n, h + 1, 2, w + 1, 2, c), 0, 1, 3, 2, 4, 5); // (N, h+1, w+1, 2, 2, C)
        blocks = g.Reshape(blocks, n, h + 1, w + 1, 4 * c);
        Value rows = Rows(g, dy); // (N h w, M)
        var parts = new Value[4];
        for (int i = 0; i < 4; i++)
        {
            Value under = g.Slice(blocks, new Cut(1, i / 2, (i / 2) + h), new Cut(2, i % 2, (i % 2) + w));
            parts[i] = g.Reshape(g.Gemm(rows, g.Reshape(under, n * h * w, 4 * c), transA: true), 1, m, 4 * c);
        }
        Value all = g.Reshape(g.Concat(0, parts), 2, 2, m, 2, 2, c); // (block row, block column, M, row, column, C)
        return g.Reshape(g.Transpose(all, 2, 5, 0, 3, 1, 4), m, c, 4, 4);
    }

    // One product per kernel position, of the rows of dy with the pixels that lay under that position.
    private static Value WeightGradientByTaps(this Graph g, Value x, Value dy, int kh, int kw, Window s)
    {
        int n = x.Shape[0], m = dy.Shape[1], c = x.Shape[1], h = dy.Shape[2], w = dy.Shape[3];
        Value padded = g.Pad(g.Transpose(x, 1, 0, 2, 3), 0, 0, s.Pads[0], s.Pads[1], 0, 0, s.Pads[2], s.Pads[3]);
        Value rows = g.Reshape(g.Transpose(dy, 1, 0, 2, 3), m, n * h * w);
        var taps = new List<Value>();
        for (int i = 0; i < kh; i++)
        {
            for (int j = 0; j < kw; j++)
            {
                Value under = g.Reshape(g.Slice(padded, new Cut(2, i, i + h), new Cut(3, j, j + w)), c, n * h * w);
                taps.Add(g.Reshape(g.Gemm(rows, under, transB: true), 1, m, c));
            }
        }
        return g.Reshape(g.Transpose(g.Concat(0, [.. taps]), 1, 2, 0), m, c, kh, kw);
    }

    private static Value Rows(Graph g, Value x) => g.Reshape(g.Transpose(x, 0, 2, 3, 1), x.Count / x.Shape[1], x.Shape[1]);

    private readonly struct Window(Node conv)
    {
        public long[] Strides { get; } = conv.Ints("strides");

        public long[] Pads { get; } = conv.Ints("pads");

        public bool MovesBy(long step) => Strides.All(stride => stride == step);
    }
}
