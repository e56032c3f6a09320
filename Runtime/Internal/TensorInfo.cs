using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace VaeContent.Internal
{
    /// <summary>
    /// Name, element type and shape of a graph input or output. A free (named or unknown) dimension is <see cref="Free"/>.
    /// </summary>
    internal sealed class TensorInfo
    {
        internal const long Free = -1;
        internal const int Float = 1, UInt8 = 2, Int8 = 3, Int32 = 6, Int64 = 7, Bool = 9, Float16 = 10; // TensorProto.DataType

        internal TensorInfo(string name, int type, params long[] shape)
        {
            Name = name;
            Type = type;
            Shape = shape;
        }

        internal string Name { get; }

        internal int Type { get; }

        internal long[] Shape { get; }

        internal bool Equals(TensorInfo other) => Name == other.Name && Type == other.Type && Shape.SequenceEqual(other.Shape);

        public override string ToString()
        {
            string type = Type == Float ? "float32" : Type == UInt8 ? "uint8" : "type " + Type;
            return Errors.Show(Name) + " " + type + " (" + string.Join(", ", Shape.Select(d => d == Free ? "N" : d.ToString()))
                + ")";
        }

        /// <summary>Reads a ValueInfoProto of a dense tensor.</summary>
        internal static TensorInfo Read(ReadOnlySpan<byte> bytes, int mostDimensions)
        {
            string name = "";
            ReadOnlySpan<byte> type = default;
            var reader = new WireReader(bytes);
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                if (field == 1) name = reader.Name();
                else if (field == 2) type = reader.Bytes();
                else throw WireReader.Unknown(field, "an input or output");
            }

            ReadOnlySpan<byte> shape = default;
            int element = 0;
            reader = new WireReader(Only(type, "an input or output is not a tensor")); // TypeProto.tensor_type
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                if (field == 1) element = (int)reader.Varint();
                else if (field == 2) shape = reader.Bytes();
                else throw WireReader.Unknown(field, "a type");
            }

            var dimensions = new List<long>();
            reader = new WireReader(shape);
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                if (field != 1) throw WireReader.Unknown(field, "a shape");
                if (dimensions.Count == mostDimensions)
                {
                    throw new InvalidDataException("a tensor has more than " + mostDimensions + " dimensions");
                }

                dimensions.Add(ReadDimension(reader.Bytes()));
            }

            return new TensorInfo(name, element, dimensions.ToArray());
        }

        private static long ReadDimension(ReadOnlySpan<byte> bytes)
        {
            long size = Free;
            var reader = new WireReader(bytes);
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                if (field == 2) reader.Name();
                else if (field != 1) throw WireReader.Unknown(field, "a dimension");
                else if ((size = reader.Varint()) < 0) throw new InvalidDataException("a tensor has a dimension of " + size);
            }

            return size;
        }

        private static ReadOnlySpan<byte> Only(ReadOnlySpan<byte> message, string problem)
        {
            ReadOnlySpan<byte> tensor = default;
            var reader = new WireReader(message);
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                if (field == 1) tensor = reader.Bytes();
                else throw new InvalidDataException(problem);
            }

            return tensor.Length > 0 ? tensor : throw new InvalidDataException(problem);
        }
    }
}
