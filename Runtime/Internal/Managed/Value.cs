using System;
using System.Collections.Generic;
using System.IO;

namespace VaeContent.Internal.Managed
{
    /// <summary>
    /// A tensor, row-major: a place in the session's memory, or another value in another shape. Constants have numbers of their
    /// own until a plan puts them there.
    /// </summary>
    internal sealed class Value
    {
        private readonly Value? _of; // whose elements these are
        private int _offset = -1;

        internal Value(string name, int[] shape, Value? of = null)
        {
            Name = name;
            Shape = shape;
            Count = Shapes.Count(shape);
            _of = of?.Root;
        }

        internal string Name { get; }

        internal int[] Shape { get; }

        internal int Count { get; }

        /// <summary>The value that has the memory.</summary>
        internal Value Root => _of ?? this;

        internal bool IsConstant => Root.IsOwnConstant;

        /// <summary>A constant's numbers; null for others, and once they are in the memory.</summary>
        internal float[]? Data { get; private set; }

        /// <summary>Shapes and axes: constants that only operators' settings are read from.</summary>
        internal long[]? Integers { get; set; }

        /// <summary>The caller's buffer of bytes, which no node but Cast sees.</summary>
        internal byte[]? Bytes { get; set; }

        internal bool IsBytes { get; set; }

        /// <summary>Where it lies in the memory; -1 before.</summary>
        internal int Offset => Root._offset;

        private bool IsOwnConstant { get; set; }

        internal static Value Constant(string name, int[] shape, float[] data) =>
            new Value(name, shape) { Data = data, IsOwnConstant = true };

        internal void Place(int offset) => _offset = offset;

        /// <summary>Lets a constant's numbers go.</summary>
        internal void Release() => Data = null;
    }

    /// <summary>
    /// The memory of a session: constants first, then what lies between input and output, which all its runs share, one at a
    /// time.
    /// </summary>
    internal sealed class Arena
    {
        // In floats: a vector of any processor.
        private const int Alignment = 16;

        private const long MostFloats = 1 << 28;

        private int _constants;

        internal float[] Floats { get; private set; } = Array.Empty<float>();

        internal static int Aligned(int count) => (count + Alignment - 1) / Alignment * Alignment;

        /// <summary>Takes the numbers of a plan's constants, and room beside them; returns where that begins.</summary>
        internal int Reserve(IReadOnlyCollection<Value> constants, int room)
        {
            long end = _constants;
            foreach (var constant in constants) end += Aligned(constant.Count);
            if (end + room > MostFloats) throw new InvalidDataException("it needs more than 1 GiB for one run");
            if (Floats.Length < end + room)
            {
                var floats = new float[end + room];
                Array.Copy(Floats, floats, _constants);
                Floats = floats;
            }

            foreach (var constant in constants)
            {
                constant.Data!.CopyTo(Floats, _constants);
                constant.Place(_constants);
                _constants += Aligned(constant.Count);
            }

            return _constants;
        }
    }
}
