using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Metrics;

namespace VaeContent.Trainer.Cli;

/// <summary>
/// <c>denoise heroes.encoder.vae DIR --out CLEAN</c>: each sprite as the model would have drawn it: x -> mu -> xHat.
/// </summary>
internal static class DenoiseCommand
{
    private const int Shown = 12;

    public static Command Create()
    {
        var encoder = BundlePair.Argument();
        var sprites = CommonOptions.Sprites();
        var decoder = BundlePair.DecoderOption();
        var spoil = Numbers.Optional("--spoil",
            "a trial: take the sprites for clean, turn this share of pixels (0.2) black or white, and say how much of the damage "
            + "is undone", 1e-6, 1.0);
        var output = new OutputOption("--out",
            "the folder for the cleaned sprites, under their own names; or a .png sheet with --spoil")
        {
            Required = true,
            Outputs = (parsed, path) => [parsed.GetValue(spoil) is null ? new OutputFolder(path) : new OutputFile(path)],
        };
        var seed = CommonOptions.Seed();
        var json = CommonOptions.Json();
        var data = new DataOptions();
        var command = new Command("denoise", "redraw damaged sprites as the model draws them")
        {
            encoder, sprites, decoder, output, spoil, seed, json
        };
        data.AddTo(command);
        command.SetAction(parsed =>
        {
            BundlePair model = BundlePair.Load(parsed.GetValue(encoder)!, parsed.GetValue(decoder));
            SpriteSet set = BundleSprites.ReadAll(model.Encoder, data.Read(parsed, parsed.GetValue(sprites)!));
            using SpriteGenerator generator = GeneratedSprites.Start(model.Decoder);
            string path = parsed.GetValue(output)!;
            if (parsed.GetValue(spoil) is not { } share)
            {
                int done = 0;
                foreach (Bitmap clean in Reconstructions.Decode(model.Encoder, generator, set, set.Sprites))
                    PictureWriter.SavePng(clean, Path.Combine(path, FileOf(set.Sprites[done++].Source)));
                Console.WriteLine($"{done} sprites in {path}");
                return 0;
            }

            Trial(model, generator, set, share, parsed.GetValue(seed), path, parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static void Trial(BundlePair model, SpriteGenerator generator, SpriteSet set, double share, long seed, string sheet,
        string? json)
    {
        Sprite[] spoilt = [.. set.Sprites.Select((sprite, i) =>
            new Sprite(sprite.Path, Spoil(sprite.Pixels, share, seed, i)) { Label = sprite.Label })];
        Bitmap[] cleaned = [.. Reconstructions.Decode(model.Encoder, generator, set, spoilt)];
        Rgba32[][] originals = set.Pixels();
        Reconstruction before = Reconstruction.Evaluate(originals, [.. spoilt.Select(sprite => sprite.Pixels)]),
            after = Reconstruction.Evaluate(originals, [.. cleaned.Select(bitmap => bitmap.Pixels)]);
        double gain = (after.Psnr ?? double.PositiveInfinity) - (before.Psnr ?? double.PositiveInfinity);
        Console.WriteLine(
            $"{set.Sprites.Count} sprites, {share:P0} of the pixels spoilt: PSNR {before.Psnr:F2} dB, cleaned {after.Psnr:F2} "
                + $"dB, gain {gain:F2} dB");
        if (json is not null) JsonFile.Write(json, new
        {
            Encoder = model.Encoder.Name,
            set.Fingerprint,
            Share = share,
            Seed = seed,
            Before = before,
            After = after,
            GainInDecibel = gain
        });
        int[] shown = [.. Enumerable.Range(0, Math.Min(Shown, cleaned.Length))
            .Select(i => i * cleaned.Length / Math.Min(Shown, cleaned.Length))];
        IEnumerable<Bitmap> Row(Func<int, Rgba32[]> pixels) => shown.Select(i => new Bitmap(set.Width, set.Height, pixels(i)));
        Bitmap[] rows = [.. Row(i => originals[i]), .. Row(i => spoilt[i].Pixels), .. Row(i => cleaned[i].Pixels)];
        PictureWriter.SavePng(ContactSheet.Compose(rows, shown.Length), sheet);
        Console.WriteLine($"{sheet}: original, spoilt, cleaned");
    }

    private static Rgba32[] Spoil(ReadOnlySpan<Rgba32> pixels, double share, long seed, long stream)
    {
        Rgba32[] spoilt = pixels.ToArray();
        PixelNoise.SaltAndPepper(MemoryMarshal.AsBytes(spoilt.AsSpan()), share, seed, stream);
        return spoilt;
    }

    // Cells of sheets and frames of animations get files of their own: sheet.png#12 -> sheet-12.png.
    internal static string FileOf(PicturePath picture) => Path.ChangeExtension(picture.File, null)
        + (picture.Frame is null ? "" : $"-{picture.Frame}") + (picture.Cell is null ? "" : $"-{picture.Cell}") + ".png";
}
