using System;

namespace VaeContent.Internal.Graphs
{
    /// <summary>How shapes of several inputs become one, as in ONNX, with the sprites on the first axis.</summary>
    internal static class Broadcasting
    {
        /// <summary>The shape of an elementwise operator.</summary>
        internal static int[] Shape(GraphNode node, GraphValue[] inputs)
        {
            int rank = 0;
            foreach (var input in inputs) rank = Math.Max(rank, input.Shape.Length);
            var shape = new int[rank];
            foreach (var input in inputs) Join(node, input, shape, 0);
            CheckRows(node, inputs, rank, shape);
            return shape;
        }

        /// <summary>Takes an input's dimensions, except for some last ones, into a shape of at least its rank.</summary>
        internal static void Join(GraphNode node, GraphValue input, int[] shape, int but)
        {
            int behind = shape.Length - input.Shape.Length;
            for (int i = 0; i < input.Shape.Length - but; i++)
            {
                int side = input.Shape[i], known = shape[behind + i];
                if (known > 1 && side > 1 && side != known) throw node.Problem("has inputs of shapes that do not fit");
                shape[behind + i] = Math.Max(known, side);
            }

            for (int i = 0; i < shape.Length; i++) shape[i] = Math.Max(shape[i], 1);
        }

        /// <summary>
        /// Checks that the first axis of the result is that of the sprites: of every input that depends on them, and of no
        /// constant, which would fit one number of sprites alone.
        /// </summary>
        internal static void CheckRows(GraphNode node, GraphValue[] inputs, int rank, int[] shape)
        {
            if (Array.TrueForAll(inputs, input => input.IsConstant)) return;
            foreach (var input in inputs)
            {
                bool hasFirst = input.Shape.Length == rank;
                bool fits = input.IsConstant ? !hasFirst || input.Shape[0] == 1 : hasFirst && input.Shape[0] == shape[0];
                if (!fits) throw node.Problem("mixes sprites: its input " + input + " does not fit any number of them");
            }
        }
    }
}
