using System;
using VaeContent.Internal.Graphs;

namespace VaeContent.Internal.Managed
{
    /// <summary>The operators that move elements, and the one that chooses among them.</summary>
    internal sealed partial class Planner
    {
        private Value Concat(GraphNode node, Value[] inputs)
        {
            int axis = Axis(node, node.Int("axis", 0), inputs[0].Shape.Length);
            var dims = Array.ConvertAll(inputs[0].Shape, side => (long)side);
            for (int i = 1; i < inputs.Length; i++)
            {
                if (inputs[i].Shape.Length != dims.Length) throw DoNotFit(node, inputs);
                for (int d = 0; d < dims.Length; d++)
                {
                    if (d != axis && inputs[i].Shape[d] != dims[d]) throw DoNotFit(node, inputs);
                }

                dims[axis] += inputs[i].Shape[axis];
            }

            var to = new Value(node.Output, Shapes.Checked(dims));
            var toSteps = Shapes.Strides(to.Shape);
            int start = 0;
            foreach (var input in inputs)
            {
                _steps.Add(new CopyStep(input, to, 0, start * toSteps[axis], input.Shape, Shapes.Strides(input.Shape), toSteps));
                start += input.Shape[axis];
            }

            return to;
        }

        private Value Slice(GraphNode node, Value[] inputs)
        {
            var from = inputs[0];
            bool isConstant = inputs.Length == 4 && inputs[1].Integers != null && inputs[2].Integers != null
                && inputs[3].Integers != null;
            if (!isConstant) throw Problem(node, "has no constant starts, ends and axes");
            long[] starts = inputs[1].Integers!, ends = inputs[2].Integers!, axes = inputs[3].Integers!;
            var dims = Array.ConvertAll(from.Shape, side => (long)side);
            var steps = Shapes.Strides(from.Shape);
            int start = 0;
            if (starts.Length != axes.Length || ends.Length != axes.Length) throw DoNotFit(node, inputs);
            for (int i = 0; i < axes.Length; i++)
            {
                int axis = Axis(node, axes[i], dims.Length);
                bool isInside = starts[i] >= 0 && starts[i] < ends[i] && ends[i] <= from.Shape[axis];
                if (!isInside) throw Problem(node, "takes " + starts[i] + ".." + ends[i] + " of " + from.Shape[axis]);
                dims[axis] = ends[i] - starts[i];
                start += (int)starts[i] * steps[axis];
            }

            var to = new Value(node.Output, Shapes.Checked(dims));
            _steps.Add(new CopyStep(from, to, start, 0, to.Shape, steps, Shapes.Strides(to.Shape)));
            return to;
        }

        private Value Transpose(GraphNode node, Value from)
        {
            int[] order = Ints(node, "perm"), steps = Shapes.Strides(from.Shape);
            if (order.Length != steps.Length) throw Problem(node, OtherAttributes);
            var dims = new long[order.Length];
            var fromSteps = new int[order.Length];
            int seen = 0;
            for (int i = 0; i < order.Length; i++)
            {
                int axis = Axis(node, order[i], order.Length);
                dims[i] = from.Shape[axis];
                fromSteps[i] = steps[axis];
                seen |= 1 << axis;
            }

            if (seen != (1 << order.Length) - 1) throw Problem(node, "names an axis twice");
            var to = new Value(node.Output, Shapes.Checked(dims));
            _steps.Add(new CopyStep(from, to, 0, 0, to.Shape, fromSteps, Shapes.Strides(to.Shape)));
            return to;
        }

        // (N, C b b, H, W) to (N, C, b H, b W): the block's rows and columns are the inner parts of the channels ("CRD").
        private Value DepthToSpace(GraphNode node, Value from)
        {
            int block = (int)node.Int("blocksize", 0);
            bool isKnown = block >= 1 && block <= 8 && node.Text("mode", "DCR") == "CRD" && from.Shape.Length == 4
                && from.Shape[1] % (block * block) == 0;
            if (!isKnown) throw Problem(node, OtherAttributes);
            int n = from.Shape[0], c = from.Shape[1] / (block * block), h = from.Shape[2], w = from.Shape[3];
            var to = new Value(node.Output, Shapes.Checked(n, c, (long)block * h, (long)block * w));
            int plane = h * w, row = block * w;
            _steps.Add(new CopyStep(from, to, 0, 0, new[] { n * c, block, block, h, w },
                new[] { block * block * plane, block * plane, plane, w, 1 },
                new[] { block * block * plane, row, 1, block * row, block }));
            return to;
        }

        private Value ReduceMax(GraphNode node, Value from)
        {
            int[] axes = Ints(node, "axes");
            if (axes.Length != 1 || node.Int("keepdims", 1) != 1) throw Problem(node, OtherAttributes);
            int axis = Axis(node, axes[0], from.Shape.Length);
            var shape = (int[])from.Shape.Clone();
            shape[axis] = 1;
            var to = new Value(node.Output, shape);
            _steps.Add(new ReduceMaxStep(from, to, from.Shape[axis], Shapes.Strides(from.Shape)[axis]));
            return to;
        }

        private Value GatherElements(GraphNode node, Value[] inputs)
        {
            if (inputs.Length != 2) throw Problem(node, "has " + inputs.Length + " inputs, expected 2");
            Value from = inputs[0], indices = inputs[1];
            int axis = Axis(node, node.Int("axis", 0), from.Shape.Length);
            bool fits = indices.Shape.Length == from.Shape.Length;
            for (int i = 0; fits && i < from.Shape.Length; i++) fits = i == axis || indices.Shape[i] == from.Shape[i];
            if (!fits) throw DoNotFit(node, inputs);
            var to = new Value(node.Output, indices.Shape);
            _steps.Add(new GatherElementsStep(from, indices, to, from.Shape[axis], indices.Shape[axis],
                Shapes.Strides(from.Shape)[axis]));
            return to;
        }

        // Rows of a constant, which is computed beforehand.
        private Value Gather(GraphNode node, Value[] inputs)
        {
            var from = inputs[0];
            bool isKnown = inputs.Length == 2 && from.IsConstant && from.Shape.Length == 2 && inputs[1].Integers != null
                && node.Int("axis", 0) == 0;
            if (!isKnown) throw Problem(node, "has other inputs than the exporter writes");
            var rows = inputs[1].Integers!;
            int width = from.Shape[1];
            var to = new Value(node.Output, Shapes.Checked(rows.Length, width));
            for (int i = 0; i < rows.Length; i++)
            {
                if (rows[i] < 0 || rows[i] >= from.Shape[0]) throw Problem(node, "takes row " + rows[i]);
                _steps.Add(new CopyStep(from, to, (int)rows[i] * width, i * width, new[] { width }, new[] { 1 }, new[] { 1 }));
            }

            return to;
        }

        private static int Axis(GraphNode node, long axis, int rank) => axis >= 0 && axis < rank ? (int)axis
            : throw Problem(node, "names the axis " + axis + " of " + rank);
    }
}
