using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Reference;
using VaeContent.Trainer.Engines;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Tests.Trainer.Engines;

public sealed class OrtEngineTests
{
    private static IEnumerable<string> Models => VaeTrial.Specs.Keys;

    // Reconstruction and KL of ten steps. They change only in a commit that says why.
    private static readonly float[] GoldenReconstructions =
        [438.15857f, 445.67606f, 448.31677f, 435.64877f, 435.91528f, 441.21616f, 432.29688f, 431.90155f, 439.76553f, 436.09155f];
    private static readonly float[] GoldenKls =
        [0.027498052f, 0.05521948f, 0.04726304f, 0.042906016f, 0.046295002f, 0.048133053f, 0.054258503f, 0.06332308f, 0.07402258f, 0.093148515f];

    [TestCase(1)]
    [TestCase(2)]
    public void TenStepsGiveTheGoldenLosses(int threads)
    {
        using var training = new TinyTraining(threads: threads);
        Losses[] losses = [.. Enumerable.Range(1, 10).Select(step => training.Step(step))];
        for (int i = 0; i < losses.Length; i++)
        {
            Assert.That(losses[i].Reconstruction, Is.EqualTo(GoldenReconstructions[i]).Within(0.01).Percent, $"reconstruction at step {i + 1}");
            Assert.That(losses[i].Kl, Is.EqualTo(GoldenKls[i]).Within(0.01).Percent, $"KL at step {i + 1}");
        }
    }

    // Adam as its paper states it (Kingma & Ba 2015, algorithm 1), in double precision over the interpreter's gradients. The rates are
    // those that floats hold: 1 - 0.999f is 1.3e-5 short of 0.001.
    [Test]
    public void ThreeStepsAreThoseOfAdam([ValueSource(nameof(Models))] string model, [Values(500f, 20f)] float clip)
    {
        const double beta1 = 0.9f, beta2 = 0.999f;
        using var training = new TinyTraining(model, gradientClip: clip);
        double[] w = Array.ConvertAll(training.State.Weights, x => (double)x), average = [.. w];
        double[] m = new double[w.Length], v = new double[w.Length];
        for (int t = 1; t <= 3; t++)
        {
            Losses losses = training.Step(t);
            double[] gradient = Gradient(training, w, t, out double reconstruction);
            double norm = Math.Sqrt(gradient.Sum(g => g * g)), shorten = Math.Min(1, clip / norm);
            Assert.That(losses.GradientNorm, Is.EqualTo(norm).Within(0.01).Percent);
            Assert.That(losses.Reconstruction, Is.EqualTo(reconstruction).Within(0.01).Percent);
            for (int i = 0; i < w.Length; i++)
            {
                double g = gradient[i] * shorten;
                m[i] = (beta1 * m[i]) + ((1 - beta1) * g);
                v[i] = (beta2 * v[i]) + ((1 - beta2) * g * g);
                w[i] -= TinyTraining.LearningRate * (m[i] / (1 - Math.Pow(beta1, t))) / (Math.Sqrt(v[i] / (1 - Math.Pow(beta2, t))) + 1e-8);
                average[i] = (TinyTraining.AverageDecay * average[i]) + ((1 - TinyTraining.AverageDecay) * w[i]);
            }
        }
        TrainingState state = training.Read();
        Check("weights after 3 steps of Adam", state.Weights, w);
        Check("moving average after 3 steps", state.Average, average);
        Check("first moment after 3 steps", state.FirstMoment, m);
        Check("second moment after 3 steps", state.SecondMoment, v);

        static void Check(string what, float[] found, double[] expected)
        {
            double error = Trial.RelativeError(Array.ConvertAll(found, x => (double)x), expected);
            Worst.Note(what, error);
            Assert.That(error, Is.LessThan(1e-5), what);
        }
    }

