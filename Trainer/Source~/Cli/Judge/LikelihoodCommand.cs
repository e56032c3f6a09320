using System;
using System.CommandLine;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Cli;

/// <summary>
/// <c>likelihood RUN --draws 1,5,50,200</c>: how probable a model finds sprites it has not seen, by bounds from below.
/// </summary>
internal static class LikelihoodCommand
{
    public static Command Create()
    {
        var run = CommonOptions.Run();
        var draws = new Option<string>("--draws")
        {
            Description = "latents a sprite: the bound is tighter with more",
            DefaultValueFactory = _ => "1,5,50"
        };
        var count = Numbers.Create("--count", "how many held-out sprites to judge", 1000, 1, int.MaxValue);
        var seed = CommonOptions.Seed(0);
        var threads = Numbers.Create("--threads", "CPU threads; 0 for all cores", 1, 0, 256);
        var trainedOn = CommonOptions.TrainedOn();
        var json = CommonOptions.Json();
        var command = new Command("likelihood",
            "measure the evidence lower bound and importance-weighted bounds on held-out sprites")
        {
            run, draws, count, seed, threads, trainedOn, json
        };
        command.SetAction(parsed =>
        {
            int[] wanted = [.. parsed.GetValue(draws)!.Split(',').Select(text => Numbers.Read(text.Trim(), 1, 10_000)
                ?? throw new UserError($"--draws {parsed.GetValue(draws)}: expected numbers from 1 to 10000, as in 1,5,50."))];
            int n = parsed.GetValue(count);
            LibTorch.UseThreads(parsed.GetValue(threads));
            TrainedModel model = TrainedModel.Load(new RunFolder(parsed.GetValue(run)!), parsed.GetValue(trainedOn));
            // The first ones, as papers take them.
            Sprite[] sprites = [.. model.Data.HeldOut.Sprites.Take(n)];
            ImportanceBound found = ImportanceBound.Evaluate(model.Vae, model.Data.Palette, sprites, wanted,
                parsed.GetValue(seed), model.Config.Training.Binarise);
            Print(found);
            if (parsed.GetValue(json) is { } path) JsonFile.Write(path, found);
            return 0;
        });
        return command;
    }

    private static void Print(ImportanceBound found)
    {
        Console.WriteLine($"judged     {found.Sprites} held-out sprites");
        Console.WriteLine(
            $"ELBO       {found.Elbo:F2} nats a sprite: reconstruction {found.Reconstruction:F2} + KL {found.Kl:F2}");
        foreach (var (k, bound) in found.Bounds.OrderBy(pair => pair.Key))
            Console.WriteLine($"{$"K = {k}",-10} log p(x) >= {bound:F2}");
    }
}
