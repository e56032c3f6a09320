using System;
using System.CommandLine;
using System.IO;
using VaeContent.Trainer.Reports;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Commands;

/// <summary><c>report RUN --out report.html</c>: a run on one page to look at and pass on.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "a run folder, as 'train --out' wrote it" };
        var output = CommonOptions.Out("the .html file to write");
        var command = new Command("report", "show a run on one page: sprites, curves, figures, settings") { run, output };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(output)!;
            if (!path.EndsWith(".html", StringComparison.OrdinalIgnoreCase)) throw new UserError($"'{path}': expected a name that ends in .html.");
            TrainedModel model = TrainedModel.Load(new RunFolder(parsed.GetValue(run)!));
            var (decoder, encoder) = model.Export();
            HtmlReport.Write(path, model.Config, model.Data, VaeBundle.Load(decoder, "decoder"), EncoderBundle.Load(encoder, "encoder"), model.Log);
            Console.WriteLine($"{path}  {new FileInfo(path).Length / 1024} KiB: open it in any browser");
            return 0;
        });
        return command;
    }
}
