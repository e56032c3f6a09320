using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Cli;

/// <summary><c>score runs/heroes DIR --out worst.png</c>: how unlike the set each sprite is, the strangest first.</summary>
internal sealed class ScoreCommand
{
    private const int Printed = 10;

    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Argument<string> _sprites = CommonOptions.Sprites();
    private readonly Option<string?> _strange = new("--strange")
    {
        Description = "a second folder, of sprites that do not belong: says how well the score separates them (AUROC)"
    };
    private readonly OutputOption _output = new("--out", "a sheet of the strangest sprites, the worst first");
    private readonly Option<int> _count = Numbers.Create("--count", "sprites on the sheet", 64, 1, 100_000);
    private readonly Option<int> _draws = Numbers.Create("--draws", "latents drawn per sprite", 4, 1, 1000);
    private readonly OutputOption _csv = new("--csv", "write every sprite's score to this file");
    private readonly OutputOption _json = CommonOptions.Json();
    private readonly Option<string?> _trainedOn = CommonOptions.TrainedOn();
    private readonly DataOptions _data = new();

    public static Command Create()
    {
        var verb = new ScoreCommand();
        var command = new Command("score", "rank sprites by how unlike the training set they are")
        {
            verb._run, verb._sprites, verb._strange, verb._output, verb._count, verb._draws, verb._csv, verb._json,
            verb._trainedOn,
        };
        verb._data.AddTo(command);
        command.SetAction(verb.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        int samples = parsed.GetValue(_draws);
        TrainedModel model = TrainedModel.Load(new RunFolder(parsed.GetValue(_run)!), parsed.GetValue(_trainedOn));
        using var scorer = new ElboScorer(model, samples);
        (Sprite Sprite, double Nats)[] Rank(string folder)
        {
            SpriteSet set = BundleSprites.ReadAll(model, _data.Read(parsed, folder));
            return [.. set.Sprites.Select(sprite => (sprite, scorer.Score(sprite.Pixels, sprite.Label)))
                .OrderByDescending(one => one.Item2)];
        }
        var ranked = Rank(parsed.GetValue(_sprites)!);
        double[] scores = [.. ranked.Select(one => one.Nats)];
        Console.WriteLine(
            $"{scores.Length} sprites cost {scores.Average():F1} nats on average (-ELBO, {samples} draws), half of them "
            + $"less than {scores[scores.Length / 2]:F1}");
        foreach (var (sprite, nats) in ranked.Take(Printed))
            Console.WriteLine($"  {nats,10:F1}  {sprite.Path}");
        if (parsed.GetValue(_csv) is { } table)
            AtomicFile.WriteText(table, CsvTable.Write(["file", "nats"],
                ranked.Select(one => new[] { one.Sprite.Path, one.Nats.ToString("R", CultureInfo.InvariantCulture) })));

        double? auroc = null, others = null;
        if (parsed.GetValue(_strange) is { } second)
        {
            double[] unlike = [.. Rank(second).Select(one => one.Nats)];
            (auroc, others) = (RankedScores.Auroc(scores, unlike), unlike.Average());
            Console.WriteLine(
                $"{unlike.Length} sprites of {second} cost {others:F1}: AUROC {auroc:F4} (1: always above, 0.5: no "
                + "difference)");
        }
        if (parsed.GetValue(_output) is { } picture)
        {
            Bitmap[] worst = [.. ranked.Take(parsed.GetValue(_count))
                .Select(one => new Bitmap(model.Data.All.Width, model.Data.All.Height, one.Sprite.Pixels))];
            SampleCommand.SaveSheet(worst, picture, scale: 2);
            Console.WriteLine($"{picture}: the {worst.Length} strangest, the worst first");
        }
        if (parsed.GetValue(_json) is { } file)
            JsonFile.Write(file, new
            {
                Run = model.Config,
                Draws = samples,
                Sprites = scores.Length,
                MeanNats = scores.Average(),
                StrangeMeanNats = others,
                Auroc = auroc,
                Worst = ranked.Take(Printed).Select(one => new { one.Sprite.Path, one.Nats })
            });
        return 0;
    }
}
