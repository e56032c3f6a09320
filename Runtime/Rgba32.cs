using System;
using System.Runtime.InteropServices;

namespace VaeContent
{
    /// <summary>
    /// One pixel: red, green, blue, alpha, each 0..255, straight (not premultiplied) alpha. Four bytes in that order, the layout
    /// of Unity's <c>Color32</c> and of an RGBA8 texture.
    /// </summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1, Size = 4)]
    public readonly struct Rgba32 : IEquatable<Rgba32>
    {
        /// <summary>Red, 0..255.</summary>
        public readonly byte R;

        /// <summary>Green, 0..255.</summary>
        public readonly byte G;

        /// <summary>Blue, 0..255.</summary>
        public readonly byte B;

        /// <summary>Opacity: 0 is invisible, 255 opaque.</summary>
        public readonly byte A;

        /// <summary>A pixel of the given channels, opaque unless <paramref name="a"/> says otherwise.</summary>
        public Rgba32(byte r, byte g, byte b, byte a = 255)
        {
            R = r;
            G = g;
            B = b;
            A = a;
        }

        /// <summary>The four channels as 0xRRGGBBAA.</summary>
        public uint Packed => ((uint)R << 24) | ((uint)G << 16) | ((uint)B << 8) | A;

        /// <summary>The pixel whose <see cref="Packed"/> value is <paramref name="rrggbbaa"/>.</summary>
        public static Rgba32 FromPacked(uint rrggbbaa) =>
            new Rgba32((byte)(rrggbbaa >> 24), (byte)(rrggbbaa >> 16), (byte)(rrggbbaa >> 8), (byte)rrggbbaa);

        /// <inheritdoc/>
        public bool Equals(Rgba32 other) => Packed == other.Packed;

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is Rgba32 other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => (int)Packed;

        /// <summary>The pixel as eight hexadecimal digits, RRGGBBAA.</summary>
        public override string ToString() => Packed.ToString("x8");

        /// <summary>Whether all four channels agree.</summary>
        public static bool operator ==(Rgba32 a, Rgba32 b) => a.Packed == b.Packed;

        /// <summary>Whether any channel differs.</summary>
        public static bool operator !=(Rgba32 a, Rgba32 b) => a.Packed != b.Packed;
    }
}
