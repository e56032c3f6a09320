using System;
using System.Collections.Generic;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing.Processors.Quantization;
using Pixel = SixLabors.ImageSharp.PixelFormats.Rgba32;

namespace VaeContent.Trainer.Images;

/// <summary>
/// A quantizer for ImageSharp's encoders that keeps the colours of a picture of at most 256 exactly (ImageSharp's own ones look
/// colours up through a cache that takes near ones for equal) and leaves others to Wu's method, without dithering.
/// </summary>
internal sealed class ExactPalette : IQuantizer
{
    private const int MaxColours = 256;

    public QuantizerOptions Options { get; } = new() { Dither = null, MaxColors = MaxColours };

    /// <summary>The different colours, least opaque first as PNG prefers them, or null where there are more than 256.</summary>
    public static Pixel[]? FromPixels(ReadOnlySpan<Pixel> pixels)
    {
        var seen = new HashSet<Pixel>();
        foreach (Pixel pixel in pixels)
        {
            if (seen.Add(pixel) && seen.Count > MaxColours) return null;
        }
        Pixel[] colours = [.. seen];
        Array.Sort(colours, (a, b) => a.A != b.A ? a.A - b.A : a.PackedValue.CompareTo(b.PackedValue));
        return colours;
    }

    public IQuantizer<TPixel> CreatePixelSpecificQuantizer<TPixel>(Configuration configuration)
        where TPixel : unmanaged, IPixel<TPixel> => CreatePixelSpecificQuantizer<TPixel>(configuration, Options);

    public IQuantizer<TPixel> CreatePixelSpecificQuantizer<TPixel>(Configuration configuration, QuantizerOptions options)
        where TPixel : unmanaged, IPixel<TPixel> => (IQuantizer<TPixel>)(object)new Exact(configuration, options);

    // ImageSharp's loop over the pixels takes only a struct.
    private struct Exact(Configuration configuration, QuantizerOptions options) : IQuantizer<Pixel>
    {
        private readonly Dictionary<Pixel, byte> _indices = [];
        private Pixel[]? _palette;
        private IQuantizer<Pixel>? _reducing; // takes 60 MB, which pictures of few colours can do without

        public readonly Configuration Configuration => configuration;

        public readonly QuantizerOptions Options => options;

        public readonly ReadOnlyMemory<Pixel> Palette => _palette ?? _reducing!.Palette;

        public void AddPaletteColors(Buffer2DRegion<Pixel> region)
        {
            var pixels = new Pixel[region.Width * region.Height];
            for (int y = 0; y < region.Height; y++) region.DangerousGetRowSpan(y).CopyTo(pixels.AsSpan(y * region.Width));
            _palette = FromPixels(pixels);
            if (_palette is null)
            {
                _reducing ??= new WuQuantizer(options).CreatePixelSpecificQuantizer<Pixel>(configuration);
                _reducing.AddPaletteColors(region);
            }
            for (int i = 0; i < _palette?.Length; i++) _indices[_palette[i]] = (byte)i;
        }

        public readonly IndexedImageFrame<Pixel> QuantizeFrame(ImageFrame<Pixel> source, Rectangle bounds)
        {
            if (_palette is null) return _reducing!.QuantizeFrame(source, bounds);
            Exact exact = this;
            return QuantizerUtilities.QuantizeFrame(ref exact, source, bounds);
        }

        public readonly byte GetQuantizedColor(Pixel color, out Pixel match)
        {
            match = color;
            return _palette is null ? _reducing!.GetQuantizedColor(color, out match) : _indices[color];
        }

        public readonly void Dispose() => _reducing?.Dispose();
    }
}
