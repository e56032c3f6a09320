using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Commands;

/// <summary><c>score runs/heroes DIR --out worst.png</c>: how unlike the set each sprite is, the strangest first.</summary>
internal static class ScoreCommand
{
    private const int Printed = 10;

    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "a run folder, as 'train --out' wrote it" };
        var sprites = CommonOptions.Sprites();
        var strange = new Option<string?>("--strange")
        {
            Description =
            "a second folder, of sprites that do not belong: says how well the score tells them apart (AUROC)"
        };
        var output = new Option<string?>("--out") { Description = "a sheet of the strangest sprites, the worst first" };
        var count = new Option<int>("--count") { Description = "sprites on the sheet", DefaultValueFactory = _ => 64 };
        var draws = new Option<int>("--draws") { Description = "latents drawn per sprite", DefaultValueFactory = _ => 4 };
        var csv = new Option<string?>("--csv") { Description = "write every sprite's score to this file" };
        var json = CommonOptions.Json();
        var data = new DataOptions();
        var command = new Command("score", "rank sprites by how unlike the training set they are") { run, sprites, strange,
            output, count, draws, csv, json };
        data.AddTo(command);
        command.SetAction(parsed =>
        {
            int samples = parsed.GetValue(draws);
            if (samples is < 1 or > 1000) throw new UserError($"--draws {samples}: expected 1 to 1000.");
            TrainedModel model = TrainedModel.Load(new RunFolder(parsed.GetValue(run)!));
            using var scorer = new ElboScorer(model, samples);
            (Sprite Sprite, double Nats)[] Rank(string folder)
            {
                SpriteSet set = BundleSprites.ReadAll(model, data.Read(parsed, folder));
                return [.. set.Sprites.Select(sprite => (sprite, scorer.Score(sprite.Pixels, sprite.Label)))
                    .OrderByDescending(one => one.Item2)];
            }
            var ranked = Rank(parsed.GetValue(sprites)!);
            double[] scores = [.. ranked.Select(one => one.Nats)];
            Console.WriteLine(
                $"{scores.Length} sprites cost {scores.Average():F1} nats on average (-ELBO, {samples} draws), half of them "
                + $"less than {scores[scores.Length / 2]:F1}");
            foreach (var (sprite, nats) in ranked.Take(Printed))
                Console.WriteLine($"  {nats,10:F1}  {sprite.Path}");
            if (parsed.GetValue(csv) is { } table)
                AtomicFile.WriteText(table, CsvTable.Write(["file", "nats"],
                    ranked.Select(one => new[] { one.Sprite.Path, one.Nats.ToString("R", CultureInfo.InvariantCulture) })));

            double? auroc = null, others = null;
            if (parsed.GetValue(strange) is { } second)
            {
                double[] unlike = [.. Rank(second).Select(one => one.Nats)];
                (auroc, others) = (RankedScores.Auroc(scores, unlike), unlike.Average());
                Console.WriteLine(
                    $"{unlike.Length} sprites of {second} cost {others:F1}: AUROC {auroc:F4} (1: always above, 0.5: no "
                    + $"difference)");
            }
            if (parsed.GetValue(output) is { } picture)
            {
                Bitmap[] worst = [.. ranked.Take(parsed.GetValue(count))
                    .Select(one => new Bitmap(model.Data.All.Width, model.Data.All.Height, one.Sprite.Pixels))];
                SampleCommand.SaveSheet(worst, picture, scale: 2);
                Console.WriteLine($"{picture}: the {worst.Length} strangest, the worst first");
            }
            if (parsed.GetValue(json) is { } file)
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
        });
        return command;
    }
}
