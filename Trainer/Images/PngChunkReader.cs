using System;
using System.Buffers.Binary;
using System.Text;

namespace VaeContent.Trainer.Images;

/// <summary>Walks the chunks of a PNG: length, type, data, checksum, of which the last is checked for every chunk.</summary>
internal ref struct PngChunkReader
{
    private readonly ReadOnlySpan<byte> _png;
    private readonly string _name;
    private int _next;

    /// <summary>A reader before the first chunk of <paramref name="png"/>, which starts with the PNG signature.</summary>
    public PngChunkReader(ReadOnlySpan<byte> png, string name)
    {
        _png = png;
        _name = name;
        _next = PngSignature.Bytes.Length;
        Type = "";
    }

    /// <summary>The four letters of the present chunk; a capital first letter means that a reader must understand it.</summary>
    public string Type { get; private set; }

    /// <summary>The bytes of the present chunk, a window into the file.</summary>
    public ReadOnlySpan<byte> Data { get; private set; }

    /// <summary>Steps to the next chunk.</summary>
    /// <exception cref="UserError">The file ends before it does, or its type or checksum is wrong.</exception>
    public void Next()
    {
        ReadOnlySpan<byte> rest = _png[_next..];
        if (rest.IsEmpty) throw CutOff("ends without its IEND chunk");
        if (rest.Length < 8) throw CutOff($"has only {rest.Length} bytes left for a chunk head of 8");

        ReadOnlySpan<byte> type = rest[4..8];
        foreach (byte letter in type)
        {
            if (!char.IsAsciiLetter((char)letter))
                throw Damaged($"the chunk type is the bytes {Convert.ToHexString(type)}, expected four letters");
        }
        Type = Encoding.ASCII.GetString(type);

        uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - 8) throw CutOff($"has {rest.Length - 8} bytes left for {length} bytes of chunk {Type}");
        if (length > rest.Length - 12) throw CutOff($"lacks the checksum of chunk {Type}");

        int size = (int)length;
        uint stored = BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + size)..]);
        uint actual = Crc32.Of(rest[4..(8 + size)]);
        if (stored != actual) throw Damaged($"chunk {Type} has the checksum {actual:X8}, expected {stored:X8}");
        Data = rest.Slice(8, size);
        _next += size + 12;
    }

    private readonly UserError CutOff(string found) =>
        new($"'{_name}' is cut off: at byte {_next} of {_png.Length} it {found}; expected whole chunks up to IEND. " +
            "Copy or export the file again.");

    private readonly UserError Damaged(string found) =>
        new($"'{_name}' is damaged at byte {_next}: {found}. Copy or export the file again.");
}
