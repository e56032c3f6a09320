using System;
using System.Diagnostics;
using System.Threading;
using TorchSharp;
using VaeContent.Trainer.Model;
using static TorchSharp.torch;

namespace VaeContent.Trainer.Training;

/// <summary>
/// The training of a network on latents, by steps or by time: Adam along a cosine, a moving average of the weights.
/// </summary>
internal static class LatentFit
{
    private const float GradientClip = 10f;

    /// <summary>
    /// Trains for <paramref name="steps"/> steps, or, where that is 0, for <paramref name="seconds"/>; returns the network with
    /// the averaged weights.
    /// </summary>
    /// <param name="spec">The network.</param>
    /// <param name="seed">Of its weights.</param>
    /// <param name="learningRate">Adam's step size at its height.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="seconds">How long without a number of steps.</param>
    /// <param name="most">The most steps, however long that takes.</param>
    /// <param name="loss">The loss, a scalar, of a step, counted from 1.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="start">A network whose weights it starts with; random ones without.</param>
    public static FlowNetwork Train(FlowSpec spec, long seed, float learningRate, long steps, double seconds,
        long most, Func<FlowNetwork, long, Tensor> loss, CancellationToken cancel, FlowNetwork? start = null)
    {
        using var network = new FlowNetwork(spec, seed);
        var average = new FlowNetwork(spec, seed);
        if (start is not null)
        {
            network.SetFlat(start.Flat());
            average.SetFlat(start.Flat());
        }
        using var optimiser = new Optimiser(network, average);
        var schedule = new Schedule(new TrainingSettings { LearningRate = learningRate });
        var clock = Stopwatch.StartNew();
        double progress = 0;
        for (long step = 1; progress < 1; step++)
        {
            cancel.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            StepSettings settings = schedule.At(step, progress);
            optimiser.ZeroGradient();
            loss(network, step).backward();
            optimiser.Clip(GradientClip);
            optimiser.Step(settings.LearningRate, settings.AverageDecay);
            progress = Math.Max((double)step / most, steps > 0 ? (double)step / steps : clock.Elapsed.TotalSeconds / seconds);
        }
        return average;
    }
}
