using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Tga;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Webp;
using Pixel = SixLabors.ImageSharp.PixelFormats.Rgba32;

namespace VaeContent.Trainer.Images;

/// <summary>
/// Reads picture files into straight-alpha 8-bit RGBA. A file is what its content says, whatever its name ends with. Colour
/// profiles, gamma and orientation are not applied. Safe to call from many threads.
/// </summary>
public static class PictureReader
{
    /// <summary>The most pixels of one frame (4096 x 4096), whatever its sides.</summary>
    public const int MaxPixels = 1 << 24;

    // Of the decoder, of the bitmap and of the cells that are cut out of it. A small file has few pixels, or is nearly empty.
    private const int BytesPerPixel = 12, SmallFile = 2048;

    // An animation of more than 4 frames of MaxPixels is not a set of sprites.
    private const long MaxPixelsInAll = 4L * MaxPixels, MaxFileBytes = 10L * MaxPixels;

    /// <summary>What a person calls the formats.</summary>
    public const string Names = "PNG, GIF, WebP, BMP, TGA, JPEG or TIFF";

    private static readonly HashSet<string> Endings =
        new([".png", ".gif", ".webp", ".bmp", ".tga", ".jpg", ".jpeg", ".tif", ".tiff"], StringComparer.OrdinalIgnoreCase);

    // TGA has no signature: almost any file could be one, so only a file of that name is tried as one.
    private static readonly IConfigurationModule[] Signed =
    [
        new LeanPng(), new GifConfigurationModule(), new WebpConfigurationModule(), new BmpConfigurationModule(),
        new JpegConfigurationModule(), new TiffConfigurationModule(),
    ];
    private static readonly Configuration Known = new(Signed), KnownAndTga = new([.. Signed, new TgaConfigurationModule()]);

    /// <summary>Whether the file's name ends as those of pictures do.</summary>
    public static bool IsPicture(string path) => Endings.Contains(Path.GetExtension(path));

    /// <summary>The pictures of a file: one, or the frames of an animation in order, each whole.</summary>
    /// <exception cref="UserError">The file cannot be read, is not a picture, is damaged, or is too large.</exception>
    public static IReadOnlyList<Bitmap> Load(string path) => Load(path, out _);

    /// <summary>
    /// The same; <paramref name="faults"/> says what a strict reader would have refused, and is empty for most files.
    /// </summary>
    /// <exception cref="UserError">As above.</exception>
    public static IReadOnlyList<Bitmap> Load(string path, out string faults) => Decode(ReadFile(path), path, out faults);

    /// <summary>
    /// Bytes that decoding a file's first frame and cutting it takes, as its header says; 0 for files too small for that to
    /// matter, or that <see cref="Load(string)"/> will refuse.
    /// </summary>
    public static long BytesToDecode(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            if (file.Length < SmallFile) return 0;
            IImageInfo? info = Image.Identify(Known, file);
            return info is null ? 0 : Math.Min((long)info.Width * info.Height, MaxPixels) * BytesPerPixel;
        }
        catch (Exception e) when (e is not OutOfMemoryException) // whatever damaged data leads to
        {
            return 0;
        }
    }

    /// <summary>The pictures in <paramref name="file"/>; error messages call it <paramref name="name"/>.</summary>
    /// <exception cref="UserError">The bytes are not a picture, are damaged, or hold a picture that is too large.</exception>
    public static IReadOnlyList<Bitmap> Decode(byte[] file, string name) => Decode(file, name, out _);

    private static IReadOnlyList<Bitmap> Decode(byte[] file, string name, out string faults)
    {
        faults = "";
        Configuration configuration = (name.EndsWith(".tga", StringComparison.OrdinalIgnoreCase) ? KnownAndTga : Known).Clone();
        configuration.MemoryAllocator = new BoundedAllocator(name, bytes: 8 * MaxPixelsInAll);
        configuration.MaxDegreeOfParallelism = 1;
        try
        {
            if (PngFile.IsPng(file))
            {
                var chunks = new PngChunks(file, name);
                IReadOnlyList<Bitmap> frames = new PngFile(chunks, name, png => Decode(configuration, png, name)[0]).Decode();
                faults = string.Join(", ", chunks.Faults);
                return frames;
            }
            IImageInfo info = Image.Identify(configuration, new MemoryStream(file)) ?? throw FileKind.NoPicture(file, name);
            CheckSize(name, info.Width, info.Height);
            return Decode(configuration, file, name);
        }
        catch (Exception e) when (e is ImageFormatException or NotSupportedException)
        {
            throw Damaged(name, UserError.Reason(e), e);
        }
        catch (Exception e) when (e is not UserError)
        {
            // On damaged data the decoders fail with whatever exception it leads to, an index out of range included.
            throw Damaged(name, $"its data cannot be decoded ({e.GetType().Name})", e);
        }
    }

    private static Bitmap[] Decode(Configuration configuration, byte[] file, string name)
    {
        using Image<Pixel> image = Image.Load<Pixel>(configuration, file);
        CheckSize(name, image.Width, image.Height, image.Frames.Count);
        return [.. image.Frames.Cast<ImageFrame<Pixel>>().Select(Copy)];
    }

    /// <summary>Refuses pictures that are larger than any sheet of sprites.</summary>
    /// <exception cref="UserError">The picture is too large.</exception>
    internal static void CheckSize(string name, long width, long height, int frames = 1)
    {
        // Sides first: their product may not fit.
        if (width > MaxPixels || height > MaxPixels || width * height > MaxPixels)
        {
            throw new UserError($"'{name}' is {width}x{height} pixels; expected at most {MaxPixels} in all. "
                + "Scale it down, or cut the sheet into smaller files.")
            {
                Brief = $"{width}x{height} pixels"
            };
        }
        if (width * height * frames > MaxPixelsInAll)
        {
            throw new UserError($"'{name}' has {frames} frames of {width}x{height}; expected at most {MaxPixelsInAll} pixels in "
                + "all. Cut it into several files.")
            {
                Brief = $"{frames} frames of {width}x{height}"
            };
        }
    }

    /// <summary>The error for a file that is not what it begins as.</summary>
    internal static UserError Damaged(string name, string found, Exception? cause = null) =>
        new($"'{name}' is damaged: {found}; expected a whole picture. Copy or export the file again.", cause!) { Brief = found };

    private static Bitmap Copy(ImageFrame<Pixel> frame)
    {
        var bitmap = new Bitmap(frame.Width, frame.Height);
        frame.CopyPixelDataTo(MemoryMarshal.Cast<Rgba32, Pixel>(bitmap.Pixels.AsSpan()));
        return bitmap;
    }

    private static byte[] ReadFile(string path)
    {
        if (Directory.Exists(path)) throw new UserError($"'{path}' is a folder, expected a picture. Name a file inside it.");
        try
        {
            // Of length 0 are empty files, but pipes and devices too, which would be read for ever.
            if ((File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path)).Length == 0) return [];
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            if (file.Length > MaxFileBytes)
                throw new UserError($"'{path}' has {file.Length} bytes, expected at most {MaxFileBytes}. Scale it down.");
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserError($"'{path}' does not exist, expected a picture. Check the path.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new UserError($"cannot read '{path}': {UserError.Reason(e)}. Check the path and its permissions.", e);
        }
    }

    private sealed class LeanPng : IConfigurationModule
    {
        public void Configure(Configuration configuration)
        {
            new PngConfigurationModule().Configure(configuration);
            configuration.ImageFormatsManager.SetDecoder(PngFormat.Instance, new PngDecoder { IgnoreMetadata = true });
        }
    }
}
