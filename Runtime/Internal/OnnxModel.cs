using System;
using System.Collections.Generic;
using System.IO;
using VaeContent.Internal.Graphs;

namespace VaeContent.Internal
{
    /// <summary>
    /// An ONNX file, read without ONNX Runtime: versions, metadata, and the graph except for its weights, which are only walked
    /// over. Whatever the exporter does not write, such as subgraphs, functions and external data, is refused: a bundle is one
    /// plain, closed graph. <see cref="CheckedGraph"/> then checks its operators and sizes.
    /// </summary>
    internal sealed class OnnxModel
    {
        private const int MostValues = 64, MostDimensions = 8, MostEntries = 1024, MostNodes = 8192, MostTensors = 8192;
        private const int LongestKey = 256, LargestPrior = 64 << 20;

        /// <summary>Takes a tensor and its bytes, which are valid until it returns.</summary>
        internal delegate void TensorReader(GraphValue tensor, ReadOnlySpan<byte> raw);

        private int _graphStart, _graphLength;

        internal long IrVersion { get; private set; }

        internal List<KeyValuePair<string, long>> Opsets { get; } = new List<KeyValuePair<string, long>>();

        internal Dictionary<string, string> Metadata { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

        internal List<TensorInfo> Inputs { get; } = new List<TensorInfo>();

        internal List<TensorInfo> Outputs { get; } = new List<TensorInfo>();

        internal List<GraphNode> Nodes { get; } = new List<GraphNode>();

        /// <summary>The tensors of the file.</summary>
        internal List<GraphValue> Stored { get; } = new List<GraphValue>();

        /// <summary>The bytes of the tensor <see cref="BundleKeys.PriorNetwork"/>, or null.</summary>
        internal byte[]? PriorNetwork { get; private set; }

        /// <summary>
        /// Reads a ModelProto except for its graph, which <see cref="ReadGraph"/> reads once the versions are known to be right.
        /// Field numbers as in onnx.proto. Throws InvalidDataException with the end of a sentence.
        /// </summary>
        internal static OnnxModel Read(ReadOnlySpan<byte> bytes)
        {
            var model = new OnnxModel();
            var reader = new WireReader(bytes);
            bool hasGraph = false;
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                switch (field)
                {
                    case 1: model.IrVersion = reader.Varint(); break;
                    case 7:
                        if (hasGraph) throw new InvalidDataException("it has two graphs");
                        hasGraph = true;
                        var graph = reader.Bytes();
                        bytes.Overlaps(graph, out model._graphStart);
                        model._graphLength = graph.Length;
                        break;
                    case 8: Add(model.Opsets, ReadOpset(reader.Bytes()), MostValues, "operator sets"); break;
                    case 14: model.ReadMetadata(reader.Bytes()); break;
                    case 2: reader.Name(); break;
                    case 25: throw new InvalidDataException("it defines its own functions");
                    default: throw WireReader.Unknown(field, "the model");
                }
            }

            if (!hasGraph) throw new InvalidDataException("it has no graph");
            return model;
        }

        /// <summary>Reads the graph of the same bytes. Throws as <see cref="Read"/>.</summary>
        /// <param name="bytes">The file.</param>
        /// <param name="each">What to do with each tensor of the file and its bytes; null for nothing.</param>
        internal void ReadGraph(ReadOnlySpan<byte> bytes, TensorReader? each = null)
        {
            var reader = new WireReader(bytes.Slice(_graphStart, _graphLength));
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                switch (field)
                {
                    case 1:
                        if (Nodes.Count == MostNodes) throw WireReader.TooMany(MostNodes, "nodes");
                        Nodes.Add(GraphNode.Read(reader.Bytes()));
                        break;
                    case 2: reader.Name(); break;
                    case 5: ReadTensor(reader.Bytes(), each); break;
                    case 11: Add(Inputs, TensorInfo.Read(reader.Bytes(), MostDimensions), MostValues, "inputs"); break;
                    case 12: Add(Outputs, TensorInfo.Read(reader.Bytes(), MostDimensions), MostValues, "outputs"); break;
                    case 15: throw new InvalidDataException("it has sparse weights");
                    default: throw WireReader.Unknown(field, "its graph");
                }
            }
        }

        private void ReadTensor(ReadOnlySpan<byte> bytes, TensorReader? each)
        {
            var value = GraphValue.Read(bytes, out var raw);
            Add(Stored, value, MostTensors, "tensors");
            each?.Invoke(value, raw);
            if (value.Name != BundleKeys.PriorNetwork) return;
            if (PriorNetwork != null) throw new InvalidDataException("it has the tensor " + value.Name + " twice");
            if (value.Type != TensorInfo.UInt8 || raw.Length == 0)
            {
                throw new InvalidDataException("its tensor " + value.Name + " has no raw bytes");
            }

            if (raw.Length > LargestPrior) throw WireReader.TooMany(LargestPrior, "bytes in its tensor " + value.Name);
            PriorNetwork = raw.ToArray();
        }

        private void ReadMetadata(ReadOnlySpan<byte> bytes)
        {
            ReadOnlySpan<byte> keyBytes = default, valueBytes = default;
            var reader = new WireReader(bytes);
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                if (field == 1) keyBytes = reader.Bytes();
                else if (field == 2) valueBytes = reader.Bytes();
                else throw WireReader.Unknown(field, "its metadata");
            }

            if (Metadata.Count == MostEntries) throw WireReader.TooMany(MostEntries, "metadata entries");
            if (keyBytes.Length > LongestKey) throw WireReader.TooMany(LongestKey, "bytes in a metadata key");
            string key = WireReader.Text(keyBytes);
            int most = LongestValue(key);
            if (valueBytes.Length > most) throw WireReader.TooMany(most, "bytes in its metadata " + Errors.Show(key));
            if (!Metadata.TryAdd(key, WireReader.Text(valueBytes)))
            {
                throw new InvalidDataException("it has the metadata key " + Errors.Show(key) + " twice");
            }
        }

        // Checked before a text is made of the bytes, so that memory is bounded by the file's size.
        private static int LongestValue(string key)
        {
            switch (key)
            {
                case BundleKeys.PriorComponents: return 64 << 20;
                case BundleKeys.Exemplars:
                case BundleKeys.Attributes: return 16 << 20;
                case BundleKeys.Provenance: return 64 << 10;
                default: return 1 << 20;
            }
        }

        private static KeyValuePair<string, long> ReadOpset(ReadOnlySpan<byte> bytes)
        {
            string domain = "";
            long version = 0;
            var reader = new WireReader(bytes);
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                if (field == 1) domain = reader.Name();
                else if (field == 2) version = reader.Varint();
                else throw WireReader.Unknown(field, "an operator set");
            }

            return new KeyValuePair<string, long>(IsDefaultDomain(domain) ? "" : domain, version);
        }

        internal static bool IsDefaultDomain(string domain) => domain.Length == 0 || domain == "ai.onnx";

        private static void Add<T>(List<T> list, T item, int most, string what)
        {
            if (list.Count == most) throw WireReader.TooMany(most, what);
            list.Add(item);
        }
    }
}
