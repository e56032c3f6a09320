using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace VaeContent.Tests.Fuzz;

/// <summary>
/// Changes that files suffer or attackers make, drawn at random: of bytes, of numbers in text, of values in JSON.
/// </summary>
internal sealed class Mutator(Random random)
{
    private static readonly string[] Values =
    [
        "null", "true", "[]", "{}", "\"\"", "\"x\"", "-1", "0", "7", "1e308", "-1e308", "1e999", "9223372036854775807", "1e-320",
        "2147483648", "[null]", "[[1]]", "\"\\u001b[31m\"", "[1,2,3,4,5,6,7,8,9]", "0.5", "99999999999999999999999999",
    ];

    private static readonly uint[] Interesting = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF];

    /// <summary>One to four changes of bytes.</summary>
    public byte[] Bytes(byte[] seed, IReadOnlyList<byte[]> others)
    {
        var bytes = new List<byte>(seed);
        for (int changes = random.Next(1, 5); changes > 0 && bytes.Count > 0; changes--) Change(bytes, others);
        return [.. bytes];
    }

    /// <summary>The same, or other numbers and values in a text.</summary>
    public byte[] Text(byte[] seed, IReadOnlyList<byte[]> others)
    {
        if (random.Next(4) == 0) return Bytes(seed, others);
        string text = Encoding.Latin1.GetString(seed);
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            MatchCollection found = Regex.Matches(text,
                "-?[0-9][0-9.eE+-]*|true|false|null|\"[^\"\n]*\"(?!\\s*:)|\\[[^\\[\\]]*\\]|[,;\t\"\n]");
            if (found.Count == 0) break;
            Match at = found[random.Next(found.Count)];
            string value = random.Next(8) == 0 ? found[random.Next(found.Count)].Value : Values[random.Next(Values.Length)];
            text = text[..at.Index] + value + text[(at.Index + at.Length)..];
        }
        return Encoding.Latin1.GetBytes(text);
    }

    private void Change(List<byte> bytes, IReadOnlyList<byte[]> others)
    {
        int at = random.Next(bytes.Count), length = random.Next(1, Math.Min(64, bytes.Count - at) + 1);
        switch (random.Next(9))
        {
            case 0 or 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 2: bytes[at] = (byte)random.Next(256); break;
            case 3: bytes.RemoveRange(at, length); break;
            case 4: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
            case 5: bytes.RemoveRange(at, bytes.Count - at); break;
            case 6:
                byte[] other = others[random.Next(others.Count)];
                int from = random.Next(other.Length);
                bytes.RemoveRange(at, length);
                bytes.InsertRange(at, other.Skip(from).Take(random.Next(1, 64)));
                break;
            default: Number(bytes, at); break;
        }
    }

    // A number of 1, 2 or 4 bytes in either order.
    private void Number(List<byte> bytes, int at)
    {
        var number = new byte[4];
        uint value = Interesting[random.Next(Interesting.Length)];
        if (random.Next(2) == 0) BinaryPrimitives.WriteUInt32LittleEndian(number, value);
        else BinaryPrimitives.WriteUInt32BigEndian(number, value);
        int size = 1 << random.Next(3);
        for (int i = 0; i < size && at + i < bytes.Count; i++) bytes[at + i] = number[value > 0xFFFF ? i : (i + 4 - size) % 4];
    }
}
