using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using VaeContent.Trainer.Images;

namespace VaeContent.Tests.Trainer.Images;

/// <summary>A small GIF decoder, written from the specification, apart from the code under test.</summary>
internal sealed class TestGif
{
    private readonly byte[] _gif;
    private int _at;

    public TestGif(byte[] gif)
    {
        _gif = gif;
        Version = Encoding.ASCII.GetString(ReadBytes(6));
        (Width, Height) = (ReadUInt16(), ReadUInt16());
        byte flags = ReadByte();
        ReadUInt16();
        if ((flags & 0x80) != 0) GlobalColors = ReadTable(flags);
        ReadBlocks();
        AtEnd = _at == gif.Length;
    }

    public string Version { get; }

    public int Width { get; }

    public int Height { get; }

    public Rgba32[]? GlobalColors { get; }

    public bool Loops { get; private set; }

    public bool AtEnd { get; }

    public List<(Bitmap Bitmap, int Delay, int Disposal, int LocalColors)> Frames { get; } = [];

    private void ReadBlocks()
    {
        int delay = 0, disposal = 0, invisible = -1;
        for (byte kind = ReadByte(); kind != 0x3B; kind = ReadByte())
        {
            if (kind == 0x2C)
            {
                ReadFrame(delay, disposal, invisible);
                continue;
            }
            byte label = kind == 0x21 ? ReadByte() : throw new InvalidDataException($"block {kind:X2}");
            byte[] data = ReadSubBlocks();
            if (label == 0xFF) Loops = data.AsSpan().SequenceEqual("NETSCAPE2.0\x1\0\0"u8);
            if (label != 0xF9) continue;
            disposal = data[0] >> 2;
            delay = data[1] | data[2] << 8;
            invisible = (data[0] & 1) != 0 ? data[3] : -1;
        }
    }

    private void ReadFrame(int delay, int disposal, int invisible)
    {
        int[] place = [ReadUInt16(), ReadUInt16(), ReadUInt16(), ReadUInt16()];
        if (!place.SequenceEqual([0, 0, Width, Height])) throw new InvalidDataException("frame place");
        byte flags = ReadByte();
        Rgba32[]? local = (flags & 0x80) != 0 ? ReadTable(flags) : null;
        int bits = ReadByte();
        List<byte> indices = Inflate(ReadSubBlocks(), bits);
        Rgba32[] pixels = indices.Select(i => i == invisible ? default : (local ?? GlobalColors!)[i]).ToArray();
        Frames.Add((new Bitmap(Width, Height, pixels), delay, disposal, local?.Length ?? 0));
    }

    private static List<byte> Inflate(byte[] data, int bits)
    {
        var result = new List<byte>();
        var table = new List<byte[]>();
        int at = 0, width = bits + 1, clear = 1 << bits;
        byte[]? last = null;
        while (true)
        {
            int code = 0;
            for (int i = 0; i < width; i++, at++) code |= (data[at >> 3] >> (at & 7) & 1) << i;
            if (code == clear)
            {
                table = Enumerable.Range(0, clear + 2).Select(i => new[] { (byte)i }).ToList();
                width = bits + 1;
                last = null;
                continue;
            }
            if (code == clear + 1)
            {
                if ((at + 7) / 8 != data.Length) throw new InvalidDataException("bytes after the end code");
                return result;
            }
            byte[] run = code < table.Count ? table[code]
                : code == table.Count ? [.. last!, last![0]]
                : throw new InvalidDataException($"code {code}");
            if (last != null && table.Count < 4096) table.Add([.. last, run[0]]);
            if (table.Count == 1 << width && width < 12) width++;
            result.AddRange(run);
            last = run;
        }
    }

    private Rgba32[] ReadTable(byte flags) =>
        ReadBytes(3 * (2 << (flags & 7))).Chunk(3).Select(rgb => new Rgba32(rgb[0], rgb[1], rgb[2])).ToArray();

    private byte ReadByte() => _gif[_at++];

    private ushort ReadUInt16() => (ushort)(ReadByte() | ReadByte() << 8);

    private byte[] ReadBytes(int count) => _gif[_at..(_at += count)];

    private byte[] ReadSubBlocks()
    {
        var data = new List<byte>();
        for (int length = ReadByte(); length > 0; length = ReadByte()) data.AddRange(ReadBytes(length));
        return data.ToArray();
    }
}
