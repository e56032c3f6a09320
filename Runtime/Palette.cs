using System;

namespace VaeContent
{
    /// <summary>
    /// The colours of a palette bundle, 2 to 256; colour 0 is fully transparent. Immutable and safe from any thread: recolouring
    /// makes a new palette, which every Generate and Decode accepts instead of the bundle's own, at no cost per pixel.
    /// </summary>
    public sealed class Palette
    {
        // Always 256 entries, transparent beyond Count: a byte from the decoder never points outside.
        private readonly Rgba32[] _colours = new Rgba32[256];

        /// <summary>
        /// A palette of a copy of <paramref name="colours"/>. Throws ArgumentException unless there are 2..256 and the first has
        /// alpha 0.
        /// </summary>
        public Palette(ReadOnlySpan<Rgba32> colours)
        {
            if (colours.Length < 2 || colours.Length > 256)
            {
                throw new ArgumentException("A palette has 2 to 256 colours; found " + colours.Length + ".", nameof(colours));
            }

            if (colours[0].A != 0)
            {
                throw new ArgumentException("Colour 0 of a palette is the transparent one; found " + colours[0] + ".",
                    nameof(colours));
            }

            colours.CopyTo(_colours);
            _colours[0] = default;
            Count = colours.Length;
        }

        /// <summary>Number of colours, 2..256.</summary>
        public int Count { get; }

        /// <summary>The colour at <paramref name="index"/>, 0..<see cref="Count"/> - 1.</summary>
        public Rgba32 this[int index] => Colours[index];

        /// <summary>All colours.</summary>
        public ReadOnlySpan<Rgba32> Colours => new ReadOnlySpan<Rgba32>(_colours, 0, Count);

        /// <summary>This palette with one colour replaced. Index 0 stays transparent, so it cannot be replaced.</summary>
        public Palette With(int index, Rgba32 colour)
        {
            if (index < 1 || index >= Count)
            {
                throw new ArgumentOutOfRangeException(nameof(index), index, "Colours 1 to " + (Count - 1) + " can be replaced.");
            }

            var copy = Colours.ToArray();
            copy[index] = colour;
            return new Palette(copy);
        }

        /// <summary>This palette with every occurrence of <paramref name="from"/> replaced by <paramref name="to"/>.</summary>
        public Palette Replace(Rgba32 from, Rgba32 to) => Map(c => c == from ? to : c);

        /// <summary>This palette with every colour but the transparent one passed through <paramref name="change"/>.</summary>
        public Palette Map(Func<Rgba32, Rgba32> change)
        {
            if (change == null) throw new ArgumentNullException(nameof(change));
            var copy = Colours.ToArray();
            for (int i = 1; i < copy.Length; i++) copy[i] = change(copy[i]);
            return new Palette(copy);
        }

        /// <summary>
        /// This palette blended towards <paramref name="colour"/>: 0 changes nothing, 1 makes a silhouette. Alpha stays.
        /// </summary>
        public Palette Tint(Rgba32 colour, float amount)
        {
            int w = (int)(Math.Min(Math.Max(amount, 0f), 1f) * 256f + 0.5f);
            return Map(c => new Rgba32(Mix(c.R, colour.R, w), Mix(c.G, colour.G, w), Mix(c.B, colour.B, w), c.A));
        }

        /// <summary>
        /// This palette with all hues turned by <paramref name="degrees"/> (120: red to green, green to blue), greys unchanged.
        /// </summary>
        public Palette ShiftHue(float degrees)
        {
            // Rotation about the grey axis of the RGB cube.
            double cos = Math.Cos(degrees * Math.PI / 180), sin = Math.Sin(degrees * Math.PI / 180);
            double same = (1 + 2 * cos) / 3, next = (1 - cos) / 3 - sin / Math.Sqrt(3), last = (1 - cos) / 3 + sin / Math.Sqrt(3);
            return Map(c => new Rgba32(
                Channel(same * c.R + next * c.G + last * c.B),
                Channel(last * c.R + same * c.G + next * c.B),
                Channel(next * c.R + last * c.G + same * c.B), c.A));
        }

        /// <summary>
        /// Colours of <paramref name="indices"/>, one per byte. Bytes beyond <see cref="Count"/> give transparent pixels.
        /// </summary>
        public void Apply(ReadOnlySpan<byte> indices, Span<Rgba32> destination)
        {
            var to = destination.Slice(0, indices.Length);
            var colours = _colours;
            for (int i = 0; i < indices.Length; i++) to[i] = colours[indices[i]];
        }

        private static byte Mix(byte a, byte b, int w) => (byte)((a * (256 - w) + b * w + 128) >> 8);

        private static byte Channel(double value) => (byte)Math.Min(Math.Max(value + 0.5, 0), 255);
    }
}
