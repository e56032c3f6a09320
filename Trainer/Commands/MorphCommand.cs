using System;
using System.CommandLine;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Commands;

/// <summary><c>morph heroes.vae --from 1 --to 2 --out morph.gif</c>: one sprite turning into another and back.</summary>
internal static class MorphCommand
{
    public static Command Create()
    {
        var bundle = CommonOptions.Bundle();
        var from = new Option<long>("--from") { Description = "seed of the first sprite", DefaultValueFactory = _ => 1 };
        var to = new Option<long>("--to") { Description = "seed of the last sprite", DefaultValueFactory = _ => 2 };
        var label = new Option<string?>("--label") { Description = "the label of both" };
        var frames = new Option<int>("--frames") { Description = "frames from one to the other", DefaultValueFactory = _ => 24 };
        var scale = new Option<int>("--scale") { Description = "pixels of the picture per pixel of a sprite", DefaultValueFactory = _ => 4 };
        var output = CommonOptions.Out("morph.gif for an animation there and back, morph.png for a strip");
        var command = new Command("morph", "blend one sprite into another") { bundle, from, to, label, frames, scale, output };
        command.SetAction(parsed =>
        {
            Run(VaeBundle.Load(parsed.GetValue(bundle)!), parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(label),
                parsed.GetValue(frames), parsed.GetValue(scale), parsed.GetValue(output)!);
            return 0;
        });
        return command;
    }

    /// <summary>Writes the morph and says where.</summary>
    public static void Run(VaeBundle bundle, long from, long to, string? label, int count, int scale, string path)
    {
        if (count is < 2 or > 1000) throw new UserError($"--frames {count}: expected 2 to 1000.");
        if (scale is < 1 or > 32) throw new UserError($"--scale {scale}: expected 1 to 32.");
        bool gif = path.EndsWith(".gif", StringComparison.OrdinalIgnoreCase);
        if (!gif && !path.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
            throw new UserError($"'{path}': expected a name that ends in .gif (animation) or .png (strip).");
        using var generator = new SpriteGenerator(bundle);
        var frames = new Bitmap[count];
        for (int i = 0; i < count; i++)
            frames[i] = new Bitmap(bundle.Width, bundle.Height, generator.Interpolate(from, to, (float)i / (count - 1), label).ToArray());
        if (gif) GifWriter.Save(ThereAndBack(frames, scale), path, delayHundredths: 6);
        else PngWriter.Save(ContactSheet.Compose(frames, count, scale), path);
        Console.WriteLine($"{path}: seed {from} to {to} in {count} frames");
    }

    private static Bitmap[] ThereAndBack(Bitmap[] frames, int scale)
    {
        var shown = new Bitmap[(2 * frames.Length) - 2];
        for (int i = 0; i < shown.Length; i++)
            shown[i] = (i < frames.Length ? frames[i] : frames[^(i - frames.Length + 2)]).Scale(scale);
        return shown;
    }
}
