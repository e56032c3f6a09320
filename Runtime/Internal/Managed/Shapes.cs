using System;
using System.IO;

namespace VaeContent.Internal.Managed
{
    /// <summary>Sizes of tensors, each checked before memory is taken.</summary>
    internal static class Shapes
    {
        internal const int MostElements = 1 << 26, MostDimensions = 8;

        internal static int[] Checked(params long[] dims)
        {
            if (dims.Length > MostDimensions) throw new InvalidDataException("a tensor has " + dims.Length + " dimensions");
            long count = 1;
            foreach (long size in dims)
            {
                if (size < 1 || size > MostElements) throw new InvalidDataException("a tensor has a dimension of " + size);
                count *= size;
                if (count > MostElements) throw new InvalidDataException("a tensor has more than " + MostElements + " elements");
            }

            return Array.ConvertAll(dims, size => (int)size);
        }

        internal static int Count(ReadOnlySpan<int> shape)
        {
            int count = 1;
            foreach (int size in shape) count *= size;
            return count;
        }

        internal static int ToInt(long value) => value >= int.MinValue && value <= int.MaxValue ? (int)value
            : throw new InvalidDataException("a setting is " + value);

        internal static bool Same(int[] a, int[] b) => a.AsSpan().SequenceEqual(b);

        /// <summary>Dimension <paramref name="i"/> counted from the last, 1 where there are fewer.</summary>
        internal static int FromEnd(int[] shape, int i) => i < shape.Length ? shape[shape.Length - 1 - i] : 1;

        /// <summary>As NumPy and ONNX broadcast; null where they do not fit.</summary>
        internal static int[]? Broadcast(int[] a, int[] b)
        {
            var shape = new long[Math.Max(a.Length, b.Length)];
            for (int i = 0; i < shape.Length; i++)
            {
                int x = FromEnd(a, i), y = FromEnd(b, i);
                if (x != y && x != 1 && y != 1) return null;
                shape[shape.Length - 1 - i] = Math.Max(x, y);
            }

            return Checked(shape);
        }

        /// <summary>Steps from one element to the next along each dimension of a row-major tensor.</summary>
        internal static int[] Strides(int[] shape)
        {
            var strides = new int[shape.Length];
            for (int i = shape.Length - 1, step = 1; i >= 0; step *= shape[i--]) strides[i] = step;
            return strides;
        }
    }
}
