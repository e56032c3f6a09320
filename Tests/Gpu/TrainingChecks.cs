using System;
using System.Globalization;
using System.Linq;
using VaeContent.Internal;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Models;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Gpu;

/// <summary>Training on a device against the CPU: the gradient of the first step, then the losses of twenty.</summary>
internal static class TrainingChecks
{
    private const int Steps = 20, Batch = 4;
    private const double Tolerance = 1e-3;

    public static void Run(Checks checks, ComputeDevice device)
    {
        Dataset data = Bundles.Heroes(labelled: true);
        ModelSpec small = new() { Latent = 8, Widths = [4, 6, 8], Hidden = 12, DecoderHidden = 12, PixelFeatures = 6 };
        checks.Run("training, palette, labels", () => Compare(device, data, small with { Likelihood = Likelihood.Palette, Colours = data.Palette.Palette.Count, ConditionLabels = data.All.Labels.Count }));
        checks.Run("training, sigma", () => Compare(device, data, small with { Likelihood = Likelihood.Sigma }));
    }

    private static string Compare(ComputeDevice device, Dataset data, ModelSpec spec)
    {
        var (losses, gradient) = Train(graph => Detour.IsNeeded
            ? new OrtEngine(Detour.Of(device), threads: 1) { Prepare = model => Detour.Of(model, graph) }
            : new OrtEngine(device, threads: 1), data, spec);
        var (expected, expectedGradient) = Train(_ => new OrtEngine(threads: 1), data, spec);
        double worst = losses.Zip(expected, Distance).Max();
        double off = Math.Sqrt(gradient.Zip(expectedGradient, (a, b) => (double)(a - b) * (a - b)).Sum() / expectedGradient.Sum(b => (double)b * b));
        string each = string.Join(' ', losses.Zip(expected, (a, b) => Distance(a, b).ToString("G2", CultureInfo.InvariantCulture)));
        Checks.That(off <= Tolerance, FormattableString.Invariant($"the first gradient differs by {off:G3} of its length; losses step by step by {each}"));
        Checks.That(losses.All(double.IsFinite) && worst <= Tolerance, FormattableString.Invariant($"the first gradient differs by {off:G3}; losses step by step by {each}"));
        Checks.That(expected.Distinct().Count() == Steps, "the steps do not differ");
        return FormattableString.Invariant($"{expected[0]:F1} to {expected[^1]:F1} nats in {Steps} steps, losses within {worst:G2} of the CPU's, first gradient within {off:G2}");
    }

    private static (double[] Losses, float[] Gradient) Train(Func<Graph, OrtEngine> engine, Dataset data, ModelSpec spec)
    {
        var vae = new VaeGraph(spec, Batch);
        var state = TrainingState.Initial(vae.Graph, seed: 1);
        var training = new TrainingGraph(vae, gradientClip: 500f);
        using var session = new VaeSession(engine(vae.Graph), vae, training, state);
        var batches = new BatchSource(data.Train, Batch, seed: 1, palette: spec.Colours > 0 ? data.Palette : null);
        var losses = new double[Steps];
        float[] gradient = [];
        for (int step = 1; step <= Steps; step++)
        {
            TrainingLoop.Feed(session, batches, seed: 1, step, augmentation: 0);
            Losses found = session.Step(new StepSettings(step, LearningRate: 2e-3f, AverageDecay: 0.9f), beta: 1f);
            losses[step - 1] = found.Reconstruction + found.Kl;
            if (step > 1) continue;
            session.Read(state);
            gradient = [.. state.FirstMoment]; // proportional to it
        }

        return (losses, gradient);
    }

    private static double Distance(double found, double expected) => Math.Abs(found - expected) / Math.Abs(expected);
}
