using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;

namespace VaeContent.Internal
{
    /// <summary>
    /// What a bundle check needs of an ONNX file, read without ONNX Runtime: versions, metadata, inputs and outputs. Weights are
    /// only walked over. Subgraphs, functions, foreign operators and external data are refused: a bundle is one plain, closed
    /// graph.
    /// </summary>
    internal sealed class OnnxModel
    {
        private const int MostValues = 64, MostDimensions = 16, MostEntries = 1024, MostNodes = 16384, MostTensors = 16384;
        private const int LongestKey = 256, LargestPrior = 64 << 20;

        internal long IrVersion { get; private set; }

        internal List<KeyValuePair<string, long>> Opsets { get; } = new List<KeyValuePair<string, long>>();

        internal Dictionary<string, string> Metadata { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

        internal List<TensorInfo> Inputs { get; } = new List<TensorInfo>();

        internal List<TensorInfo> Outputs { get; } = new List<TensorInfo>();

        /// <summary>The bytes of the tensor <see cref="BundleKeys.PriorNetwork"/>, or null.</summary>
        internal byte[]? PriorNetwork { get; private set; }

        /// <summary>
        /// Reads a ModelProto; field numbers as in onnx.proto. Throws InvalidDataException with the end of a sentence.
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
                        model.ReadGraph(reader.Bytes());
                        break;
                    case 8: Add(model.Opsets, ReadOpset(reader.Bytes()), MostValues, "operator sets"); break;
                    case 14: model.ReadMetadata(reader.Bytes()); break;
                    case 25: throw new InvalidDataException("it defines functions of its own");
                    default: reader.Skip(); break;
                }
            }

            if (!hasGraph) throw new InvalidDataException("it has no graph");
            return model;
        }

        private void ReadGraph(ReadOnlySpan<byte> bytes)
        {
            int nodes = 0, tensors = 0;
            var reader = new WireReader(bytes);
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                switch (field)
                {
                    case 1:
                        if (nodes++ == MostNodes) throw TooMany(MostNodes, "nodes");
                        CheckNode(reader.Bytes());
                        break;
                    case 5:
                        if (tensors++ == MostTensors) throw TooMany(MostTensors, "tensors");
                        ReadInitializer(reader.Bytes());
                        break;
                    case 11: Add(Inputs, TensorInfo.Read(reader.Bytes(), MostDimensions), MostValues, "inputs"); break;
                    case 12: Add(Outputs, TensorInfo.Read(reader.Bytes(), MostDimensions), MostValues, "outputs"); break;
                    case 15: throw new InvalidDataException("it has sparse weights");
                    default: reader.Skip(); break;
                }
            }
        }

        private void ReadInitializer(ReadOnlySpan<byte> bytes)
        {
            CheckTensor(bytes);
            string name = "";
            long type = 0;
            ReadOnlySpan<byte> raw = default;
            var reader = new WireReader(bytes);
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                if (field == 2) type = reader.Varint();
                else if (field == 8) name = reader.Text();
                else if (field == 9) raw = reader.Bytes();
                else if ((field >= 4 && field <= 7) || field == 10 || field == 11)
                {
                    throw new InvalidDataException("its weights are not stored as raw bytes");
                }
                else reader.Skip();
            }

            if (!IsFinite(type, raw))
            {
                throw new InvalidDataException("its weights " + Errors.Show(name) + " are not finite numbers");
            }

            if (name != BundleKeys.PriorNetwork) return;
            if (PriorNetwork != null) throw new InvalidDataException("it has the tensor " + name + " twice");
            if (type != TensorInfo.UInt8 || raw.Length == 0)
            {
                throw new InvalidDataException("its tensor " + name + " has no raw bytes");
            }

            if (raw.Length > LargestPrior) throw TooMany(LargestPrior, "bytes in its tensor " + name);
            PriorNetwork = raw.ToArray();
        }

        // An exponent of ones is an infinity or no number.
        private static bool IsFinite(long type, ReadOnlySpan<byte> raw)
        {
            if (type == TensorInfo.Float)
            {
                foreach (uint bits in MemoryMarshal.Cast<byte, uint>(raw))
                {
                    if ((bits & 0x7F800000) == 0x7F800000) return false;
                }
            }
            else if (type == TensorInfo.Float16)
            {
                foreach (ushort bits in MemoryMarshal.Cast<byte, ushort>(raw))
                {
                    if ((bits & 0x7C00) == 0x7C00) return false;
                }
            }

            return true;
        }

        private static void CheckNode(ReadOnlySpan<byte> bytes)
        {
            var reader = new WireReader(bytes);
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                if (field == 5)
                {
                    CheckAttribute(reader.Bytes());
                }
                else if (field == 7)
                {
                    string domain = reader.Text();
                    if (!IsDefaultDomain(domain))
                    {
                        throw new InvalidDataException("it uses an operator of domain " + Errors.Show(domain));
                    }
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        private static void CheckAttribute(ReadOnlySpan<byte> bytes)
        {
            var reader = new WireReader(bytes);
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                if (field == 5 || field == 10) CheckTensor(reader.Bytes());
                else if (field == 6 || field == 11) throw new InvalidDataException("it has a graph inside a graph");
                else if (field == 22 || field == 23) throw new InvalidDataException("it has sparse weights");
                else reader.Skip();
            }
        }

        private static void CheckTensor(ReadOnlySpan<byte> bytes)
        {
            var reader = new WireReader(bytes);
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                if (field == 13 || (field == 14 && reader.Varint() != 0))
                {
                    throw new InvalidDataException("its weights lie in another file");
                }

                if (field != 14) reader.Skip();
            }
        }

        private void ReadMetadata(ReadOnlySpan<byte> bytes)
        {
            ReadOnlySpan<byte> keyBytes = default, valueBytes = default;
            var reader = new WireReader(bytes);
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                if (field == 1) keyBytes = reader.Bytes();
                else if (field == 2) valueBytes = reader.Bytes();
                else reader.Skip();
            }

            if (Metadata.Count == MostEntries) throw TooMany(MostEntries, "metadata entries");
            if (keyBytes.Length > LongestKey) throw TooMany(LongestKey, "bytes in a metadata key");
            string key = WireReader.Text(keyBytes);
            int most = LongestValue(key);
            if (valueBytes.Length > most) throw TooMany(most, "bytes in its metadata " + Errors.Show(key));
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
                if (field == 1) domain = reader.Text();
                else if (field == 2) version = reader.Varint();
                else reader.Skip();
            }

            return new KeyValuePair<string, long>(IsDefaultDomain(domain) ? "" : domain, version);
        }

        private static bool IsDefaultDomain(string domain) => domain.Length == 0 || domain == "ai.onnx";

        private static void Add<T>(List<T> list, T item, int most, string what)
        {
            if (list.Count == most) throw TooMany(most, what);
            list.Add(item);
        }

        private static InvalidDataException TooMany(int most, string what) =>
            new InvalidDataException("it has more than " + most + " " + what);
    }
}
