using System;

namespace VaeContent.Samples
{
    /// <summary>
    /// A picture as text: a character shows two pixels, one above the other, by its own colour and that behind it. No garbage.
    /// </summary>
    public sealed class HalfBlocks
    {
        private const int MostBytesPerCell = 44;
        private const uint Dark = 24; // what transparent pixels lie on

        private readonly int _width;
        private readonly AnsiText _text;

        /// <summary>A picture of a size; the height is even.</summary>
        public HalfBlocks(int width, int height)
        {
            _width = width;
            Pixels = new Rgba32[width * height];
            _text = new AnsiText((width * MostBytesPerCell + 16) * (height / 2) + 16);
        }

        /// <summary>(H, W) pixels to draw into.</summary>
        public Rgba32[] Pixels { get; }

        /// <summary>Other screen, no cursor.</summary>
        public static ReadOnlySpan<byte> Enter => "\x1b[?1049h\x1b[?25l"u8;

        /// <summary>As it was.</summary>
        public static ReadOnlySpan<byte> Leave => "\x1b[0m\x1b[?25h\x1b[?1049l"u8;

        /// <summary>The picture as bytes for a terminal, from its top left corner; valid until the next call.</summary>
        public ReadOnlySpan<byte> Render()
        {
            _text.Clear();
            _text.Add("\x1b[H"u8);
            for (int top = 0; top < Pixels.Length; top += 2 * _width)
            {
                uint front = uint.MaxValue, back = uint.MaxValue; // a terminal keeps the colour it was told
                for (int x = 0; x < _width; x++)
                {
                    uint upper = OnDark(Pixels[top + x]), lower = OnDark(Pixels[top + _width + x]);
                    if (upper != front) _text.Colour("\x1b[38;2;"u8, front = upper);
                    if (lower != back) _text.Colour("\x1b[48;2;"u8, back = lower);
                    _text.Add("▀"u8);
                }

                _text.Add("\x1b[0m\r\n"u8);
            }

            return _text.Bytes;
        }

        private static uint OnDark(Rgba32 pixel) =>
            Blend(pixel.R, pixel.A) << 16 | Blend(pixel.G, pixel.A) << 8 | Blend(pixel.B, pixel.A);

        private static uint Blend(uint colour, uint alpha) => (colour * alpha + Dark * (255 - alpha)) / 255;
    }
}
