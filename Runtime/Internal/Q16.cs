using System;

namespace VaeContent.Internal
{
    /// <summary>
    /// Fixed-point numbers in units of 2^-16, the form in which latents are stored: no platform rounds them differently.
    /// </summary>
    internal static class Q16
    {
        internal const int One = 1 << 16;

        /// <summary>The float nearest to <paramref name="value"/> / 65,536: exact where |result| is at most 256.</summary>
        internal static float ToSingle(int value) => value * (1f / One);

        /// <summary>The nearest unit, halves away from zero; clamped to the range of int; NaN becomes 0.</summary>
        internal static int Round(double value)
        {
            double units = value * One;
            if (double.IsNaN(units)) return 0;
            if (units >= int.MaxValue) return int.MaxValue;
            if (units <= int.MinValue) return int.MinValue;
            return (int)(units < 0 ? units - 0.5 : units + 0.5);
        }

        /// <summary>The product of two Q16 numbers, to the nearest unit.</summary>
        internal static int Multiply(int a, int b) => (int)(((long)a * b + One / 2) >> 16);

        /// <summary>Little-endian bytes in base64, the form of the bundle's metadata.</summary>
        internal static string ToBase64(ReadOnlySpan<int> values)
        {
            var bytes = new byte[values.Length * 4];
            for (int i = 0; i < values.Length; i++)
            {
                int v = values[i];
                bytes[4 * i] = (byte)v;
                bytes[4 * i + 1] = (byte)(v >> 8);
                bytes[4 * i + 2] = (byte)(v >> 16);
                bytes[4 * i + 3] = (byte)(v >> 24);
            }

            return Convert.ToBase64String(bytes);
        }

        /// <summary>
        /// The inverse of <see cref="ToBase64"/>; null unless the text holds exactly <paramref name="count"/> numbers.
        /// </summary>
        internal static int[]? FromBase64(string text, long count)
        {
            if (text.Length != (count * 4 + 2) / 3 * 4) return null;
            var bytes = new byte[text.Length / 4 * 3];
            if (!Convert.TryFromBase64String(text, bytes, out int length) || length != count * 4) return null;
            var values = new int[count];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = bytes[4 * i] | bytes[4 * i + 1] << 8 | bytes[4 * i + 2] << 16 | bytes[4 * i + 3] << 24;
            }

            return values;
        }
    }
}
