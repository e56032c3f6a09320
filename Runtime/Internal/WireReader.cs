using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace VaeContent.Internal
{
    /// <summary>
    /// One message of the protobuf wire format, field by field. Every length is checked against the bytes at hand; damage throws
    /// InvalidDataException. It never calls itself: the depth is the caller's.
    /// </summary>
    internal ref struct WireReader
    {
        private const int VarintType = 0, Fixed64Type = 1, BytesType = 2, Fixed32Type = 5;
        private const int LongestName = 256;

        private static readonly UTF8Encoding Strict = new UTF8Encoding(false, throwOnInvalidBytes: true);

        private readonly ReadOnlySpan<byte> _message;
        private int _at;
        private int _type;

        internal WireReader(ReadOnlySpan<byte> message)
        {
            _message = message;
            _at = 0;
            _type = 0;
        }

        /// <summary>Moves to the next field; 0 at the end of the message. The caller then reads or skips its value.</summary>
        internal int NextField()
        {
            if (_at == _message.Length) return 0;
            ulong tag = RawVarint();
            _type = (int)(tag & 7);
            ulong field = tag >> 3;
            if (field == 0 || field > 0x1FFFFFFF) throw new InvalidDataException("a field number is out of range");
            return (int)field;
        }

        internal long Varint()
        {
            Expect(VarintType);
            return (long)RawVarint();
        }

        internal ReadOnlySpan<byte> Bytes()
        {
            Expect(BytesType);
            ulong length = RawVarint();
            if (length > (ulong)(_message.Length - _at)) throw new InvalidDataException("it ends in the middle of a field");
            var bytes = _message.Slice(_at, (int)length);
            _at += (int)length;
            return bytes;
        }

        /// <summary>The number that bits stand for; .NET Framework's BitConverter cannot tell.</summary>
        internal static float BitsToSingle(int bits)
        {
            Span<int> one = stackalloc int[] { bits };
            return MemoryMarshal.Cast<int, float>(one)[0];
        }

        internal float Single()
        {
            Expect(Fixed32Type);
            int start = _at;
            Advance(4);
            return BitsToSingle(BinaryPrimitives.ReadInt32LittleEndian(_message.Slice(start)));
        }

        /// <summary>A repeated number, packed or not: adds what this field holds, up to this many in all.</summary>
        internal void Varints(List<long> values, int most, string what)
        {
            bool isPacked = _type == BytesType;
            var packed = isPacked ? new WireReader(Bytes()) : default;
            while (!isPacked || packed._at < packed._message.Length)
            {
                if (values.Count == most) throw TooMany(most, what);
                values.Add(isPacked ? (long)packed.RawVarint() : Varint());
                if (!isPacked) return;
            }
        }

        internal string Text() => Text(Bytes());

        /// <summary>A text that stands for something else, and is short.</summary>
        internal string Name()
        {
            var bytes = Bytes();
            return bytes.Length <= LongestName ? Text(bytes) : throw TooMany(LongestName, "bytes in a name");
        }

        internal static string Text(ReadOnlySpan<byte> bytes)
        {
            try
            {
                return Strict.GetString(bytes);
            }
            catch (DecoderFallbackException)
            {
                throw new InvalidDataException("a text is not UTF-8");
            }
        }

        internal void Skip()
        {
            switch (_type)
            {
                case VarintType: RawVarint(); break;
                case Fixed64Type: Advance(8); break;
                case BytesType: Bytes(); break;
                case Fixed32Type: Advance(4); break;
                default: throw new InvalidDataException("a field has wire type " + _type);
            }
        }

        internal static InvalidDataException TooMany(long most, string what) =>
            new InvalidDataException("it has more than " + most + " " + what);

        /// <summary>What no bundle has might be read by ONNX Runtime: it is refused, not skipped.</summary>
        internal static InvalidDataException Unknown(int field, string where) =>
            new InvalidDataException("it has the field " + field + " in " + where + ", which no bundle has");

        private void Expect(int type)
        {
            if (_type != type) throw new InvalidDataException("a field has wire type " + _type + " instead of " + type);
        }

        private void Advance(int count)
        {
            if (count > _message.Length - _at) throw new InvalidDataException("it ends in the middle of a field");
            _at += count;
        }

        private ulong RawVarint()
        {
            ulong value = 0;
            for (int shift = 0; shift < 64; shift += 7)
            {
                if (_at == _message.Length) throw new InvalidDataException("it ends in the middle of a number");
                byte b = _message[_at++];
                value |= (ulong)(b & 0x7F) << shift;
                if (b < 0x80) return value;
            }

            throw new InvalidDataException("a number is longer than 64 bits");
        }
    }
}
