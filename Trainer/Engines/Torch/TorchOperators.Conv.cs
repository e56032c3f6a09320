using System.Linq;
using TorchSharp;
using VaeContent.Trainer.Graphs;
using Tensor = TorchSharp.torch.Tensor;

namespace VaeContent.Trainer.Engines.Torch;

/// <summary>Convolutions. libtorch pads both ends of an axis alike; the graph need not.</summary>
internal static partial class TorchOperators
{
    // x (N,C,H,W), w (M,C,kh,kw), bias (M)
    private static Tensor Conv(Node node, Tensor[] x)
    {
        long[] pads = node.Ints("pads");
        Tensor map = x[0];
        if (!IsEven(pads))
        {
            map = PadBy(map, [0, 0, pads[0], pads[1], 0, 0, pads[2], pads[3]]);
            pads = [0, 0, 0, 0];
        }
        return torch.nn.functional.conv2d(map, x[1], Bias(x), strides: node.Ints("strides"), padding: pads[..2], dilation: node.Ints("dilations"));
    }

    // x (N,M,h,w), w (M,C,kh,kw), bias (C); what pads take away at the end may be more than at the beginning.
    private static Tensor ConvTranspose(Node node, Tensor[] x)
    {
        long[] pads = node.Ints("pads"), strides = node.Ints("strides"), extra = node.Ints("output_padding");
        if (IsEven(pads) && extra.Zip(strides).All(axis => axis.First < axis.Second))
            return torch.nn.functional.conv_transpose2d(x[0], x[1], Bias(x), strides: strides, padding: pads[..2], output_padding: extra);
        // Without pads the map is larger all around; the part that is left has the inferred shape.
        Tensor whole = torch.nn.functional.conv_transpose2d(x[0], x[1], Bias(x), strides: strides);
        for (int axis = 0; axis < 2; axis++)
        {
            long left = node.Output.Shape[2 + axis], there = whole.shape[2 + axis], missing = pads[axis] + left - there;
            if (missing > 0)
            {
                // Rows that no window reached hold the bias alone.
                Tensor rows = Bias(x) is { } bias ? bias.reshape(1, -1, 1, 1) : torch.zeros(1, whole.shape[1], 1, 1, device: whole.device);
                long[] shape = whole.shape;
                shape[2 + axis] = missing;
                whole = torch.cat([whole, rows.expand(shape)], 2 + axis);
            }
            whole = whole.narrow(2 + axis, pads[axis], left);
        }
        return whole;
    }

    private static Tensor? Bias(Tensor[] x) => x.Length > 2 ? x[2] : null;

    private static bool IsEven(long[] pads) => pads[0] == pads[2] && pads[1] == pads[3];

    // Counts before each axis, then after each; libtorch wants pairs, the last axis first.
    private static Tensor PadBy(Tensor x, long[] pads)
    {
        int rank = pads.Length / 2;
        return torch.nn.functional.pad(x, [.. Enumerable.Range(0, rank).Reverse().SelectMany(axis => new[] { pads[axis], pads[axis + rank] })]);
    }
}
