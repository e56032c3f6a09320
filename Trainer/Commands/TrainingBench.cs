using System;
using System.Diagnostics;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Models;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Commands;

/// <summary>How fast a model trains on random sprites.</summary>
/// <param name="Model">The model.</param>
/// <param name="Parameters">Its weights.</param>
/// <param name="Batch">Sprites a step.</param>
/// <param name="StepMs">Median time of a whole step, batch and noise included, ms.</param>
/// <param name="StepMinMs">The fastest step, ms: what a busy machine would do if it were idle.</param>
/// <param name="SpritesPerSecond">Sprites a second at the median time.</param>
/// <param name="RuntimeShare">The share of all steps' time spent inside the engine's library, 0..1.</param>
/// <param name="BytesPerStep">Managed memory a step allocates, bytes, mean over all steps.</param>
/// <param name="Steps">Steps measured, after some to warm up.</param>
internal sealed record TrainingBench(
    string Model, int Parameters, int Batch, double StepMs, double StepMinMs, double SpritesPerSecond, double RuntimeShare, double BytesPerStep, int Steps)
{
    private const int WarmUp = 5, Measured = 100, SpriteCount = 256, Colours = 64;

    /// <summary>The small net of the speed notes, and the product's own for palettes.</summary>
    public static ModelSpec[] Models(int width, int height) =>
    [
        new() { Width = width, Height = height, Likelihood = Likelihood.Sigma, Hidden = 0, DecoderHidden = 0, Activation = Activation.LeakyRelu },
        new() { Width = width, Height = height, Colours = Colours },
    ];

    /// <summary>Trains a model for a while and measures that.</summary>
    public static TrainingBench Of(ModelSpec model, int batch, IEngine engine)
    {
        var vae = new VaeGraph(model, batch, new TrainingSettings().FreeBits);
        var graph = new TrainingGraph(vae, new TrainingSettings().GradientClip);
        TrainingState state = TrainingState.Initial(vae.Graph, seed: 1);
        using var session = new VaeSession(engine, vae, graph, state);
        SpriteSet set = RandomSprites(model.Width, model.Height);
        var batches = new BatchSource(set, batch, seed: 1, palette: model.Colours > 0 ? ColourPalette.Fit(set.Sprites, model.Colours) : null);
        var schedule = new Schedule(new TrainingSettings { Steps = WarmUp + Measured, Batch = batch });

        var milliseconds = new double[Measured];
        TimeSpan inside = default;
        long bytes = 0;
        for (int step = 1 - WarmUp; step <= Measured; step++)
        {
            if (step == 1) (inside, bytes) = (session.TimeInRuntime, GC.GetAllocatedBytesForCurrentThread());
            long start = Stopwatch.GetTimestamp();
            TrainingLoop.Feed(session, batches, seed: 1, step + WarmUp, augmentation: 1);
            double progress = (double)(step + WarmUp) / (WarmUp + Measured);
            session.Step(schedule.At(step + WarmUp, progress), schedule.Beta(progress));
            if (step >= 1) milliseconds[step - 1] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        double share = (session.TimeInRuntime - inside).TotalMilliseconds / milliseconds.Sum();
        double median = milliseconds.Order().ElementAt(Measured / 2);
        return new TrainingBench(model.Describe(), state.Weights.Length, batch, median, milliseconds.Min(), batch / median * 1000, share, (double)bytes / Measured, Measured);
    }

    /// <summary>Prints the figures.</summary>
    public void Print()
    {
        Console.WriteLine(FormattableString.Invariant($"model      {Model}: {Parameters / 1e6:F2} M weights"));
        Console.WriteLine(FormattableString.Invariant($"  step     {StepMs:F1} ms at batch {Batch}, median of {Steps} (fastest {StepMinMs:F1} ms): {SpritesPerSecond:F0} sprites/s"));
        Console.WriteLine(FormattableString.Invariant($"  inside   {RuntimeShare * 100:F1}% of it in the library; {BytesPerStep:F0} bytes of garbage a step"));
    }

    private static SpriteSet RandomSprites(int width, int height)
    {
        var draws = new Sampler(seed: 1, stream: 0);
        var sprites = new Sprite[SpriteCount];
        long at = 0;
        for (int i = 0; i < SpriteCount; i++)
        {
            var pixels = new Rgba32[width * height];
            for (int p = 0; p < pixels.Length; p++)
            {
                int colour = (int)draws.Below(Colours, at++);
                if (colour > 0) pixels[p] = new Rgba32((byte)(colour * 4), (byte)(255 - (colour * 3)), (byte)(colour * 7 % 256));
            }
            sprites[i] = new Sprite($"{i}.png", pixels);
        }
        return new SpriteSet(width, height, sprites);
    }
}
