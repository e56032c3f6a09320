using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Cli;

/// <summary>
/// <c>repose heroes.vae knight.png --pose down --frame 0 --out knight-sheet.png</c>: one drawn frame, or some, and the whole
/// sheet of that character. The frames that were drawn stay as they are.
/// </summary>
internal sealed class ReposeCommand
{
    private readonly Argument<string> _bundle = CommonOptions.Bundle();
    private readonly Argument<string[]> _pictures = new("pictures")
    {
        Description = "a frame of the character; several identify it better",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string[]> _pose = new("--pose")
    {
        Description = "the pose it shows; one for each picture",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<int[]> _frame = new("--frame")
    {
        Description = "the frame of that pose, counted from 0; one for each picture (0 if not given)",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<int> _scale = SheetOptions.Scale();
    private readonly Option<bool> _transposed = SheetOptions.Transposed();
    private readonly Option<string?> _encoder =
        new("--encoder") { Description = "the encoder; if not given, the one beside the .vae" };
    private readonly OutputOption _output = new("--out", "the PNG sheet to write; JSON and GIFs go beside it")
    {
        Required = true,
        Outputs = (_, path) => SheetOptions.Files(path),
    };

    public static Command Create()
    {
        var verb = new ReposeCommand();
        var command = new Command("repose", "draw a character that is given in one frame in all poses")
        {
            verb._bundle, verb._pictures, verb._pose, verb._frame, verb._scale, verb._transposed, verb._encoder, verb._output,
        };
        command.SetAction(verb.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string path = parsed.GetValue(_bundle)!, output = parsed.GetValue(_output)!;
        int scale = parsed.GetValue(_scale);
        VaeBundle bundle = VaeBundle.Load(path);
        SheetOptions.CheckPoses(bundle);
        EncoderBundle encoder = BundlePair.LoadEncoder(parsed.GetValue(_encoder) ?? CommonOptions.EncoderBeside(path));
        BundlePair.Check(encoder, bundle);
        string[] pictures = parsed.GetValue(_pictures)!;
        (SpritePose Pose, int Frame)[] shown = Shown(bundle, pictures.Length, parsed.GetValue(_pose)!,
            parsed.GetValue(_frame) ?? []);
        Sprite[] drawn = [.. pictures.Select(picture => Waypoint.ReadSprite(picture, bundle))];

        using var generator = new SpriteGenerator(bundle);
        using var eyes = new SpriteEncoder(encoder, new GeneratorOptions { BatchSize = 1 });
        var latent = new float[bundle.LatentSize];
        eyes.EncodeCharacter([.. drawn.SelectMany(sprite => sprite.Pixels)],
            [.. shown.Select(one => bundle.PoseLabel(one.Pose.Name, one.Frame))], latent);
        var sheet = new Bitmap(bundle.SheetWidth, bundle.SheetHeight);
        generator.DecodeSheet(latent, sheet.Pixels);
        foreach (var (sprite, (pose, frame)) in drawn.Zip(shown))
            sheet.Blit(new Bitmap(bundle.Width, bundle.Height, sprite.Pixels), frame * bundle.Width, pose.Row * bundle.Height);
        List<string> files = CharacterSheetFile.Write(sheet, bundle, output, scale, parsed.GetValue(_transposed));
        Console.WriteLine($"reposed    {string.Join(", ", pictures)} in {bundle.Labels.Count} frames of {bundle.Poses.Count} "
            + $"poses: {string.Join(", ", files)}");
        return 0;
    }

    private static (SpritePose, int)[] Shown(VaeBundle bundle, int pictures, string[] poses, int[] frames)
    {
        if (poses.Length != pictures || (frames.Length > 0 && frames.Length != pictures))
            throw new UserError($"{pictures} pictures with {poses.Length} --pose and {frames.Length} --frame; expected one "
                + "--pose for each picture, and as many --frame or none.");
        return [.. poses.Select((name, i) =>
        {
            SpritePose pose = bundle.Poses.FirstOrDefault(one => one.Name == name) ?? throw new UserError(
                $"'{bundle.Name}' has no pose '{name}'. It has: {string.Join(", ", bundle.Poses.Select(one => one.Name))}.");
            int frame = frames.Length > 0 ? frames[i] : 0;
            if (frame < 0 || frame >= pose.Frames)
                throw new UserError($"--frame {frame}: expected a whole number from 0 to {pose.Frames - 1}, for the "
                    + $"pose '{name}'.");
            return (pose, frame);
        })];
    }
}
