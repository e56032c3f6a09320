using System;

namespace VaeContent.Internal.Graphs
{
    /// <summary>Shapes of operators that keep, move, choose or compare elements.</summary>
    internal static class LayoutRules
    {
        private const int MostDimensions = 8;

        internal static int[] Same(GraphNode node, GraphValue[] inputs)
        {
            if (node.Type == "LeakyRelu") node.Float("alpha");
            return inputs[0].Shape;
        }

        /// <summary>
        /// The type that a Cast makes: floats of stored halves and small integers, of input bytes and of comparisons; bytes and
        /// places of floats.
        /// </summary>
        internal static int CastType(GraphNode node, GraphValue[] inputs)
        {
            long to = node.Int("to");
            int from = inputs[0].Type;
            bool isStored = inputs[0].IsConstant;
            bool fits = to == TensorInfo.UInt8 || to == TensorInfo.Int32 ? from == TensorInfo.Float && !isStored
                : to == TensorInfo.Float && (isStored ? from == TensorInfo.Float16 || from == TensorInfo.Int8
                    : from == TensorInfo.UInt8 || from == TensorInfo.Bool);
            return fits ? (int)to : throw node.Problem("makes element type " + to + " of " + from);
        }

        /// <summary>The sides that the second input names; the first, -1, is what is left.</summary>
        internal static int[] Reshape(GraphNode node, GraphValue[] inputs)
        {
            long[] sides = inputs[1].Integers!;
            long count = inputs[0].Count, inner = 1;
            Expect(node, sides.Length >= 1 && sides.Length <= MostDimensions && sides[0] == -1);
            var shape = new int[sides.Length];
            for (int i = 1; i < sides.Length; i++)
            {
                Expect(node, sides[i] >= 1 && sides[i] <= count && (inner *= sides[i]) <= count);
                shape[i] = (int)sides[i];
            }

            Expect(node, count % inner == 0);
            shape[0] = (int)(count / inner);
            return shape;
        }

        internal static int[] Transpose(GraphNode node, GraphValue[] inputs)
        {
            int[] from = inputs[0].Shape;
            Expect(node, from.Length > 0);
            int[] order = node.Ints("perm", from.Length, 0, from.Length - 1);
            var shape = new int[from.Length];
            for (int i = 0; i < order.Length; i++)
            {
                Expect(node, Array.IndexOf(order, i) >= 0);
                shape[i] = from[order[i]];
            }

            if (!inputs[0].IsConstant) Expect(node, order[0] == 0);
            return shape;
        }

        internal static int[] Concat(GraphNode node, GraphValue[] inputs)
        {
            var first = inputs[0];
            int axis = Axis(node, node.Int("axis"), first);
            var shape = (int[])first.Shape.Clone();
            long total = 0;
            foreach (var input in inputs)
            {
                Expect(node, input.Shape.Length == shape.Length && input.IsConstant == first.IsConstant);
                for (int i = 0; i < shape.Length; i++) Expect(node, i == axis || input.Shape[i] == shape[i]);
                total += input.Shape[axis];
            }

            Expect(node, total <= int.MaxValue);
            shape[axis] = (int)total;
            return shape;
        }

        /// <summary>Elements start..end-1 of some axes: x, starts, ends, axes.</summary>
        internal static int[] Slice(GraphNode node, GraphValue[] inputs)
        {
            long[] starts = inputs[1].Integers!, ends = inputs[2].Integers!, axes = inputs[3].Integers!;
            Expect(node, starts.Length == axes.Length && ends.Length == axes.Length);
            var shape = (int[])inputs[0].Shape.Clone();
            for (int i = 0; i < axes.Length; i++)
            {
                int axis = Axis(node, axes[i], inputs[0]);
                Expect(node, Array.IndexOf(axes, axes[i]) == i && starts[i] >= 0 && starts[i] < ends[i]
                    && ends[i] <= inputs[0].Shape[axis]);
                shape[axis] = (int)(ends[i] - starts[i]);
            }

            return shape;
        }

        /// <summary>Some rows of a constant (R, C).</summary>
        internal static int[] Gather(GraphNode node, GraphValue[] inputs)
        {
            node.Int("axis", 0, 0);
            int[] from = inputs[0].Shape;
            Expect(node, from.Length == 2);
            foreach (long row in inputs[1].Integers!) Expect(node, row >= 0 && row < from[0]);
            return new[] { inputs[1].Shape[0], from[1] };
        }

        /// <summary>Along an axis of x, the elements at computed places; the other axes are those of x.</summary>
        internal static int[] GatherElements(GraphNode node, GraphValue[] inputs)
        {
            int[] x = inputs[0].Shape, places = inputs[1].Shape;
            int axis = Axis(node, node.Int("axis"), inputs[0]);
            Expect(node, x.Length == places.Length && inputs[0].IsConstant == inputs[1].IsConstant);
            for (int i = 0; i < x.Length; i++) Expect(node, i == axis || x[i] == places[i]);
            return places;
        }

        internal static int[] ReduceMax(GraphNode node, GraphValue[] inputs)
        {
            node.Int("keepdims", 1, 1);
            int rank = inputs[0].Shape.Length;
            int axis = Axis(node, node.Ints("axes", 1, 0, Math.Max(rank - 1, 0))[0], inputs[0]);
            var shape = (int[])inputs[0].Shape.Clone();
            shape[axis] = 1;
            return shape;
        }

        /// <summary>(N, 4C, H, W) to (N, C, 2H, 2W).</summary>
        internal static int[] DepthToSpace(GraphNode node, GraphValue[] inputs)
        {
            int[] x = inputs[0].Shape;
            node.Int("blocksize", 2, 2);
            if (node.Text("mode") != "CRD") throw node.Problem("has the mode " + Errors.Show(node.Text("mode")));
            Expect(node, x.Length == 4 && x[1] % 4 == 0);
            return new[] { x[0], x[1] / 4, 2 * x[2], 2 * x[3] };
        }

        // Never that of the sprites.
        private static int Axis(GraphNode node, long axis, GraphValue input)
        {
            int least = input.IsConstant ? 0 : 1;
            return axis >= least && axis < input.Shape.Length ? (int)axis
                : throw node.Problem("has axis " + axis + " of " + input);
        }

        private static void Expect(GraphNode node, bool fits)
        {
            if (!fits) throw node.Problem("has sizes that do not fit its inputs");
        }
    }
}