    [Test]
    public void EvaluationUsesTheAverageAndChangesNothing()
    {
        using var training = new TinyTraining();
        for (int t = 1; t <= 3; t++) training.Step(t);
        TrainingState before = Copy(training.Read());
        training.Fill(9);
        Losses losses = training.Evaluate();
        Gradient(training, Array.ConvertAll(before.Average, x => (double)x), 9, out double expected);
        Assert.That(losses.Reconstruction, Is.EqualTo(expected).Within(0.001).Percent);
        AssertSame(training.Read(), before);
    }

    [Test]
    public void AStepAllocatesNothing()
    {
        using var training = new TinyTraining();
        training.Fill(1);
        void Steps()
        {
            for (int t = 1; t <= 100; t++) training.StepAgain(new StepSettings(t, 1e-4f, 0.99f));
        }
        Assert.That(Allocation.Least(Steps), Is.Zero);
    }

    [Test]
    public void TheSameSeedGivesTheSameWeightsOnTwoThreads([ValueSource(nameof(Models))] string model)
    {
        TrainingState Train()
        {
            using var training = new TinyTraining(model, threads: 2);
            for (int t = 1; t <= 10; t++) training.Step(t);
            return training.Read();
        }
        AssertSame(Train(), Train());
    }

    [Test]
    public void ASessionContinuesFromWhatItRead()
    {
        using var straight = new TinyTraining();
        for (int t = 1; t <= 7; t++) straight.Step(t);
        using var first = new TinyTraining();
        for (int t = 1; t <= 3; t++) first.Step(t);
        using var second = new TinyTraining(from: Copy(first.Read()));
        for (int t = 4; t <= 7; t++) second.Step(t);
        AssertSame(second.Read(), straight.Read());
    }

    [Test]
    public void TwentySessionsComeAndGo()
    {
        for (int i = 0; i < 20; i++)
        {
            using var training = new TinyTraining("mlp + mse");
            Assert.That(float.IsFinite(training.Step(1).Reconstruction), Is.True);
        }
    }

    [Test]
    public void TheDescriptionNamesVersionAndThreads() =>
        Assert.That(new OrtEngine(3).Description, Does.Match(@"^ONNX Runtime \d+\.\d+\.\d+, CPU, 3 threads$"));

    private static double[] Gradient(TinyTraining training, double[] weights, long step, out double reconstruction)
    {
        VaeGraph vae = training.Vae;
        Dictionary<Value, double[]> feeds = VaeTrial.Feeds(vae, TinyTraining.Beta);
        feeds[vae.Noise] = [.. Enumerable.Range(0, vae.Noise.Count).Select(i => (double)TinyTraining.Noise(step, i))];
        if (vae.Visible is { } visible) VaeTrial.Judge(visible, [.. Enumerable.Range(0, vae.Sprites.Count / 4).Select(i => (byte)training.Index(i))], feeds);
        Tensor[] found = Interpreter.Run(vae.Graph, weights, feeds, training.Graph.Gradient, vae.Reconstruction);
        reconstruction = found[1].Data[0] / TinyTraining.Batch;
        return [.. found[0].Data.Select(x => x / TinyTraining.Batch)];
    }

    private static TrainingState Copy(TrainingState state)
    {
        var copy = new TrainingState(state.Weights.Length);
        state.Weights.CopyTo(copy.Weights, 0);
        state.FirstMoment.CopyTo(copy.FirstMoment, 0);
        state.SecondMoment.CopyTo(copy.SecondMoment, 0);
        state.Average.CopyTo(copy.Average, 0);
        return copy;
    }

    private static void AssertSame(TrainingState found, TrainingState expected)
    {
        Assert.That(found.Weights, Is.EqualTo(expected.Weights), "weights");
        Assert.That(found.FirstMoment, Is.EqualTo(expected.FirstMoment), "first moment");
        Assert.That(found.SecondMoment, Is.EqualTo(expected.SecondMoment), "second moment");
        Assert.That(found.Average, Is.EqualTo(expected.Average), "average");
    }
}
