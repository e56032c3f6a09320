using System;
using System.CommandLine;
using VaeContent.Trainer.Export;
using VaeContent.Trainer.Export.Onnx;
using VaeContent.Trainer.Training;
using VaeContent.Trainer.Training.Select;

namespace VaeContent.Trainer.Cli;

/// <summary><c>export RUN --out heroes.vae</c>: a run's weights and prior as the file a game loads.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var run = CommonOptions.Run();
        var output = CommonOptions.Out("the .vae file to write");
        var encoder = new OutputOption("--encoder",
            "where the encoder goes (evaluate, report and later tools use it); beside the .vae if not given")
        {
            Otherwise = parsed => CommonOptions.EncoderBeside(parsed.GetValue(output)!),
        };
        var weights = new Option<string>("--weights")
        {
            Description =
                "auto, float32, float16 or int8: how weights are stored; auto takes the smallest that keeps the sprites",
            DefaultValueFactory = _ => "auto"
        };
        var prior = new Option<string?>("--prior") { Description = "another prior than the run's: normal, mixture or flow" };
        var finish = new TextureOptions();
        var trainedOn = CommonOptions.TrainedOn();
        var command = new Command("export", "write a trained run as the one file that ships")
        {
            run, output, encoder, weights, prior, trainedOn
        };
        finish.AddTo(command);
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(output)!;
            Precision(parsed.GetValue(weights)!);
            GivenTexture texture = finish.Read(parsed);
            TrainedModel model = TrainedModel.Load(new RunFolder(parsed.GetValue(run)!), parsed.GetValue(trainedOn));
            Run(parsed.GetValue(prior) is { } kind ? model.WithPrior(kind) : model, path,
                parsed.GetValue(encoder) ?? CommonOptions.EncoderBeside(path), parsed.GetValue(weights)!, texture);
            return 0;
        });
        return command;
    }

    /// <summary>Writes both files and says how large they are.</summary>
    public static void Run(TrainedModel trained, string decoderPath, string encoderPath, string weights = "auto",
        GivenTexture texture = default)
    {
        WeightPrecision precision = Precision(weights);
        Shipment model = trained.Export();
        TextureFit fit = TextureFit.Fit(model, trained.Data, texture);
        if (fit.Explanation.Length > 0) Console.WriteLine(fit.Explanation);
        var (decoder, explanation) = weights == "auto" ? CompactFile.Smallest(model, fit.Texture)
            : CompactFile.In(precision, model, fit.Texture);
        byte[] encoder = model.Encoder;
        AtomicFile.WriteTogether((decoderPath, decoder), (encoderPath, encoder));
        Console.WriteLine($"{decoderPath}  {decoder.Length / 1024} KiB, {explanation}: ship this one");
        Console.WriteLine($"{encoderPath}  {encoder.Length / 1024} KiB: keep this one for evaluate and report");
    }

    private static WeightPrecision Precision(string weights)
    {
        WeightPrecision precision = default;
        if (weights == "auto" || (Enum.TryParse(weights, ignoreCase: true, out precision) && Enum.IsDefined(precision)
            && !char.IsAsciiDigit(weights[0]))) return precision;
        throw new UserError($"--weights {weights}: expected auto, float32, float16 or int8.");
    }
}
