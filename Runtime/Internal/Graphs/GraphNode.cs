using System;
using System.Collections.Generic;
using System.IO;

namespace VaeContent.Internal.Graphs
{
    /// <summary>One operator of a graph as the file has it: type, names of inputs and output, attributes.</summary>
    internal sealed class GraphNode
    {
        private const int MostInputs = 64, MostAttributes = 8, MostIntegers = 8;
        private const int FloatAttribute = 1, IntAttribute = 2, TextAttribute = 3, IntsAttribute = 7; // AttributeProto.Type

        private readonly Dictionary<string, object> _attributes = new Dictionary<string, object>(StringComparer.Ordinal);

        internal string Type { get; private set; } = "";

        internal List<string> Inputs { get; } = new List<string>();

        internal string Output { get; private set; } = "";

        internal IReadOnlyCollection<string> Attributes => _attributes.Keys;

        /// <summary>Reads a NodeProto. Throws InvalidDataException with the end of a sentence.</summary>
        internal static GraphNode Read(ReadOnlySpan<byte> bytes)
        {
            var node = new GraphNode();
            int outputs = 0;
            var reader = new WireReader(bytes);
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                switch (field)
                {
                    case 1:
                        if (node.Inputs.Count == MostInputs) throw WireReader.TooMany(MostInputs, "inputs of a node");
                        node.Inputs.Add(reader.Name());
                        break;
                    case 2:
                        if (outputs++ == 1) throw WireReader.TooMany(1, "outputs of a node");
                        node.Output = reader.Name();
                        break;
                    case 3: reader.Name(); break;
                    case 4: node.Type = reader.Name(); break;
                    case 5: node.ReadAttribute(reader.Bytes()); break;
                    case 7:
                        string domain = reader.Name();
                        if (OnnxModel.IsDefaultDomain(domain)) break;
                        throw new InvalidDataException("it uses an operator of domain " + Errors.Show(domain));
                    default: throw WireReader.Unknown(field, "a node");
                }
            }

            return node;
        }

        internal long Int(string name) => Attribute<long>(name);

        /// <summary>An attribute that need not be there.</summary>
        internal long Int(string name, long otherwise) => Attribute(name, otherwise);

        /// <inheritdoc cref="Int(string, long)"/>
        internal float Float(string name, float otherwise) => Attribute(name, otherwise);

        /// <inheritdoc cref="Int(string, long)"/>
        internal string Text(string name, string otherwise) => Attribute(name, otherwise);

        /// <inheritdoc cref="Int(string, long)"/>
        internal long[] Ints(string name, long[] otherwise) => Attribute(name, otherwise);

        /// <summary>A whole number within a range.</summary>
        internal int Int(string name, int least, int most)
        {
            long found = Int(name);
            return found >= least && found <= most ? (int)found
                : throw Problem("has " + name + "=" + found + ", expected " + least + ".." + most);
        }

        internal float Float(string name) => Attribute<float>(name);

        internal string Text(string name) => Attribute<string>(name);

        /// <summary>So many whole numbers, each within a range.</summary>
        internal int[] Ints(string name, int count, int least, int most)
        {
            var found = Attribute<long[]>(name);
            if (found.Length != count) throw Problem("has " + found.Length + " numbers in " + name + ", expected " + count);
            return Array.ConvertAll(found, number => number >= least && number <= most ? (int)number
                : throw Problem("has " + number + " in " + name + ", expected " + least + ".." + most));
        }

        /// <summary>Checks an attribute that need not be there, and says what is so without it.</summary>
        internal void Neutral(string name, long neutral)
        {
            if (!_attributes.TryGetValue(name, out var value)) return;
            bool isNeutral = value is long[] numbers ? Array.TrueForAll(numbers, number => number == neutral)
                : value is long number && number == neutral;
            if (!isNeutral) throw Problem("has the attribute " + Errors.Show(name) + ", expected " + neutral + " or none");
        }

        internal InvalidDataException Problem(string what) =>
            new InvalidDataException("its node " + Errors.Show(Output) + ", of operator " + Errors.Show(Type) + ", " + what);

        private T Attribute<T>(string name, T otherwise) =>
            _attributes.ContainsKey(name) ? Attribute<T>(name) : otherwise;

        private T Attribute<T>(string name) => _attributes.TryGetValue(name, out var value) && value is T found ? found
            : throw Problem("has no attribute " + Errors.Show(name) + " of the type that belongs to it");

        private void ReadAttribute(ReadOnlySpan<byte> bytes)
        {
            string name = "", text = "";
            long type = 0, integer = 0;
            float single = 0f;
            var integers = new List<long>();
            var reader = new WireReader(bytes);
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                switch (field)
                {
                    case 1: name = reader.Name(); break;
                    case 2: single = reader.Single(); break;
                    case 3: integer = reader.Varint(); break;
                    case 4: text = reader.Name(); break;
                    case 8: reader.Varints(integers, MostIntegers, "integers in an attribute"); break;
                    case 20: type = reader.Varint(); break;
                    case 5: case 10: throw new InvalidDataException("it has a tensor in an attribute");
                    case 6: case 11: throw new InvalidDataException("it has a graph inside a graph");
                    case 22: case 23: throw new InvalidDataException("it has sparse weights");
                    default: throw WireReader.Unknown(field, "an attribute");
                }
            }

            if (type == FloatAttribute && (float.IsNaN(single) || float.IsInfinity(single)))
            {
                throw Problem("has " + Errors.Show(name) + "=" + single);
            }

            if (_attributes.Count == MostAttributes) throw WireReader.TooMany(MostAttributes, "attributes of a node");
            object? value = type == FloatAttribute ? (object)single : type == IntAttribute ? integer
                : type == TextAttribute ? text : type == IntsAttribute ? integers.ToArray() : null;
            if (value == null) throw Problem("has an attribute " + Errors.Show(name) + " of type " + type);
            if (!_attributes.TryAdd(name, value)) throw Problem("has the attribute " + Errors.Show(name) + " twice");
        }
    }
}
