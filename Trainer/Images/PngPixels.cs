using System;
using System.Buffers.Binary;

namespace VaeContent.Trainer.Images;

/// <summary>Turns rows of PNG samples into RGBA pixels: unpacks, looks up the palette, applies tRNS, reduces to 8 bit.</summary>
internal sealed class PngPixels
{
    private readonly PngHeader _header;
    private readonly Rgba32[] _palette;
    private readonly (int R, int G, int B)? _invisible;
    private readonly string _name;

    /// <summary>Prepares for pictures of <paramref name="header"/>; the chunks are null where the file has none.</summary>
    /// <exception cref="UserError">A chunk is missing or has a wrong length.</exception>
    public PngPixels(PngHeader header, byte[]? plte, byte[]? trns, string name)
    {
        _header = header;
        _name = name;
        _palette = header.Color == PngColorType.Indexed ? ReadPalette(plte, trns ?? [], name) : [];
        if (trns == null) return;
        // The stored key has 16 bits whatever the depth; only the low ones count.
        if (header.Color == PngColorType.Gray && Exactly(2))
            _invisible = (Key(0), Key(0), Key(0));
        else if (header.Color == PngColorType.Rgb && Exactly(6))
            _invisible = (Key(0), Key(2), Key(4));

        int Key(int at) => BinaryPrimitives.ReadUInt16BigEndian(trns.AsSpan(at)) & ((1 << header.Depth) - 1);
        bool Exactly(int length) => trns.Length == length ? true
            : throw Damaged(name, $"its tRNS chunk is {trns.Length} bytes long, expected {length} for type {(int)header.Color}");
    }

    /// <summary>Writes a row's pixels to <paramref name="pixels"/> at <paramref name="at"/>, at + step, ...</summary>
    /// <exception cref="UserError">A pixel names a colour that the palette does not have.</exception>
    public void Expand(ReadOnlySpan<byte> row, int columns, Rgba32[] pixels, int at, int step)
    {
        for (int x = 0; x < columns; x++, at += step)
        {
            pixels[at] = _header.Color switch
            {
                PngColorType.Gray => Visible(Sample(row, x), Sample(row, x), Sample(row, x)),
                PngColorType.Rgb => Visible(Sample(row, 3 * x), Sample(row, 3 * x + 1), Sample(row, 3 * x + 2)),
                PngColorType.GrayAlpha =>
                    Color(Sample(row, 2 * x), Sample(row, 2 * x), Sample(row, 2 * x), Sample(row, 2 * x + 1)),
                PngColorType.Rgba =>
                    Color(Sample(row, 4 * x), Sample(row, 4 * x + 1), Sample(row, 4 * x + 2), Sample(row, 4 * x + 3)),
                _ => Lookup(Sample(row, x), at),
            };
        }
    }

    private Rgba32 Visible(int r, int g, int b) => Color(r, g, b, _invisible == (r, g, b) ? 0 : (1 << _header.Depth) - 1);

    private Rgba32 Color(int r, int g, int b, int a) => new(To8Bit(r), To8Bit(g), To8Bit(b), To8Bit(a));

    private Rgba32 Lookup(int index, int at) => index < _palette.Length ? _palette[index]
        : throw Damaged(_name, $"pixel ({at % _header.Width}, {at / _header.Width}) has colour {index}, " +
            $"expected less than the {_palette.Length} of its palette");

    // Sample number i of a row, 0 .. 2^depth - 1; high bits come first.
    private int Sample(ReadOnlySpan<byte> row, int i)
    {
        int depth = _header.Depth;
        if (depth == 8) return row[i];
        if (depth == 16) return BinaryPrimitives.ReadUInt16BigEndian(row[(2 * i)..]);
        int bit = i * depth;
        return (row[bit >> 3] >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
    }

    private byte To8Bit(int sample)
    {
        int max = (1 << _header.Depth) - 1;
        return (byte)((sample * 255 + max / 2) / max);
    }

    private static Rgba32[] ReadPalette(byte[]? plte, byte[] alphas, string name)
    {
        if (plte == null) throw Damaged(name, "it has no PLTE chunk before its pixels, expected one for colour type 3");
        if (plte.Length is 0 or > 768 || plte.Length % 3 != 0)
            throw Damaged(name, $"its PLTE chunk is {plte.Length} bytes long, expected 3 a colour for 1 to 256 colours");
        var palette = new Rgba32[plte.Length / 3];
        if (alphas.Length > palette.Length)
            throw Damaged(name, $"its tRNS chunk has {alphas.Length} entries, expected at most the {palette.Length} of PLTE");
        for (int i = 0; i < palette.Length; i++)
            palette[i] = new Rgba32(plte[3 * i], plte[3 * i + 1], plte[3 * i + 2], i < alphas.Length ? alphas[i] : (byte)255);
        return palette;
    }

    private static UserError Damaged(string name, string found) =>
        new($"'{name}' is damaged: {found}. Copy or export the file again.");
}
