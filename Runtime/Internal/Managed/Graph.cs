using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VaeContent.Internal.Graphs;

namespace VaeContent.Internal.Managed
{
    /// <summary>The graph of an <see cref="OnnxModel"/> with its constants. Weights of fewer bits are floats here.</summary>
    internal sealed class Graph
    {
        private readonly OnnxModel _model;

        private Graph(OnnxModel model) => _model = model;

        internal List<GraphNode> Nodes => _model.Nodes;

        internal List<TensorInfo> Inputs => _model.Inputs;

        internal List<TensorInfo> Outputs => _model.Outputs;

        /// <summary>What the file holds, by name.</summary>
        internal Dictionary<string, Value> Constants { get; } = new Dictionary<string, Value>(StringComparer.Ordinal);

        /// <summary>Throws InvalidDataException with the end of a sentence.</summary>
        internal static Graph Read(byte[] bytes)
        {
            var graph = new Graph(OnnxModel.Read(bytes));
            graph._model.ReadGraph(bytes, graph.Add);
            return graph;
        }

        private void Add(GraphValue stored, ReadOnlySpan<byte> raw)
        {
            if (stored.Type == TensorInfo.UInt8) return; // a network prior's model, which is a separate graph
            var shape = Shapes.Checked(Array.ConvertAll(stored.Shape, side => (long)side));
            Constants[stored.Name] = stored.Integers != null ? new Value(stored.Name, shape) { Integers = stored.Integers }
                : Value.Constant(stored.Name, shape, Floats(stored.Type, raw));
        }

        private static float[] Floats(int type, ReadOnlySpan<byte> raw)
        {
            if (type == TensorInfo.Float) return MemoryMarshal.Cast<byte, float>(raw).ToArray();
            var floats = new float[type == TensorInfo.Int8 ? raw.Length : raw.Length / 2];
            if (type == TensorInfo.Int8)
            {
                for (int i = 0; i < floats.Length; i++) floats[i] = (sbyte)raw[i];
                return floats;
            }

            WidenInto(MemoryMarshal.Cast<byte, ushort>(raw), floats);
            return floats;
        }

        // IEEE 754 binary16 to binary32; infinities and no-numbers were refused before.
        [MethodImpl(Product.Optimised)]
        private static void WidenInto(ReadOnlySpan<ushort> halves, Span<float> floats)
        {
            var bits = MemoryMarshal.Cast<float, uint>(floats);
            for (int i = 0; i < halves.Length; i++)
            {
                uint half = halves[i], sign = (half & 0x8000) << 16, rest = half & 0x7FFF;
                if (rest < 0x400) floats[i] = rest * (sign == 0 ? 1f : -1f) / (1 << 24);
                else bits[i] = sign | ((rest << 13) + (112u << 23));
            }
        }
    }
}
