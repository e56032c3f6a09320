using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using VaeContent.Trainer.Metrics;

namespace VaeContent.Trainer.Cli;

/// <summary><c>evaluate heroes.vae --against DIR</c>: what a shipped model is worth, in figures.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var bundle = CommonOptions.Bundle();
        var against = new Option<string>("--against")
        {
            Description = "sprites to judge by; of the folder it was trained on, the held-out ones",
            Required = true,
        };
        var train = new Option<string?>("--train")
        {
            Description = "the sprites it was trained on, where --against is another folder",
        };
        var encoder = new Option<string?>("--encoder") { Description = "the encoder; if not given, the one beside the .vae" };
        var count = Numbers.Create("--count", "how many sprites to generate; seeds count up from --seed", 1000, 1, 100_000);
        var seed = CommonOptions.Seed();
        var json = CommonOptions.Json();
        var data = new DataOptions();
        var command = new Command("evaluate", "judge a .vae file by sprites it has not seen")
        {
            bundle, against, train, encoder, count, seed, json,
        };
        data.AddTo(command);
        command.SetAction(parsed =>
        {
            int samples = parsed.GetValue(count);
            string path = parsed.GetValue(bundle)!;
            VaeBundle decoder = VaeBundle.Load(path);
            EncoderBundle? posterior = LoadEncoder(decoder, parsed.GetValue(encoder), CommonOptions.EncoderBeside(path));
            EvaluationSets sets = EvaluationSets.Load(decoder, data.Read(parsed, parsed.GetValue(against)!),
                parsed.GetValue(train) is { } folder ? data.Read(parsed, folder) : null);
            Console.WriteLine($"measuring  {samples} new sprites against {sets.Judged.Sprites.Count} of the set: a minute or so");
            Evaluation evaluation = Evaluation.Evaluate(decoder, posterior, sets.Judged, sets.Training, samples,
                parsed.GetValue(seed));
            Print(decoder, sets, evaluation);
            if (parsed.GetValue(json) is { } file) WriteJson(file, decoder, sets, evaluation);
            return 0;
        });
        return command;
    }

    /// <summary>Prints the figures as a table.</summary>
    public static void Print(VaeBundle decoder, EvaluationSets sets, Evaluation evaluation)
    {
        Console.WriteLine($"model      {decoder.Name}: {decoder.Width}x{decoder.Height}, {decoder.LatentSize} latents"
            + (decoder.Provenance.TryGetValue("steps", out string? steps) ? $", {steps} training steps" : ""));
        Console.WriteLine($"judged by  {sets.Explanation}");
        Console.WriteLine($"generated  {evaluation.Samples} sprites, seeds {evaluation.Seed} to "
            + $"{evaluation.Seed + evaluation.Samples - 1}");
        if (evaluation.HeldOut is null)
            Console.WriteLine("left out   reconstruction: there is no encoder beside the .vae. 'vaecontent export' writes both; "
                + "--encoder FILE names another place");
        if (evaluation.Quality is { } quality)
            Console.WriteLine($"likeness   means of {quality.SampleDraws} draws of {quality.Count} sprites each; 1.00 is what "
                + $"{quality.Count} other real sprites have");
        else
            Console.WriteLine($"left out   likeness: it needs {SampleJudge.Fewest} held-out sprites and twice as many to "
                + "learn from");
        IReadOnlyList<FigureRow> rows = EvaluationTable.Rows(evaluation);
        int name = rows.Max(row => row.Name.Length), value = rows.Max(row => row.Value.Length),
            beside = rows.Max(row => row.Beside.Length);
        FigureGroup? group = null;
        foreach (FigureRow row in rows)
        {
            if (row.Group != group)
            {
                Console.WriteLine();
                Console.WriteLine($"{group = row.Group}");
            }
            string level = row.Level is { } found ? QualityLimits.Word(found).ToLowerInvariant() : "";
            Console.WriteLine($"  {row.Name.PadRight(name)}  {row.Value.PadLeft(value)}  {row.Beside.PadLeft(beside)}  "
                + $"{level.PadRight(7)}  {row.Hint}");
        }
    }

    private static EncoderBundle? LoadEncoder(VaeBundle decoder, string? given, string beside)
    {
        if (given is null && !File.Exists(beside)) return null;
        EncoderBundle encoder = EncoderBundle.Load(given ?? beside);
        BundlePair.Check(encoder, decoder);
        return encoder;
    }

    private static void WriteJson(string path, VaeBundle decoder, EvaluationSets sets, Evaluation evaluation) =>
        JsonFile.Write(path, new
        {
            Bundle = decoder.Name,
            decoder.Provenance,
            Against = sets.Explanation,
            sets.Fingerprint,
            JudgedSprites = sets.Judged.Sprites.Count,
            TrainingSprites = sets.Training?.Sprites.Count,
            Figures = evaluation,
        });
}
