using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;

namespace VaeContent.Internal.Managed
{
    /// <summary>
    /// The nodes and constants of an ONNX model that <see cref="OnnxModel"/> has checked. Weights of fewer bits are floats here.
    /// </summary>
    internal sealed class Graph
    {
        internal const int MostNumbers = 1 << 16; // in a list of a node or tensor

        private const int Int8 = 3, Int64 = 7;

        internal List<Node> Nodes { get; } = new List<Node>();

        internal List<TensorInfo> Inputs { get; } = new List<TensorInfo>();

        internal List<TensorInfo> Outputs { get; } = new List<TensorInfo>();

        /// <summary>What the file holds, by name.</summary>
        internal Dictionary<string, Value> Constants { get; } = new Dictionary<string, Value>(StringComparer.Ordinal);

        /// <summary>Throws InvalidDataException with the end of a sentence.</summary>
        internal static Graph Read(byte[] bytes)
        {
            var graph = new Graph();
            var model = new WireReader(bytes);
            for (int field = model.NextField(); field != 0; field = model.NextField())
            {
                if (field == 7) graph.ReadGraph(model.Bytes());
                else model.Skip();
            }

            return graph;
        }

        private void ReadGraph(ReadOnlySpan<byte> bytes)
        {
            var reader = new WireReader(bytes);
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                if (field == 1) Nodes.Add(Node.Read(reader.Bytes()));
                else if (field == 5) ReadConstant(reader.Bytes());
                else if (field == 11) Inputs.Add(TensorInfo.Read(reader.Bytes(), Shapes.MostDimensions));
                else if (field == 12) Outputs.Add(TensorInfo.Read(reader.Bytes(), Shapes.MostDimensions));
                else reader.Skip();
            }
        }

        private void ReadConstant(ReadOnlySpan<byte> bytes)
        {
            string name = "";
            int type = 0;
            var dims = new List<long>();
            ReadOnlySpan<byte> raw = default;
            var reader = new WireReader(bytes);
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                if (field == 1) reader.Varints(dims, MostNumbers, "dimensions of a tensor");
                else if (field == 2) type = (int)reader.Varint();
                else if (field == 8) name = reader.Text();
                else if (field == 9) raw = reader.Bytes();
                else reader.Skip();
            }

            if (type == TensorInfo.UInt8) return; // a network prior's model, which is a graph of its own
            var shape = Shapes.Checked(dims.ToArray());
            int size = type == TensorInfo.Float ? 4 : type == TensorInfo.Float16 ? 2 : type == Int8 ? 1 : type == Int64 ? 8 : 0;
            if (size == 0) throw new InvalidDataException("its tensor " + Errors.Show(name) + " has the type " + type);
            if (raw.Length != (long)size * Shapes.Count(shape))
            {
                throw new InvalidDataException("its tensor " + Errors.Show(name) + " has " + raw.Length + " bytes, expected "
                    + (long)size * Shapes.Count(shape));
            }

            Constants[name] = type == Int64
                ? new Value(name, shape) { Integers = MemoryMarshal.Cast<byte, long>(raw).ToArray() }
                : Value.Constant(name, shape, Floats(type, raw));
        }

        private static float[] Floats(int type, ReadOnlySpan<byte> raw)
        {
            if (type == TensorInfo.Float) return MemoryMarshal.Cast<byte, float>(raw).ToArray();
            var floats = new float[type == Int8 ? raw.Length : raw.Length / 2];
            if (type == Int8)
            {
                for (int i = 0; i < floats.Length; i++) floats[i] = (sbyte)raw[i];
                return floats;
            }

            var halves = MemoryMarshal.Cast<byte, ushort>(raw);
            for (int i = 0; i < floats.Length; i++) floats[i] = FromHalf(halves[i]);
            return floats;
        }

        // IEEE 754 binary16; infinities and no-numbers were refused before.
        private static float FromHalf(ushort bits)
        {
            int exponent = (bits >> 10) & 31, fraction = bits & 1023;
            float magnitude = exponent == 0 ? fraction * (1f / (1 << 24))
                : WireReader.BitsToSingle((exponent + 112) << 23 | fraction << 13);
            return (bits & 0x8000) == 0 ? magnitude : -magnitude;
        }
    }

    /// <summary>One operator of a graph.</summary>
    internal sealed class Node
    {
        private const int MostInputs = 64;

        private readonly Dictionary<string, object> _attributes = new Dictionary<string, object>(StringComparer.Ordinal);

        internal string Type { get; private set; } = "";

        internal List<string> Inputs { get; } = new List<string>();

        internal string Output { get; private set; } = "";

        internal long Int(string name, long otherwise) => _attributes.TryGetValue(name, out var value) ? (long)value : otherwise;

        internal float Float(string name, float otherwise) =>
            _attributes.TryGetValue(name, out var value) ? (float)value : otherwise;

        internal string Text(string name, string otherwise) =>
            _attributes.TryGetValue(name, out var value) ? (string)value : otherwise;

        internal int[] Ints(string name, params int[] otherwise) => _attributes.TryGetValue(name, out var value)
            ? Array.ConvertAll((long[])value, Shapes.ToInt) : otherwise;

        internal static Node Read(ReadOnlySpan<byte> bytes)
        {
            var node = new Node();
            int outputs = 0;
            var reader = new WireReader(bytes);
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                if (field == 1) node.Inputs.Add(reader.Text());
                else if (field == 2)
                {
                    node.Output = reader.Text();
                    outputs++;
                }
                else if (field == 4) node.Type = reader.Text();
                else if (field == 5) node.ReadAttribute(reader.Bytes());
                else reader.Skip();
            }

            if (outputs != 1 || node.Inputs.Count == 0 || node.Inputs.Count > MostInputs)
            {
                throw node.Problem("has " + node.Inputs.Count + " inputs and " + outputs + " outputs");
            }

            return node;
        }

        internal InvalidDataException Problem(string what) =>
            new InvalidDataException("its node " + Errors.Show(Output) + " (" + Errors.Show(Type) + ") " + what);

        private void ReadAttribute(ReadOnlySpan<byte> bytes)
        {
            string name = "";
            int type = 0;
            float single = 0;
            long integer = 0;
            string text = "";
            var integers = new List<long>();
            var reader = new WireReader(bytes);
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                switch (field)
                {
                    case 1: name = reader.Text(); break;
                    case 2: single = reader.Single(); break;
                    case 3: integer = reader.Varint(); break;
                    case 4: text = reader.Text(); break;
                    case 8: reader.Varints(integers, Graph.MostNumbers, "integers in an attribute"); break;
                    case 20: type = (int)reader.Varint(); break;
                    default: reader.Skip(); break;
                }
            }

            switch (type) // AttributeProto.AttributeType
            {
                case 1: _attributes[name] = single; break;
                case 2: _attributes[name] = integer; break;
                case 3: _attributes[name] = text; break;
                case 7: _attributes[name] = integers.ToArray(); break;
                default: throw Problem("has the attribute " + Errors.Show(name) + " of type " + type);
            }
        }
    }
}
