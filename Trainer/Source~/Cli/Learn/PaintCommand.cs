using System;
using System.CommandLine;
using VaeContent.Trainer.Painting;

namespace VaeContent.Trainer.Cli;

/// <summary><c>paint heroes --count 2000 --out DIR</c>: sample sprites drawn by this program, free to use.</summary>
internal static class PaintCommand
{
    private const string Heroes = "heroes";

    public static Command Create()
    {
        var subject = new Argument<string>("subject") { Description = Heroes };
        var count = Numbers.Create("--count", "how many, all different", 2000, 1, 1_000_000);
        var seed = CommonOptions.Seed();
        var poses = Flag.Create("--poses", "a sheet of each hero instead: walking towards us and away, four frames each");
        var output = new OutputOption("--out", "the folder to write PNG files and labels.csv to")
        {
            Required = true,
            Outputs = (_, path) => [new OutputNewFolder(path)],
        };
        var command = new Command("paint", "draw sample sprites to try the trainer on") { subject, count, seed, poses, output };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(subject) != Heroes)
                throw new UserError($"'{parsed.GetValue(subject)}' cannot be painted: expected {Heroes}.");
            if (parsed.GetValue(poses)) RunSheets(parsed.GetValue(count), parsed.GetValue(seed), parsed.GetValue(output)!);
            else Run(parsed.GetValue(count), parsed.GetValue(seed), parsed.GetValue(output)!);
            return 0;
        });
        return command;
    }

    /// <summary>Paints sheets of walking heroes into a folder.</summary>
    public static void RunSheets(int count, long seed, string folder)
    {
        int painted = PaintedFolder.Write(HeroPainter.PaintDistinctSheets(count, seed), folder);
        Console.WriteLine($"painted    sheets of {painted} heroes into {folder}");
        Console.WriteLine($"next       vaecontent train {ShellWord.Quote(folder)} --poses {string.Join(',', HeroPainter.Poses)} "
            + $"--frames {HeroPainter.Frames} --out runs/heroes");
    }

    /// <summary>Paints heroes into a folder.</summary>
    public static void Run(int count, long seed, string folder)
    {
        int painted = PaintedFolder.Write(HeroPainter.PaintDistinct(count, seed), folder);
        Console.WriteLine($"painted    {painted} heroes into {folder}");
    }
}
