using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VaeContent.Internal.Graphs
{
    /// <summary>
    /// Type and shape of one tensor of a graph. What depends on the graph's inputs has a free number of sprites: its first
    /// dimension counts the rows of one sprite, as in the exporter.
    /// </summary>
    internal sealed class GraphValue
    {
        private const int MostDimensions = 8, MostIntegers = 1 << 16;

        internal GraphValue(string name, int type, int[] shape, bool isConstant)
        {
            Name = name;
            Type = type;
            Shape = shape;
            IsConstant = isConstant;
            Count = 1;
            foreach (int side in shape)
            {
                Count *= side;
                if (Count > BundleReader.LargestFile) throw WireReader.TooMany(BundleReader.LargestFile, "elements in a tensor");
            }
        }

        internal string Name { get; }

        /// <summary>TensorProto.DataType, see <see cref="TensorInfo"/>.</summary>
        internal int Type { get; }

        internal int[] Shape { get; }

        /// <summary>Whether it depends on what the file holds alone.</summary>
        internal bool IsConstant { get; }

        /// <summary>Whether the file has it; the other constants are computed when a session starts.</summary>
        internal bool IsStored { get; private set; }

        /// <summary>Elements, of one sprite where it is not constant.</summary>
        internal long Count { get; }

        /// <summary>Shapes, axes and rows that the file holds, from which operators take their sizes; otherwise null.</summary>
        internal long[]? Integers { get; private set; }

        /// <summary>
        /// Reads a TensorProto, of raw bytes alone. Throws InvalidDataException with the end of a sentence.
        /// </summary>
        internal static GraphValue Read(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> raw)
        {
            string name = "";
            long type = 0;
            raw = default;
            var sides = new List<long>();
            var reader = new WireReader(bytes);
            for (int field = reader.NextField(); field != 0; field = reader.NextField())
            {
                switch (field)
                {
                    case 1: reader.Varints(sides, MostDimensions, "dimensions of a tensor"); break;
                    case 2: type = reader.Varint(); break;
                    case 8: name = reader.Name(); break;
                    case 9: raw = reader.Bytes(); break;
                    case 13: throw new InvalidDataException("its weights lie in another file");
                    case 14:
                        if (reader.Varint() != 0) throw new InvalidDataException("its weights lie in another file");
                        break;
                    case 4:
                    case 5:
                    case 6:
                    case 7:
                    case 10:
                    case 11:
                        throw new InvalidDataException("its weights are not stored as raw bytes");
                    default: throw WireReader.Unknown(field, "a tensor");
                }
            }

            var value = new GraphValue(name, (int)type, ReadShape(name, sides, raw.Length), isConstant: true);
            value.CheckBytes(raw);
            value.IsStored = true;
            if (type == TensorInfo.Int64) value.Integers = MemoryMarshal.Cast<byte, long>(raw).ToArray();
            return value;
        }

        public override string ToString() => Errors.Show(Name) + " (" + string.Join(", ", Shape) + ")";

        // No dimension is longer than the tensor has bytes, so that no product overflows.
        private static int[] ReadShape(string name, List<long> sides, int most)
        {
            long count = 1;
            foreach (long side in sides)
            {
                if (side < 1 || side > most || (count *= side) > most)
                {
                    throw new InvalidDataException("its tensor " + Errors.Show(name) + " (" + string.Join(", ", sides) + ") has "
                        + most + " bytes");
                }
            }

            return sides.ConvertAll(side => (int)side).ToArray();
        }

        private void CheckBytes(ReadOnlySpan<byte> raw)
        {
            int size = Type == TensorInfo.Float ? 4 : Type == TensorInfo.Float16 ? 2 : Type == TensorInfo.Int64 ? 8
                : Type == TensorInfo.UInt8 || Type == TensorInfo.Int8 ? 1
                : throw new InvalidDataException("its tensor " + Errors.Show(Name) + " has the element type " + Type);
            if (raw.Length != Count * size)
            {
                throw new InvalidDataException("its tensor " + this + " has " + raw.Length + " bytes, expected " + Count * size);
            }

            if (Type == TensorInfo.Int64 && Count > MostIntegers)
            {
                throw new InvalidDataException("its tensor " + this + " has more than " + MostIntegers + " integers");
            }

            if (!IsFinite(raw)) throw new InvalidDataException("its weights " + Errors.Show(Name) + " are not finite numbers");
        }

        // An exponent of ones is an infinity or no number.
        [MethodImpl(Managed.Product.Optimised)]
        private bool IsFinite(ReadOnlySpan<byte> raw)
        {
            if (Type == TensorInfo.Float)
            {
                foreach (uint bits in MemoryMarshal.Cast<byte, uint>(raw))
                {
                    if ((bits & 0x7F800000) == 0x7F800000) return false;
                }
            }
            else if (Type == TensorInfo.Float16)
            {
                foreach (ushort bits in MemoryMarshal.Cast<byte, ushort>(raw))
                {
                    if ((bits & 0x7C00) == 0x7C00) return false;
                }
            }

            return true;
        }
    }
}
