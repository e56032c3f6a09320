using System.Collections.Generic;

namespace VaeContent.Trainer.Painting;

/// <summary>
/// The 32 colours of the heroes and the ramps cut from them. Ramps share: skin, leather, wood and brown hair walk one staircase
/// of six browns; steel, white cloth and black hair one of five greys, so that few colours give many materials that sit together.
/// </summary>
internal static class HeroPalette
{
    internal const byte Clear = 0, Ink = 1;
    private const byte Brown0 = 2, Brown1 = 3, Brown2 = 4, Brown3 = 5, Brown4 = 6, Brown5 = 7;
    private const byte Gold0 = 8, Gold1 = 9, Rust = 10;
    private const byte Grey0 = 11, Grey1 = 12, Grey2 = 13, Grey3 = 14, Grey4 = 15;
    private const byte Red0 = 16, Red1 = 17, Red2 = 18, Red3 = 19;
    private const byte Blue0 = 20, Blue1 = 21, Blue2 = 22, Navy = 23;
    private const byte Green0 = 24, Green1 = 25, Green2 = 26, Green3 = 27;
    private const byte Violet0 = 28, Violet1 = 29, Violet2 = 30;
    private const byte Glow = 31;

    /// <summary>The colours by palette index; index 0 is transparent.</summary>
    internal static readonly Rgba32[] Colours = FromRgb(
        0x1c1526,
        0xffdcb5, 0xf0b184, 0xcd8457, 0x9c5a3c, 0x6b3a30, 0x452530,
        0xffe07a, 0xeaa83c, 0xc0632f,
        0xf7f7f2, 0xbcc6d2, 0x7f8ba3, 0x505a77, 0x313550,
        0xf4785e, 0xcc3b45, 0x8c2546, 0x571b3c,
        0x74c0f2, 0x3b7dd6, 0x2c4f9e, 0x262a5e,
        0xa9d65c, 0x55a64c, 0x2c6e4e, 0x1d4347,
        0xcf93ec, 0x8d52c4, 0x583184,
        0x8df2e1);

    internal static readonly Ramp Leather = new(Brown5, Brown4, Brown3, Brown2);
    internal static readonly Ramp White = new(Grey3, Grey1, Grey0, Grey0);
    internal static readonly Ramp Gold = new(Brown4, Rust, Gold1, Gold0);
    internal static readonly Ramp Magic = new(Navy, Blue1, Blue0, Glow);
    internal static readonly Ramp Iris = new(Ink, Blue2, Blue1, Grey0);
    internal static readonly Ramp Flame = new(Red2, Red1, Gold1, Gold0);

    // Ordered, because the order of the names decides which one a drawn number means.
    internal static readonly OrderedDictionary<string, Ramp> Skins = new()
    {
        ["pale"] = new(Brown3, Brown1, Brown0, Brown0),
        ["tan"] = new(Brown4, Brown2, Brown1, Brown0),
        ["bronze"] = new(Brown5, Brown3, Brown2, Brown1),
        ["umber"] = new(Brown5, Brown5, Brown4, Brown3),
        ["green"] = new(Green3, Green2, Green1, Green0),
    };

    internal static readonly OrderedDictionary<string, Ramp> HairColours = new()
    {
        ["black"] = new(Ink, Ink, Grey4, Grey3),
        ["brown"] = new(Ink, Brown5, Brown4, Brown3),
        ["blond"] = new(Brown4, Rust, Gold1, Gold0),
        ["ginger"] = new(Brown5, Brown4, Rust, Gold1),
        ["white"] = new(Grey4, Grey2, Grey1, Grey0),
        ["violet"] = new(Navy, Violet2, Violet1, Violet0),
    };

    internal static readonly OrderedDictionary<string, Ramp> Cloths = new()
    {
        ["crimson"] = new(Red3, Red2, Red1, Red0),
        ["azure"] = new(Navy, Blue2, Blue1, Blue0),
        ["forest"] = new(Green3, Green2, Green1, Green0),
        ["violet"] = new(Navy, Violet2, Violet1, Violet0),
        ["amber"] = new(Brown4, Rust, Gold1, Gold0),
        ["charcoal"] = new(Ink, Grey4, Grey3, Grey2),
    };

    internal static readonly OrderedDictionary<string, Ramp> Trims = new()
    {
        ["brown"] = Leather,
        ["ash"] = new(Grey4, Grey2, Grey1, Grey0),
        ["navy"] = new(Navy, Navy, Blue2, Blue1),
        ["wine"] = new(Red3, Red3, Red2, Red1),
    };

    internal static readonly OrderedDictionary<string, Ramp> Metals = new()
    {
        ["steel"] = new(Grey4, Grey2, Grey1, Grey0),
        ["iron"] = new(Ink, Grey4, Grey3, Grey2),
        ["brass"] = Gold,
    };

    internal static readonly OrderedDictionary<string, Ramp> Boots = new()
    {
        ["brown"] = Leather,
        ["black"] = new(Ink, Ink, Grey4, Grey3),
        ["red"] = new(Red3, Red3, Red2, Red1),
    };

    internal static readonly OrderedDictionary<string, Ramp> Capes = new()
    {
        ["red"] = new(Red3, Red3, Red2, Red1),
        ["blue"] = new(Navy, Navy, Blue2, Blue1),
        ["green"] = new(Green3, Green3, Green2, Green1),
    };

    private static Rgba32[] FromRgb(params uint[] opaque)
    {
        var colours = new Rgba32[opaque.Length + 1];
        for (int i = 0; i < opaque.Length; i++) colours[i + 1] = Rgba32.FromPacked((opaque[i] << 8) | 0xff);
        return colours;
    }
}

/// <summary>One material as four palette indices, dark to light: the line drawn inside the figure, shade, base, light.</summary>
internal readonly record struct Ramp(byte Line, byte Shade, byte Base, byte Light);
