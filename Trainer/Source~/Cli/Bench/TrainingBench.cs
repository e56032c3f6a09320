using System;
using System.Diagnostics;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Cli;

/// <summary>
/// How fast a model trains on random sprites: in lanes, as <c>train</c> does, and beside it as one libtorch session of all
/// threads.
/// </summary>
/// <param name="Model">The model.</param>
/// <param name="Parameters">Its weights.</param>
/// <param name="Batch">Sprites a step.</param>
/// <param name="Lanes">Lanes, of one thread each where there are as many threads.</param>
/// <param name="StepMs">Median time of a whole step, batch and noise included, ms.</param>
/// <param name="StepMinMs">The fastest step, ms: what a busy machine would do if it were idle.</param>
/// <param name="SessionMs">Median time of a step in one session of all threads, ms; the same where there is one lane.</param>
/// <param name="Steps">Steps measured of each, after some to warm up.</param>
internal sealed record TrainingBench(string Model, long Parameters, int Batch, int Lanes, double StepMs, double StepMinMs,
    double SessionMs, int Steps)
{
    private const int WarmUp = 5, Measured = 60, Rounds = 3, SpriteCount = 256, Colours = 64;

    /// <summary>A small net, and the product's own for palettes.</summary>
    public static ModelSpec[] Models(int width, int height) =>
    [
        new() { Width = width, Height = height, Likelihood = Likelihood.Sigma, Hidden = 0, DecoderHidden = 0,
            Activation = Activation.LeakyRelu },
        new() { Width = width, Height = height, Colours = Colours, DecoderWidths = [32, 64, 104] },
    ];

    /// <summary>Trains a model for a while and measures that; 0 threads for all cores. Lanes and session take turns.</summary>
    public static TrainingBench Run(ModelSpec model, int batch, int threads) =>
        Run(model, batch, threads, RandomSprites(model.Width, model.Height, Colours));

    /// <summary>The same on the sprites of a set.</summary>
    public static TrainingBench Run(ModelSpec model, int batch, int threads, Dataset data)
    {
        var settings = new TrainingSettings { Batch = batch, Threads = threads, Steps = WarmUp + Measured };
        var config = new RunConfig { Model = model, Training = settings };
        int lanes = LaneGroup.Fitting(batch, settings.ThreadCount);
        double[] Measure(int count) => count == 1 ? Train(config, data, null)
            : LaneGroup.Run(count, settings.ThreadCount, lane => Train(config, data, lane))[0];
        double[][] inLanes = new double[Rounds][], inSession = new double[Rounds][];
        for (int round = 0; round < Rounds; round++) (inLanes[round], inSession[round]) =
            (Measure(lanes), lanes == 1 ? [] : Measure(1));
        double[] all = [.. inLanes.SelectMany(steps => steps).Order()],
            session = [.. inSession.SelectMany(steps => steps).Order()];
        using var vae = new VaeModel(model);
        return new TrainingBench(model.Describe(), vae.ParameterCount(), batch, lanes, all[all.Length / 2], all[0],
            lanes == 1 ? all[all.Length / 2] : session[session.Length / 2], all.Length);
    }

    /// <summary>Prints the figures.</summary>
    public void Print()
    {
        Console.WriteLine($"model      {Model}: {Parameters / 1e6:F2} M weights");
        Console.WriteLine(
            $"  step     {StepMs:F1} ms at batch {Batch} in {Lanes} lanes, median of {Steps} (fastest {StepMinMs:F1} ms): "
            + $"{Batch / StepMs * 1000:F0} sprites/s");
        Console.WriteLine(
            $"  session  {SessionMs:F1} ms as one session of all threads: lanes are {SessionMs / StepMs:F2}x as fast");
    }

    // Milliseconds of each measured step.
    private static double[] Train(RunConfig whole, Dataset data, IProcessGroup? lane)
    {
        RunConfig config = lane.PartOf(whole);
        LibTorch.UseThreads(lane?.Threads ?? whole.Training.ThreadCount);
        using var replica = new TrainingReplica(config, data.Palette.Palette, lane);
        using var batch = new TrainingBatch(config.Model, config.Training.Batch);
        var feed = new BatchFeed(config, data, lane);
        var schedule = new Schedule(whole.Training);
        var milliseconds = new double[Measured];
        for (int step = 1; step <= WarmUp + Measured; step++)
        {
            long start = Stopwatch.GetTimestamp();
            double progress = (double)step / (WarmUp + Measured);
            feed.Fill(batch, step, augmentation: 1, isOpposed: false);
            replica.Step(batch, schedule.At(step, progress), schedule.Beta(progress), 0f, default);
            if (step > WarmUp) milliseconds[step - WarmUp - 1] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        return milliseconds;
    }

    private static Dataset RandomSprites(int width, int height, int colours)
    {
        var draws = new Sampler(seed: 1, stream: 0);
        var sprites = new Sprite[SpriteCount];
        long at = 0;
        for (int i = 0; i < SpriteCount; i++)
        {
            var pixels = new Rgba32[width * height];
            for (int p = 0; p < pixels.Length; p++)
            {
                int colour = (int)draws.Below(2 * colours, at++); // half of the pixels are invisible
                if (colour < colours && colour > 0) pixels[p] =
                    new Rgba32((byte)(colour * 4), (byte)(255 - (colour * 3)), (byte)(colour * 7 % 256));
            }
            sprites[i] = new Sprite($"{i}.png", pixels);
        }
        var set = new SpriteSet(width, height, sprites);
        return new Dataset(set, set, set, ColourPalette.Fit(set.Sprites, colours));
    }
}
