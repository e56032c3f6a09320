using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Engines;

namespace VaeContent.Tests.Trainer.Engines;

public sealed class AdamTests
{
    // Lengths with and without a rest that fills no vector, and more than one block.
    [TestCase(5)]
    [TestCase(64)]
    [TestCase(10_007)]
    public void TheNormIsThatOfDoubles(int length)
    {
        float[] vector = Numbers(length, stream: 1);
        Assert.That(Adam.Norm(vector), Is.EqualTo(Math.Sqrt(vector.Sum(x => (double)x * x))).Within(1e-4).Percent);
    }

    [Test]
    public void AMillionSquaresKeepTheirDigits()
    {
        var vector = new float[1 << 20];
        Array.Fill(vector, 0.1f);
        Assert.That(Adam.Norm(vector), Is.EqualTo(0.1f * 1024.0).Within(1e-3).Percent);
    }

    [TestCase(5)]
    [TestCase(37)]
    public void AStepIsThatOfThePaper(int length)
    {
        const double beta1 = 0.9f, beta2 = 0.999f;
        float[] gradient = Numbers(length, 1), w = Numbers(length, 2), m = Numbers(length, 3), v = [.. Numbers(length, 4).Select(Math.Abs)], average = Numbers(length, 5);
        double[] w0 = [.. w], m0 = [.. m], v0 = [.. v], average0 = [.. average];
        var settings = new StepSettings(Step: 7, LearningRate: 0.01f, AverageDecay: 0.9f);
        Adam.Step(gradient, 0.5f, settings, new FlatState { Weights = w, FirstMoment = m, SecondMoment = v, Average = average });
        for (int i = 0; i < length; i++)
        {
            double g = 0.5 * gradient[i], first = (beta1 * m0[i]) + ((1 - beta1) * g), second = (beta2 * v0[i]) + ((1 - beta2) * g * g);
            double next = w0[i] - (0.01f * first / (1 - Math.Pow(beta1, 7)) / (Math.Sqrt(second / (1 - Math.Pow(beta2, 7))) + 1e-8));
            Assert.That(m[i], Is.EqualTo(first).Within(1e-6), $"first moment {i}");
            Assert.That(v[i], Is.EqualTo(second).Within(1e-6), $"second moment {i}");
            Assert.That(w[i], Is.EqualTo(next).Within(1e-5), $"weight {i}");
            Assert.That(average[i], Is.EqualTo((0.9f * average0[i]) + ((1 - 0.9f) * next)).Within(1e-5), $"average {i}");
        }
    }

    private static float[] Numbers(int length, int stream)
    {
        var normals = new Sampler(3, stream);
        return [.. Enumerable.Range(0, length).Select(i => normals.Normal(i))];
    }
}
