using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Commands;

/// <summary>How fast an engine trains on a set.</summary>
/// <param name="Engine">What <c>--engine</c> calls it.</param>
/// <param name="Device">What <c>--device</c> calls what it ran on.</param>
/// <param name="Description">Library, version, device, threads.</param>
/// <param name="Batch">Sprites a step.</param>
/// <param name="Steps">Steps measured.</param>
/// <param name="StepMs">Median time of a whole step, ms.</param>
/// <param name="SpritesPerSecond">Sprites a second at the median.</param>
/// <param name="Loss">Reconstruction + KL of the last step, nats a sprite: about the same for all, or one of them is wrong.</param>
internal sealed record EngineSpeed(string Engine, string Device, string Description, int Batch, int Steps, double StepMs, double SpritesPerSecond, double Loss)
{
    private const int WarmUp = 3, FewestSteps = 5;

    /// <summary>Trains from the start for about <paramref name="seconds"/>.</summary>
    public static EngineSpeed Of(IEngineKind kind, string device, RunConfig config, Dataset data, double seconds)
    {
        TrainingSettings settings = config.Training;
        IEngine engine = kind.Open(device, settings.Threads);
        var vae = new VaeGraph(config.Model, settings.Batch, settings.FreeBits, visibleShare: settings.VisibleShare);
        var graph = new TrainingGraph(vae, settings.GradientClip);
        using var session = new VaeSession(engine, vae, graph, TrainingState.Initial(vae.Graph, settings.Seed));
        var batches = new BatchSource(data.Train, settings.Batch, settings.Seed, palette: config.Model.Colours > 0 ? data.Palette : null);
        var schedule = new Schedule(settings);

        var milliseconds = new List<double>();
        var clock = new Stopwatch();
        Losses losses = default;
        for (int step = 1; milliseconds.Count < FewestSteps || clock.Elapsed.TotalSeconds < seconds; step++)
        {
            if (step == WarmUp + 1) clock.Start();
            long start = Stopwatch.GetTimestamp();
            TrainingLoop.Feed(session, batches, settings.Seed, step, augmentation: 0);
            losses = session.Step(schedule.At(step, progress: 0.1), beta: 1);
            if (step > WarmUp) milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        double median = milliseconds.Order().ElementAt(milliseconds.Count / 2);
        return new EngineSpeed(kind.Name, device, engine.Description, settings.Batch, milliseconds.Count, median, settings.Batch / median * 1000, losses.Reconstruction + losses.Kl);
    }

    /// <summary>Prints the figures.</summary>
    public void Print() => Console.WriteLine(FormattableString.Invariant(
        $"speed      --engine {Engine} --device {Device}: {SpritesPerSecond:F0} sprites/s, {StepMs:F1} ms a step of {Batch}, median of {Steps} ({Description})"));
}
