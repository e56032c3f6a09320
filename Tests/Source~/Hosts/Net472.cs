using System.Collections.Generic;
using System.Text;

// What netstandard2.1 has and the .NET Framework lacks, as far as the Runtime uses it.
namespace System
{
    internal static class MathF
    {
        internal const float PI = 3.14159265f;

        internal static float Floor(float x) => (float)Math.Floor(x);

        internal static float Min(float x, float y) => Math.Min(x, y);

        internal static float Max(float x, float y) => Math.Max(x, y);

        internal static float Sqrt(float x) => (float)Math.Sqrt(x);

        internal static float Abs(float x) => Math.Abs(x);
    }
}

namespace VaeContent.Internal
{
    internal static class Convert
    {
        internal static string ToBase64String(byte[] bytes) => System.Convert.ToBase64String(bytes);

        internal static bool TryFromBase64String(string text, byte[] destination, out int length)
        {
            length = 0;
            try
            {
                byte[] bytes = System.Convert.FromBase64String(text);
                if (bytes.Length > destination.Length) return false;
                bytes.CopyTo(destination, 0);
                length = bytes.Length;
                return true;
            }
            catch (System.FormatException)
            {
                return false;
            }
        }
    }

    internal static class Extensions
    {
        internal static bool TryAdd<TKey, TValue>(this Dictionary<TKey, TValue> dictionary, TKey key, TValue value)
        {
            if (dictionary.ContainsKey(key)) return false;
            dictionary.Add(key, value);
            return true;
        }

        internal static string GetString(this Encoding encoding, System.ReadOnlySpan<byte> bytes) =>
            encoding.GetString(bytes.ToArray());

        internal static void Write(this System.IO.Stream stream, System.ReadOnlySpan<byte> bytes) =>
            stream.Write(bytes.ToArray(), 0, bytes.Length);

        internal static bool Contains(this string text, char value, System.StringComparison comparison) =>
            text.IndexOf(value.ToString(), comparison) >= 0;

        internal static int IndexOf(this string text, char value, System.StringComparison comparison) =>
            text.IndexOf(value.ToString(), comparison);

        internal static string[] Split(this string text, char separator, int count) => text.Split(new[] { separator }, count);
    }
}
