using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Png;
using Pixel = SixLabors.ImageSharp.PixelFormats.Rgba32;

namespace VaeContent.Trainer.Images;

/// <summary>
/// Writes small PNG files and crisp animated GIF files. No pixel is dithered. The same pixels give the same bytes everywhere.
/// </summary>
public static class PictureWriter
{
    private const int LeastOpaqueAlpha = 128;

    /// <summary>Writes <paramref name="bitmap"/> to the PNG file <paramref name="path"/>, whole or not at all.</summary>
    /// <exception cref="UserError">The file cannot be written.</exception>
    public static void SavePng(Bitmap bitmap, string path) => AtomicFile.Write(path, EncodePng(bitmap, named: true));

    /// <summary>
    /// <paramref name="bitmap"/> as the bytes of a PNG file without loss: a palette for up to 256 colours, otherwise 8-bit RGBA.
    /// Invisible pixels keep their colour. With <paramref name="reduce"/>, more colours are reduced to the 256 that suit them
    /// best. With <paramref name="named"/>, the file says which program wrote it.
    /// </summary>
    public static byte[] EncodePng(Bitmap bitmap, bool reduce = false, bool named = false)
    {
        var encoder = new PngEncoder
        {
            ColorType = PngColorType.RgbWithAlpha,
            BitDepth = PngBitDepth.Bit8,
            CompressionLevel = PngCompressionLevel.BestCompression,
            FilterMethod = PngFilterMethod.Adaptive,
            TransparentColorMode = PngTransparentColorMode.Preserve,
            ChunkFilter = PngChunkFilter.ExcludeAll,
        };
        using Image<Pixel> image = Image.LoadPixelData<Pixel>(Cast(bitmap), bitmap.Width, bitmap.Height);
        if (named)
        {
            image.Metadata.GetPngMetadata().TextData.Add(new PngTextData("Software", Authorship.Name, "", ""));
            encoder.ChunkFilter = PngChunkFilter.ExcludePhysicalChunk | PngChunkFilter.ExcludeGammaChunk
                | PngChunkFilter.ExcludeExifChunk;
        }
        int? colours = ExactPalette.FromPixels(Cast(bitmap))?.Length;
        if (colours is not null || reduce)
        {
            encoder.ColorType = PngColorType.Palette;
            encoder.BitDepth = colours switch
            {
                <= 2 => PngBitDepth.Bit1,
                <= 4 => PngBitDepth.Bit2,
                <= 16 => PngBitDepth.Bit4,
                _ => PngBitDepth.Bit8,
            };
            encoder.FilterMethod = PngFilterMethod.None;
            encoder.Quantizer = new ExactPalette();
        }
        var png = new MemoryStream();
        image.Save(png, encoder);
        return png.ToArray();
    }

    /// <summary>
    /// Writes <paramref name="frames"/> to the file <paramref name="path"/>, whole or not at all; see <see cref="EncodeGif"/>.
    /// </summary>
    /// <exception cref="UserError">The file cannot be written.</exception>
    public static void SaveGif(IReadOnlyList<Bitmap> frames, string path, int delayHundredths, bool loop = true) =>
        AtomicFile.Write(path, EncodeGif(frames, delayHundredths, loop));

    /// <summary>
    /// An animation as the bytes of a GIF file: <paramref name="frames"/> of one size, each shown for
    /// <paramref name="delayHundredths"/>/100 s (browsers show less than 2 as 10), for ever or, without <paramref name="loop"/>,
    /// once. Pixels with alpha below 128 become invisible, all others opaque; the colours of a frame are exact while it has at
    /// most 256, an invisible pixel counting as one.
    /// </summary>
    /// <exception cref="ArgumentException">There are no frames, they differ in size, or size or delay exceeds 65535.</exception>
    public static byte[] EncodeGif(IReadOnlyList<Bitmap> frames, int delayHundredths, bool loop = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(delayHundredths);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delayHundredths, ushort.MaxValue);
        if (frames.Count == 0) throw new ArgumentException("an animation needs at least one frame", nameof(frames));
        if (frames[0].Width > ushort.MaxValue || frames[0].Height > ushort.MaxValue)
            throw new ArgumentException($"{frames[0].Width}x{frames[0].Height} is over GIF's {ushort.MaxValue} a side",
                nameof(frames));
        if (frames.FirstOrDefault(frame => (frame.Width, frame.Height) != (frames[0].Width, frames[0].Height)) is { } odd)
            throw new ArgumentException($"frames of {frames[0].Width}x{frames[0].Height} and {odd.Width}x{odd.Height}",
                nameof(frames));

        using Image<Pixel> image = Image.LoadPixelData<Pixel>(Cast(OneBitAlpha(frames[0])), frames[0].Width, frames[0].Height);
        foreach (Bitmap frame in frames.Skip(1)) image.Frames.AddFrame(Cast(OneBitAlpha(frame)));
        image.Metadata.GetGifMetadata().RepeatCount = loop ? (ushort)0 : (ushort)1;
        image.Metadata.GetGifMetadata().Comments.Add(Authorship.Name);
        foreach (ImageFrame<Pixel> frame in image.Frames)
        {
            GifFrameMetadata metadata = frame.Metadata.GetGifMetadata();
            metadata.FrameDelay = delayHundredths;
            metadata.DisposalMethod = GifDisposalMethod.RestoreToBackground;
        }
        var gif = new MemoryStream();
        // A table a frame: for a shared one ImageSharp looks colours up through a cache that takes near ones for equal.
        image.Save(gif, new GifEncoder { ColorTableMode = GifColorTableMode.Local, Quantizer = new ExactPalette() });
        return gif.ToArray();
    }

    private static ReadOnlySpan<Pixel> Cast(Bitmap bitmap) => MemoryMarshal.Cast<Rgba32, Pixel>(bitmap.Pixels.AsSpan());

    private static Bitmap OneBitAlpha(Bitmap frame) => new(frame.Width, frame.Height,
        Array.ConvertAll(frame.Pixels, pixel => pixel.A < LeastOpaqueAlpha ? default : new Rgba32(pixel.R, pixel.G, pixel.B)));
}
