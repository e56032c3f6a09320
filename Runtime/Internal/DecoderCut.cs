using System;
using System.Collections.Generic;
using System.IO;

namespace VaeContent.Internal
{
    /// <summary>
    /// Cuts the graph of a network prior at the latent: nodes that <c>pixels</c> needs once <c>z</c> is given are the decoder. Works on
    /// the protobuf records themselves, so what is kept is kept byte for byte. Damage throws InvalidDataException.
    /// </summary>
    internal sealed class DecoderCut
    {
        // Field numbers of onnx.proto.
        private const int ModelGraph = 7, ModelMetadata = 14;
        private const int GraphNode = 1, GraphName = 2, GraphInitializer = 5, GraphInput = 11, GraphOutput = 12;
        private const int NodeInput = 1, NodeOutput = 2, TensorName = 8, ValueName = 1;

        private readonly byte[] _model;
        private readonly Dictionary<string, Node> _producers = new Dictionary<string, Node>(StringComparer.Ordinal);
        private readonly HashSet<string> _decoder; // every value that pixels needs, z among them, what computes z not
        private readonly HashSet<string> _prior;   // every value that z needs

        internal DecoderCut(byte[] model)
        {
            _model = model;
            var reader = new WireReader(Graph());
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                if (field == GraphNode) AddProducer(Node.Read(reader.Bytes()));
                else if (field == GraphInitializer) Name(reader.Bytes(), TensorName); // damage shows here, not when the decoder is written
                else reader.Skip();
            }

            _decoder = Needed(BundleKeys.Pixels);
            _prior = Needed(BundleKeys.Z);
        }

        internal bool DecoderTakesLabel => _decoder.Contains(BundleKeys.Label);

        internal bool PriorTakesLabel => _prior.Contains(BundleKeys.Label);

        /// <summary>Why the graph has no decoder that starts at the latent, for the end of a sentence; null when it has.</summary>
        internal string? Problem()
        {
            if (!_producers.TryGetValue(BundleKeys.Z, out var last)) return "no node computes its output 'z'";
            if (!_decoder.Contains(BundleKeys.Z)) return "its 'pixels' are not computed from 'z'";
            if (_decoder.Contains(BundleKeys.Noise)) return "its 'pixels' are computed from 'noise' past 'z'";
            return IsDecoder(last) ? "its 'pixels' need another output of the node that computes 'z'" : null;
        }

        /// <summary>The model from latent (and label) to pixels, without metadata.</summary>
        internal byte[] Decoder()
        {
            var model = new MemoryStream(_model.Length);
            var reader = new WireReader(_model);
            int start = 0;
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                reader.Skip();
                if (field == ModelGraph) WriteMessage(model, ModelGraph, DecoderGraph());
                else if (field != ModelMetadata) model.Write(_model, start, reader.Position - start);
                start = reader.Position;
            }

            return model.ToArray();
        }

        private ReadOnlySpan<byte> DecoderGraph()
        {
            var graph = Graph();
            var kept = new MemoryStream(graph.Length);
            var reader = new WireReader(graph);
            int start = 0;
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                if (field == GraphNode || field == GraphInitializer || field == GraphInput || field == GraphOutput)
                {
                    var message = reader.Bytes();
                    if (IsKept(field, message)) kept.Write(graph.Slice(start, reader.Position - start));
                    else if (field == GraphOutput && Name(message, ValueName) == BundleKeys.Z) WriteMessage(kept, GraphInput, message);
                }
                else
                {
                    reader.Skip(); // notes on values that may be gone
                    if (field == GraphName) kept.Write(graph.Slice(start, reader.Position - start));
                }

                start = reader.Position;
            }

            return kept.GetBuffer().AsSpan(0, (int)kept.Length);
        }

        private bool IsKept(int field, ReadOnlySpan<byte> message)
        {
            switch (field)
            {
                case GraphNode: return IsDecoder(Node.Read(message));
                case GraphInitializer: return _decoder.Contains(Name(message, TensorName));
                case GraphInput: return _decoder.Contains(Name(message, ValueName));
                default: return Name(message, ValueName) == BundleKeys.Pixels;
            }
        }

        private bool IsDecoder(Node node) => node.Outputs.Exists(output => output != BundleKeys.Z && _decoder.Contains(output));

        private HashSet<string> Needed(string output)
        {
            var needed = new HashSet<string>(StringComparer.Ordinal) { output };
            var open = new Stack<string>(needed);
            while (open.Count > 0)
            {
                if (!_producers.TryGetValue(open.Pop(), out var node)) continue;
                foreach (string input in node.Inputs)
                {
                    if (needed.Add(input) && input != BundleKeys.Z) open.Push(input);
                }
            }

            return needed;
        }

        private void AddProducer(Node node)
        {
            foreach (string output in node.Outputs) _producers[output] = node;
        }

        private ReadOnlySpan<byte> Graph()
        {
            var reader = new WireReader(_model);
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                if (field == ModelGraph) return reader.Bytes();
                reader.Skip();
            }

            throw new InvalidDataException("it has no graph");
        }

        private static string Name(ReadOnlySpan<byte> message, int nameField)
        {
            string name = "";
            var reader = new WireReader(message);
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                if (field == nameField) name = reader.Text();
                else reader.Skip();
            }

            return name;
        }

        private static void WriteMessage(Stream to, int field, ReadOnlySpan<byte> message)
        {
            const int bytesType = 2;
            WriteVarint(to, (uint)(field << 3 | bytesType));
            WriteVarint(to, (uint)message.Length);
            to.Write(message);
        }

        private static void WriteVarint(Stream to, uint value)
        {
            for (; value >= 0x80; value >>= 7) to.WriteByte((byte)(value | 0x80));
            to.WriteByte((byte)value);
        }

        /// <summary>The names of the values that a node reads and writes.</summary>
        private sealed class Node
        {
            internal readonly List<string> Inputs = new List<string>();
            internal readonly List<string> Outputs = new List<string>();

            internal static Node Read(ReadOnlySpan<byte> message)
            {
                var node = new Node();
                var reader = new WireReader(message);
                for (int field = reader.NextField(); field != 0; field = reader.NextField())
                {
                    if (field == NodeInput) node.Inputs.Add(reader.Text());
                    else if (field == NodeOutput) node.Outputs.Add(reader.Text());
                    else reader.Skip();
                }

                return node;
            }
        }
    }
}
