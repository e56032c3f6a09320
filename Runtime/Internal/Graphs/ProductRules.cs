using System;

namespace VaeContent.Internal.Graphs
{
    /// <summary>Shapes of matrix products and convolutions.</summary>
    internal static class ProductRules
    {
        private const int LargestKernel = 16;

        /// <summary>a (M,K) times b (K,N) plus c, which is (N), (1,N) or (M,N).</summary>
        internal static int[] Gemm(GraphNode node, GraphValue[] inputs)
        {
            int[] a = inputs[0].Shape, b = inputs[1].Shape;
            node.Float("alpha");
            node.Neutral("transA", 0);
            node.Neutral("transB", 0);
            Expect(node, a.Length == 2 && b.Length == 2 && a[1] == b[0]);
            var shape = new[] { a[0], b[1] };
            if (inputs.Length == 2) return shape;
            int[] c = inputs[2].Shape;
            bool isRow = inputs[2].IsConstant && c.Length > 0 && c[c.Length - 1] == b[1] && inputs[2].Count == b[1];
            bool isWhole = inputs[2].IsConstant == inputs[0].IsConstant && c.AsSpan().SequenceEqual(shape);
            Expect(node, isRow && c.Length <= 2 || isWhole);
            return shape;
        }

        /// <summary>a (..., M, K) times b (..., K, N), the leading axes broadcast.</summary>
        internal static int[] MatMul(GraphNode node, GraphValue[] inputs)
        {
            int[] a = inputs[0].Shape, b = inputs[1].Shape;
            Expect(node, a.Length >= 2 && b.Length >= 2 && a[a.Length - 1] == b[b.Length - 2]);
            int rank = Math.Max(a.Length, b.Length);
            var shape = new int[rank];
            foreach (var input in inputs) Broadcasting.Join(node, input, shape, 2);
            shape[rank - 2] = a[a.Length - 2];
            shape[rank - 1] = b[b.Length - 1];
            if (rank > 2) Broadcasting.CheckRows(node, inputs, rank, shape);
            else Expect(node, inputs[1].IsConstant);
            return shape;
        }

        /// <summary>x (N,C,H,W), w (M,C,kh,kw), bias (M).</summary>
        internal static int[] Conv(GraphNode node, GraphValue[] inputs)
        {
            int[] x = inputs[0].Shape, w = inputs[1].Shape;
            Expect(node, x.Length == 4 && w.Length == 4 && x[1] == w[1] && IsBias(inputs[2], w[0]) && IsKernel(w));
            node.Neutral("dilations", 1);
            int[] strides = node.Ints("strides", 2, 1, 2), pads = node.Ints("pads", 4, 0, LargestKernel);
            int Side(int i) => (x[2 + i] + pads[i] + pads[2 + i] - w[2 + i]) / strides[i] + 1;
            for (int i = 0; i < 2; i++)
            {
                // No side is padded by more than a kernel less one, and none is smaller than the kernel.
                Expect(node, pads[i] < w[2 + i] && pads[2 + i] < w[2 + i] && x[2 + i] + pads[i] + pads[2 + i] >= w[2 + i]);
            }

            return new[] { x[0], w[0], Side(0), Side(1) };
        }

        /// <summary>x (N,M,h,w), w (M,C,kh,kw), bias (C): stride 2, pad 1.</summary>
        internal static int[] ConvTranspose(GraphNode node, GraphValue[] inputs)
        {
            int[] x = inputs[0].Shape, w = inputs[1].Shape;
            Expect(node, x.Length == 4 && w.Length == 4 && x[1] == w[0] && IsBias(inputs[2], w[1]) && IsKernel(w));
            Expect(node, w[2] >= 2 && w[3] >= 2);
            node.Ints("strides", 2, 2, 2);
            node.Ints("pads", 4, 1, 1);
            int[] outer = node.Ints("output_padding", 2, 0, 1);
            int Side(int i) => 2 * (x[2 + i] - 1) + outer[i] + w[2 + i] - 2;
            Expect(node, Side(0) > 0 && Side(1) > 0);
            return new[] { x[0], w[1], Side(0), Side(1) };
        }

        private static bool IsBias(GraphValue value, int count) => value.Shape.Length == 1 && value.Shape[0] == count;

        private static bool IsKernel(int[] w) => w[2] <= LargestKernel && w[3] <= LargestKernel;

        private static void Expect(GraphNode node, bool fits)
        {
            if (!fits) throw node.Problem("has inputs of shapes that do not fit");
        }
    }
}
