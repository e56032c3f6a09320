using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using VaeContent.Trainer.Export;
using VaeContent.Trainer.Reports;
using VaeContent.Trainer.Training;
using VaeContent.Trainer.Training.Select;

namespace VaeContent.Trainer.Cli;

/// <summary><c>report RUN --out report.html</c>: a run on one page to look at and pass on.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var run = CommonOptions.Run();
        var trainedOn = CommonOptions.TrainedOn();
        var device = CommonOptions.Device();
        var output = CommonOptions.Out("the .html file to write");
        var command = new Command("report", "show a run on one page: sprites, curves, figures, settings")
        {
            run, device, output, trainedOn
        };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(output)!;
            if (!path.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
                throw new UserError($"'{path}': expected a name that ends in .html.");
            Device drawn = CommonOptions.DeviceNamed(parsed.GetValue(device)!);
            var folder = new RunFolder(parsed.GetValue(run)!);
            TrainedModel model = TrainedModel.Load(folder, parsed.GetValue(trainedOn));
            Console.WriteLine("measuring  1,000 new sprites against the set: a minute or so");
            Shipment shipment = model.Export();
            byte[] decoder = CompactFile.Smallest(shipment, TextureFit.Fit(shipment, model.Data).Texture).Decoder,
                encoder = shipment.Encoder;
            HtmlReport.Write(path, new ReportSource(model.Config, model.Data, VaeBundle.Load(decoder, "decoder"),
                EncoderBundle.Load(encoder, "encoder"), model.Log)
            {
                Device = drawn,
                Previews = folder.Previews,
                Files =
                [
                    ("decoder, exported", Hash(decoder)), ("encoder, exported", Hash(encoder)),
                    .. new[] { folder.ConfigPath, folder.LogPath, folder.CheckpointPath }
                        .Where(File.Exists).Select(file => (Path.GetFileName(file), Hash(File.ReadAllBytes(file))))
                ],
            });
            Console.WriteLine($"{path}  {new FileInfo(path).Length / 1024} KiB: open it in any browser");
            return 0;
        });
        return command;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
