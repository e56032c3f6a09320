using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Runtime.InteropServices;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Cli;

/// <summary>
/// <c>bench heroes.vae</c>, <c>bench heroes.vae --queue</c>, <c>bench --train</c>: how fast this machine generates and trains.
/// </summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var bundle = new Argument<string?>("bundle")
        {
            Description = "a .vae file to generate from",
            Arity = ArgumentArity.ZeroOrOne
        };
        var queue = Flag.Create("--queue", "with a bundle: a game loop of 600 frames that asks for 8 sprites in each");
        var train = Flag.Create("--train", "measure training instead, on random sprites");
        var size = new Option<string>("--size") { Description = "with --train: sprite size", DefaultValueFactory = _ => "32x32" };
        var batch = Numbers.Create("--batch", "with --train: sprites a step", 64, 1, 4096);
        var threads = Numbers.Optional("--threads", "CPU threads, 0 for all cores; 1 if not given, with --train all cores", 0,
            256);
        var device = CommonOptions.Device();
        var json = CommonOptions.Json();
        var command = new Command("bench", "measure speed, memory and garbage on this machine")
        {
            bundle, queue, train, size, batch, threads, device, json
        };
        command.SetAction(parsed =>
        {
            int? cores = parsed.GetValue(threads);
            Console.WriteLine(
                $"machine    {Environment.ProcessorCount} cores, {RuntimeInformation.OSArchitecture}, "
                + $"{RuntimeInformation.OSDescription}");
            string? path = parsed.GetValue(bundle);
            if (path is null != parsed.GetValue(train)) throw new UserError(
                "bench measures a bundle ('bench heroes.vae') or training ('bench --train'): give one of them.");
            if (parsed.GetValue(queue) && path is null) throw new UserError(
                "--queue measures a bundle: 'bench heroes.vae --queue'.");
            Device kind = CommonOptions.DeviceNamed(parsed.GetValue(device)!);
            int generating = cores is 0 ? Environment.ProcessorCount : cores ?? 1;
            if (parsed.GetValue(queue)) Queue(path!, generating, kind, parsed.GetValue(json));
            else if (path is not null) Generate(path, generating, kind, parsed.GetValue(json));
            else Train(parsed.GetValue(size)!, parsed.GetValue(batch), cores ?? 0, parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static void Generate(string path, int threads, Device kind, string? json)
    {
        GeneratorBench figures = GeneratorBench.Run(path, threads, kind);
        figures.Print();
        if (json is not null) JsonFile.Write(json, figures);
    }

    private static void Queue(string path, int threads, Device kind, string? json)
    {
        QueueBench figures = QueueBench.Run(path, threads, kind);
        figures.Print();
        if (json is not null) JsonFile.Write(json, figures);
    }

    private static void Train(string size, int batch, int threads, string? json)
    {
        var (width, height) = Dataset.ParseSize(size);
        var all = new List<TrainingBench>();
        foreach (ModelSpec model in TrainingBench.Models(width, height))
        {
            model.Validate();
            all.Add(TrainingBench.Run(model, batch, threads));
            all[^1].Print();
        }
        if (json is not null) JsonFile.Write(json, all);
    }
}
