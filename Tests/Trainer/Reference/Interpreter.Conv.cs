using VaeContent.Trainer.Graphs;

namespace VaeContent.Tests.Trainer.Reference;

/// <summary>Convolutions as their definitions read: every output looks up every input under its window.</summary>
internal static partial class Interpreter
{
    // x (N,C,H,W), w (M,C,kh,kw), bias (M)
    private static Tensor Conv(Node node, Tensor[] t)
    {
        (Tensor x, Tensor w) = (t[0], t[1]);
        long[] pads = node.Ints("pads"), strides = node.Ints("strides"), dilations = node.Ints("dilations");
        int kh = w.Shape[2], kw = w.Shape[3], channels = x.Shape[1], height = x.Shape[2], width = x.Shape[3];
        int Side(int i) => (int)((x.Shape[2 + i] + pads[i] + pads[2 + i] - (dilations[i] * (w.Shape[2 + i] - 1)) - 1) / strides[i]) + 1;
        return Tensor.Build([x.Shape[0], w.Shape[0], Side(0), Side(1)], at =>
        {
            double sum = t.Length > 2 ? t[2].Data[at[1]] : 0;
            for (int i = 0; i < kh; i++)
            {
                long row = (at[2] * strides[0]) - pads[0] + (i * dilations[0]);
                if (row < 0 || row >= height) continue;
                for (int j = 0; j < kw; j++)
                {
                    long column = (at[3] * strides[1]) - pads[1] + (j * dilations[1]);
                    if (column < 0 || column >= width) continue;
                    for (int c = 0; c < channels; c++)
                        sum += x.Data[(((((at[0] * channels) + c) * height) + row) * width) + column] * w.Data[(((((at[1] * channels) + c) * kh) + i) * kw) + j];
                }
            }
            return sum;
        });
    }

    // x (N,M,h,w), w (M,C,kh,kw), bias (C): every input is spread over its window.
    private static Tensor ConvTranspose(Node node, Tensor[] t)
    {
        (Tensor x, Tensor w) = (t[0], t[1]);
        long[] pads = node.Ints("pads"), strides = node.Ints("strides"), extra = node.Ints("output_padding");
        int n = x.Shape[0], m = x.Shape[1], channels = w.Shape[1], kh = w.Shape[2], kw = w.Shape[3];
        int Side(int i) => (int)((strides[i] * (x.Shape[2 + i] - 1)) + extra[i] + w.Shape[2 + i] - pads[i] - pads[2 + i]);
        int height = Side(0), width = Side(1);
        Tensor y = Tensor.Build([n, channels, height, width], at => t.Length > 2 ? t[2].Data[at[1]] : 0);
        var at = new int[4];
        for (int i = 0; i < x.Data.Length; i++)
        {
            (int sample, int from) = (at[0], at[1]);
            for (int c = 0; c < channels; c++)
            {
                for (int ky = 0; ky < kh; ky++)
                {
                    long row = (at[2] * strides[0]) - pads[0] + ky;
                    if (row < 0 || row >= height) continue;
                    for (int kx = 0; kx < kw; kx++)
                    {
                        long column = (at[3] * strides[1]) - pads[1] + kx;
                        if (column < 0 || column >= width) continue;
                        y.Data[(((((sample * channels) + c) * height) + row) * width) + column] +=
                            x.Data[i] * w.Data[(((((from * channels) + c) * kh) + ky) * kw) + kx];
                    }
                }
            }
            for (int axis = 3; axis >= 0 && ++at[axis] == x.Shape[axis]; axis--) at[axis] = 0;
        }
        return y;
    }

    // Column-row-depth order: channel c b b + i b + j becomes pixel (i, j) of block c.
    private static Tensor DepthToSpace(Tensor x, int b) =>
        Tensor.Build([x.Shape[0], x.Shape[1] / (b * b), x.Shape[2] * b, x.Shape[3] * b],
            at => x.At(at[0], (at[1] * b * b) + (at[2] % b * b) + (at[3] % b), at[2] / b, at[3] / b));
}
