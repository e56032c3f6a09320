using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Metrics;

namespace VaeContent.Trainer.Cli;

/// <summary>
/// <c>morph heroes.vae --from 1 --to 2 --out morph.gif</c>: one sprite turning into another and back, or round a loop of several.
/// </summary>
internal static class MorphCommand
{
    public static Command Create()
    {
        var bundle = CommonOptions.Bundle();
        var from = new Option<string>("--from")
        {
            Description = "the first sprite: a seed, an exemplar's name, or a .png file",
            DefaultValueFactory = _ => "1"
        };
        var to = new Option<string>("--to") { Description = "the last sprite", DefaultValueFactory = _ => "2" };
        var through = new Option<string[]>("--through")
        {
            Description = "sprites to meet on the way",
            AllowMultipleArgumentsPerToken = true
        };
        var path = new Option<string?>("--path")
        {
            Description = "spherical, linear, smooth (a curve through all), or data (through the prior); spherical if not "
                + "given, smooth for loops"
        };
        var loop = Flag.Create("--loop", "back to the first sprite, so that the animation repeats without a break");
        var label = new Option<string?>("--label") { Description = "the label of all" };
        var frames = Numbers.Create("--frames", "frames from one sprite to the next", 24, 2, 1000);
        var scale = CommonOptions.Scale(4);
        var encoder = new Option<string?>("--encoder")
        {
            Description = "for .png files; if not given, the one beside the .vae"
        };
        var device = CommonOptions.Device();
        var output = CommonOptions.Out("morph.gif for an animation, morph.png for a strip");
        var json = CommonOptions.Json();
        var command = new Command("morph", "blend one sprite into another")
        {
            bundle, from, to, through, path, loop, label, frames, scale, encoder, device, output, json
        };
        command.SetAction(parsed =>
        {
            string file = parsed.GetValue(bundle)!;
            VaeBundle model = VaeBundle.Load(file);
            SampleCommand.CheckLabel(model, parsed.GetValue(label));
            string[] names = [parsed.GetValue(from)!, .. parsed.GetValue(through) ?? [], parsed.GetValue(to)!];
            bool closed = parsed.GetValue(loop);
            string kind = parsed.GetValue(path) ?? (closed ? MorphPath.Smooth : MorphPath.Spherical);
            double largest = Run(model, names, parsed.GetValue(label), kind, closed, parsed.GetValue(frames),
                parsed.GetValue(scale), parsed.GetValue(output)!, parsed.GetValue(encoder) ?? CommonOptions.EncoderBeside(file),
                CommonOptions.DeviceNamed(parsed.GetValue(device)!));
            if (parsed.GetValue(json) is { } figures) JsonFile.Write(figures,
                new { Bundle = model.Name, Through = names, Path = kind, Loop = closed, LargestStepByMean = largest });
            return 0;
        });
        return command;
    }

    /// <summary>Writes the morph between two seeds and says where.</summary>
    public static void Run(VaeBundle bundle, long from, long to, string? label, int count, int scale, string path) =>
        Run(bundle, [$"{from}", $"{to}"], label, MorphPath.Spherical, closed: false, count, scale, path, encoderPath: "");

    private static double Run(VaeBundle bundle, IReadOnlyList<string> names, string? label, string kind, bool closed, int count,
        int scale, string path, string encoderPath, Device device = Device.Auto)
    {
        bool gif = path.EndsWith(".gif", StringComparison.OrdinalIgnoreCase);
        if (!gif && !path.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
            throw new UserError($"'{path}': expected a name that ends in .gif (animation) or .png (strip).");
        using var generator = new SpriteGenerator(bundle, new GeneratorOptions { Device = device });
        Bitmap[] frames = Frames(generator, names, label, kind, closed, count, encoderPath);
        if (gif) PictureWriter.SaveGif([.. (closed ? frames : ThereAndBack(frames)).Select(frame => frame.Scale(scale))], path,
            delayHundredths: 6);
        else PictureWriter.SavePng(ContactSheet.Compose(frames, Math.Min(count, frames.Length), scale), path);
        double largest = Interpolation.LargestByMean([.. frames.Select(frame => frame.Pixels)]);
        Console.WriteLine(
            $"{path}: {string.Join(" to ", names)}{(closed ? ", and round again" : "")} in {frames.Length} frames, {kind}; the "
            + $"largest step is {largest:F2} times the mean one");
        return largest;
    }

    /// <summary>
    /// The sprites on the way, <paramref name="count"/> from one waypoint to the next; a loop does not repeat its first at the
    /// end.
    /// </summary>
    internal static Bitmap[] Frames(SpriteGenerator generator, IReadOnlyList<string> names, string? label, string kind,
        bool closed, int count, string encoderPath)
    {
        VaeBundle bundle = generator.Bundle;
        var path = new MorphPath(generator,
            [.. names.Select(name => Waypoint.Parse(name, generator, label, temperature: 1f, encoderPath))], kind, closed);
        int total = (path.Legs * (count - 1)) + (closed ? 0 : 1);
        return [.. Enumerable.Range(0, total).Select(i =>
        {
            int leg = Math.Min(i / (count - 1), path.Legs - 1);
            return new Bitmap(bundle.Width, bundle.Height,
                path.At(leg, (float)(i - (leg * (count - 1))) / (count - 1)).ToArray());
        })];
    }

    private static IEnumerable<Bitmap> ThereAndBack(Bitmap[] frames)
    {
        for (int i = 0; i < (2 * frames.Length) - 2; i++)
            yield return i < frames.Length ? frames[i] : frames[^(i - frames.Length + 2)];
    }
}
