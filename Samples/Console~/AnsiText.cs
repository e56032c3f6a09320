using System;
using System.Buffers.Text;

namespace VaeContent.Samples
{
    /// <summary>Bytes for a terminal, in a buffer that is used again.</summary>
    internal sealed class AnsiText
    {
        private readonly byte[] _bytes;
        private int _length;

        internal AnsiText(int most) => _bytes = new byte[most];

        internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

        internal void Clear() => _length = 0;

        internal void Add(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_bytes.AsSpan(_length));
            _length += bytes.Length;
        }

        /// <summary>A colour: 38;2 for the character, 48;2 for what is behind it.</summary>
        internal void Colour(ReadOnlySpan<byte> code, uint rgb)
        {
            Add(code);
            Number((byte)(rgb >> 16), (byte)';');
            Number((byte)(rgb >> 8), (byte)';');
            Number((byte)rgb, (byte)'m');
        }

        private void Number(byte value, byte end)
        {
            Utf8Formatter.TryFormat(value, _bytes.AsSpan(_length), out int written);
            _length += written;
            _bytes[_length++] = end;
        }
    }
}
