using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;

namespace VaeContent.Tests.Trainer.Images;

/// <summary>A PNG made of random samples, written straight from the specification, apart from the code under test.</summary>
internal sealed class TestPng
{
    public static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly int[][] Adam7 =
        [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]];

    private readonly int _width, _height, _type, _depth;
    private readonly bool _interlaced;
    private readonly int[] _samples;

    public TestPng(int width, int height, int type, int depth, bool interlaced, int seed, int maxSample = int.MaxValue)
    {
        (_width, _height, _type, _depth, _interlaced) = (width, height, type, depth, interlaced);
        var random = new Random(seed);
        _samples = new int[width * height * Channels];
        for (int i = 0; i < _samples.Length; i++) _samples[i] = random.Next(Math.Min(1 << depth, maxSample));
    }

    public byte[]? Plte { get; init; }

    public byte[]? Trns { get; init; }

    public int Channels => _type switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    /// <summary>
    /// A picture of random samples; with tRNS, a colour that occurs is invisible, or half of the palette is translucent.
    /// </summary>
    public static TestPng Make(int width, int height, int type, int depth, bool interlaced, bool withTrns)
    {
        int seed = width * 1000 + height * 100 + type * 17 + depth;
        int colors = Math.Max(1, (1 << Math.Min(depth, 8)) - 1);
        var plte = new byte[3 * colors];
        new Random(seed).NextBytes(plte);
        byte[]? trns = null;
        if (withTrns)
        {
            var first = new TestPng(width, height, type, depth, interlaced, seed);
            IEnumerable<int> key = Enumerable.Range(0, first.Channels).Select(channel => first.Sample(0, 0, channel));
            trns = type == 3 ? [.. Enumerable.Range(0, (colors + 1) / 2).Select(i => (byte)(i * 40))]
                : [.. key.SelectMany(value => new[] { (byte)(value >> 8), (byte)value })];
        }
        return new TestPng(width, height, type, depth, interlaced, seed, type == 3 ? colors : int.MaxValue)
        {
            Plte = type == 3 ? plte : null,
            Trns = trns,
        };
    }

    /// <summary>The pixel that the specification gives.</summary>
    public Rgba32 Expected(int x, int y)
    {
        byte To8(int channel) => (byte)Math.Round(Sample(x, y, channel) * 255.0 / ((1 << _depth) - 1));
        int Key(int channel) => Trns![2 * channel] << 8 | Trns[2 * channel + 1];
        bool invisible = _type is 0 or 2 && Trns != null
            && Enumerable.Range(0, Channels).All(channel => Sample(x, y, channel) == Key(channel));
        int index = Sample(x, y, 0);
        return _type switch
        {
            0 => new Rgba32(To8(0), To8(0), To8(0), invisible ? (byte)0 : (byte)255),
            2 => new Rgba32(To8(0), To8(1), To8(2), invisible ? (byte)0 : (byte)255),
            3 => new Rgba32(Plte![3 * index], Plte[3 * index + 1], Plte[3 * index + 2],
                index < Trns?.Length ? Trns[index] : (byte)255),
            4 => new Rgba32(To8(0), To8(0), To8(0), To8(1)),
            _ => new Rgba32(To8(0), To8(1), To8(2), To8(3)),
        };
    }

    public int Sample(int x, int y, int channel) => _samples[(y * _width + x) * Channels + channel];

    public byte[] Encode(int idatSize = int.MaxValue) => Join(Chunks(idatSize));

    public List<(string Type, byte[] Data)> Chunks(int idatSize = int.MaxValue)
    {
        var chunks = new List<(string, byte[])> { ("IHDR", Header(_width, _height, _depth, _type, _interlaced ? 1 : 0)) };
        if (Plte != null) chunks.Add(("PLTE", Plte));
        if (Trns != null) chunks.Add(("tRNS", Trns));
        chunks.Add(("tEXt", "Comment\0ancillary"u8.ToArray()));
        chunks.AddRange(Deflate(Raw()).Chunk(idatSize).Select(part => ("IDAT", part)));
        chunks.Add(("IEND", []));
        return chunks;
    }

    public static byte[] Header(int width, int height, int depth, int type, int interlace)
    {
        byte[] data = [0, 0, 0, 0, 0, 0, 0, 0, (byte)depth, (byte)type, 0, 0, (byte)interlace];
        BinaryPrimitives.WriteInt32BigEndian(data, width);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4), height);
        return data;
    }

    public static byte[] Join(IEnumerable<(string Type, byte[] Data)> chunks) =>
        chunks.Aggregate(Signature.AsEnumerable(), (png, chunk) => png.Concat(Chunk(chunk.Type, chunk.Data))).ToArray();

    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. Encoding.Latin1.GetBytes(type), .. data];
        var chunk = new byte[body.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        body.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(body.Length + 4), Crc(body));
        return chunk;
    }

    public static byte[] Deflate(byte[] raw)
    {
        var result = new MemoryStream();
        using (var zlib = new ZLibStream(result, CompressionLevel.Fastest)) zlib.Write(raw);
        return result.ToArray();
    }

    // Filter bytes and filtered rows of all passes; the filters take turns.
    private byte[] Raw()
    {
        var raw = new List<byte>();
        int stride = Math.Max(1, Channels * _depth / 8);
        int filter = _height;
        foreach (int[] pass in _interlaced ? Adam7 : [[0, 0, 1, 1]])
        {
            byte[]? above = null;
            for (int y = pass[1]; y < _height && pass[0] < _width; y += pass[3])
            {
                byte[] row = Pack(y, pass[0], pass[2]);
                above ??= new byte[row.Length];
                raw.Add((byte)(++filter % 5));
                for (int i = 0; i < row.Length; i++)
                {
                    int a = i < stride ? 0 : row[i - stride], b = above[i], c = i < stride ? 0 : above[i - stride];
                    raw.Add((byte)(row[i] - new[] { 0, a, b, (a + b) / 2, Paeth(a, b, c) }[filter % 5]));
                }
                above = row;
            }
        }
        return raw.ToArray();
    }

    private byte[] Pack(int y, int firstX, int step)
    {
        var bits = new StringBuilder();
        for (int x = firstX; x < _width; x += step)
        {
            for (int channel = 0; channel < Channels; channel++)
                bits.Append(Convert.ToString(Sample(x, y, channel), 2).PadLeft(_depth, '0'));
        }
        return bits.ToString().Chunk(8).Select(octet => Convert.ToByte(new string(octet).PadRight(8, '0'), 2)).ToArray();
    }

    private static int Paeth(int a, int b, int c)
    {
        int p = a + b - c;
        return new[] { a, b, c }.MinBy(neighbour => Math.Abs(p - neighbour));
    }

    private static uint Crc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }
        return ~crc;
    }
}
