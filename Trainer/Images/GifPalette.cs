using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace VaeContent.Trainer.Images;

/// <summary>A colour table of GIF, 2 to 256 entries, of which one may stand for "invisible".</summary>
internal sealed class GifPalette
{
    private const int LeastOpaqueAlpha = 128;
    private readonly Rgba32[] _colors;
    private readonly Dictionary<Rgba32, byte> _indexOf = [];

    // colors: the opaque ones; "invisible" comes behind them.
    private GifPalette(Rgba32[] colors, bool withInvisible)
    {
        _colors = colors;
        for (int i = 0; i < colors.Length; i++) _indexOf[colors[i]] = (byte)i;
        if (withInvisible) Invisible = colors.Length;
        int entries = colors.Length + (withInvisible ? 1 : 0);
        while (1 << Bits < entries) Bits++;
    }

    /// <summary>The table has 2^Bits entries, 1 to 8.</summary>
    public int Bits { get; } = 1;

    /// <summary>The index of the invisible entry, if there is one.</summary>
    public int? Invisible { get; }

    /// <summary>
    /// The palette of all <paramref name="frames"/> without loss, or null if that takes more than <paramref name="count"/>.
    /// </summary>
    public static GifPalette? Exact(IReadOnlyList<Bitmap> frames, int count)
    {
        var colors = new HashSet<Rgba32>();
        bool anyInvisible = false;
        foreach (Rgba32 pixel in frames.SelectMany(frame => frame.Pixels))
        {
            if (IsInvisible(pixel)) anyInvisible = true;
            else colors.Add(Opaque(pixel));
            if (colors.Count + (anyInvisible ? 1 : 0) > count) return null;
        }
        return new GifPalette(colors.OrderBy(color => color.Packed).ToArray(), anyInvisible);
    }

    /// <summary>The palette of <paramref name="frame"/>, reduced to <paramref name="count"/> entries where it has more.</summary>
    public static GifPalette Reduced(Bitmap frame, int count)
    {
        bool anyInvisible = frame.Pixels.Any(IsInvisible);
        IEnumerable<Rgba32> visible = frame.Pixels.Where(pixel => !IsInvisible(pixel));
        return new GifPalette(MedianCut.Palette(visible, count - (anyInvisible ? 1 : 0)), anyInvisible);
    }

    /// <summary>An index a pixel of <paramref name="frame"/>; a colour that the palette lacks takes the nearest.</summary>
    public byte[] Indices(Bitmap frame)
    {
        var indices = new byte[frame.Pixels.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            Rgba32 color = Opaque(frame.Pixels[i]);
            if (IsInvisible(frame.Pixels[i])) indices[i] = (byte)Invisible!.Value;
            else if (_indexOf.TryGetValue(color, out byte index)) indices[i] = index;
            else indices[i] = _indexOf[color] = (byte)MedianCut.Nearest(_colors, color);
        }
        return indices;
    }

    /// <summary>Writes the table, three bytes an entry, unused ones black.</summary>
    public void WriteTo(Stream gif)
    {
        var table = new byte[3 << Bits];
        for (int i = 0; i < _colors.Length; i++)
            (table[3 * i], table[3 * i + 1], table[3 * i + 2]) = (_colors[i].R, _colors[i].G, _colors[i].B);
        gif.Write(table);
    }

    private static bool IsInvisible(Rgba32 pixel) => pixel.A < LeastOpaqueAlpha;

    private static Rgba32 Opaque(Rgba32 pixel) => new(pixel.R, pixel.G, pixel.B);
}
