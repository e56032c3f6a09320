using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Reference;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Engines.Torch;
using VaeContent.Trainer.Graphs;
using VaeContent.Trainer.Models;

namespace VaeContent.Tests.Torch;

/// <summary>The same weights, sprites and noise on both engines: the same loss, the same gradients, the same course.</summary>
public sealed class ParityTests
{
    private static readonly OrtEngine Ort = new(1);
    private static readonly TorchEngine Torch = new(threads: 1);

    // Every axis in small, and what the product trains at its own size.
    private static IReadOnlyDictionary<string, ModelSpec> Models { get; } = VaeTrial.Specs.Concat(ProductModels.All).ToDictionary();

    private static IEnumerable<string> Names => Models.Keys;

    [TestCaseSource(nameof(Names))]
    public void LossAndEveryGradientAgree(string name)
    {
        using var ort = new Twin(Ort, Models[name]);
        using var torch = new Twin(Torch, Models[name]);
        float[] expected = ort.Step(1), found = torch.Step(1);
        double Gap(int term) => Math.Abs(expected[term] - found[term]) / Math.Max(Math.Abs(expected[term]), 1e-6);
        double reconstruction = Gap(0), kl = Gap(1), norm = Gap(2);

        float[] exact = ort.Read().FirstMoment, other = torch.Read().FirstMoment;
        double worst = 0;
        string at = "";
        foreach (Parameter parameter in ort.Parameters)
        {
            Range part = parameter.Offset..(parameter.Offset + parameter.Value.Count);
            double gap = exact[part].Zip(other[part], (a, b) => (double)Math.Abs(a - b)).Max(), size = exact[part].Max(Math.Abs);
            if (gap / Math.Max(size, 1e-12) <= worst) continue;
            (worst, at) = (gap / Math.Max(size, 1e-12), parameter.Value.Name);
        }
        TestContext.Progress.WriteLine(FormattableString.Invariant($"{name}: reconstruction {reconstruction:0.0e+0}, KL {kl:0.0e+0}, norm {norm:0.0e+0}, gradients {worst:0.0e+0} ({at})"));
        Assert.That(new[] { reconstruction, kl, norm }, Has.All.LessThan(1e-5), "reconstruction, KL and the gradient's norm, relative");
        Assert.That(worst, Is.LessThan(1e-4), $"gradient of {at}, largest difference over largest element");
    }

    [TestCaseSource(nameof(Names))]
    public void TwentyStepsLeadToTheSameWeights(string name)
    {
        const float clip = 100f; // short enough to matter in the first steps
        using var ort = new Twin(Ort, Models[name], gradientClip: clip);
        using var torch = new Twin(Torch, Models[name], gradientClip: clip);
        float[] start = [.. ort.State.Weights];
        for (long step = 1; step <= 20; step++)
        {
            ort.Step(step);
            torch.Step(step);
        }
        TrainingState expected = ort.Read(), found = torch.Read();
        double weights = Distance(found.Weights, expected.Weights) / Distance(expected.Weights, start);
        double average = Distance(found.Average, expected.Average) / Distance(expected.Average, start);
        double loss = ort.Evaluate().Zip(torch.Evaluate(), (a, b) => Math.Abs(a - b) / Math.Abs(a)).Max();
        TestContext.Progress.WriteLine(FormattableString.Invariant($"{name}, 20 steps: weights {weights:0.0e+0}, average {average:0.0e+0} of the way, loss of the average {loss:0.0e+0}"));
        Assert.That(weights, Is.LessThan(1e-3), "weights, of the distance travelled");
        Assert.That(average, Is.LessThan(1e-3), "moving average, of the distance travelled");
        Assert.That(loss, Is.LessThan(1e-4), "losses under the average");
    }

    [Test]
    public void AStateGoesBackAndForthBetweenEngines()
    {
        ModelSpec spec = VaeTrial.Specs["conv + palette"];
        using var straight = new Twin(Ort, spec);
        for (long step = 1; step <= 12; step++) straight.Step(step);
        float[] start = [.. new Twin(Ort, spec).State.Weights];
        TrainingState? state = null;
        foreach (var (engine, first) in new (IEngine, long)[] { (Torch, 1), (Ort, 5), (Torch, 9) })
        {
            using var twin = new Twin(engine, spec, from: state);
            for (long step = first; step < first + 4; step++) twin.Step(step);
            state = twin.Read();
        }
        TrainingState expected = straight.Read();
        Assert.That(Distance(state!.Weights, expected.Weights) / Distance(expected.Weights, start), Is.LessThan(1e-3));
        Assert.That(Distance(state.SecondMoment, expected.SecondMoment) / Distance(expected.SecondMoment, new float[expected.SecondMoment.Length]), Is.LessThan(1e-4));
    }

    private static double Distance(float[] a, float[] b) => Math.Sqrt(a.Zip(b, (x, y) => (double)(x - y) * (x - y)).Sum());
}
