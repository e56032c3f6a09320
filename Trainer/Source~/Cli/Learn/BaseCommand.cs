using System;
using System.CommandLine;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Cli;

/// <summary><c>base RUN --out monsters.base</c>: a run's networks as one file that other trainings start from.</summary>
internal static class BaseCommand
{
    public static Command Create()
    {
        var run = CommonOptions.Run();
        var output = CommonOptions.Out("the file to write; 'train --from' takes it");
        var trainedOn = CommonOptions.TrainedOn();
        var command = new Command("base", "write a run's networks as one file that other trainings start from")
        {
            run, output, trainedOn
        };
        command.SetAction(parsed =>
        {
            TrainedModel model = TrainedModel.Load(new RunFolder(parsed.GetValue(run)!), parsed.GetValue(trainedOn));
            byte[] file = BaseFile.ToBytes(model.Vae, model.Data.Palette.Palette);
            string path = parsed.GetValue(output)!;
            AtomicFile.Write(path, file);
            Console.WriteLine($"{path}  {file.Length / 1024} KiB: vaecontent train FOLDER --out RUN --from {path}");
            return 0;
        });
        return command;
    }
}
