using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Export.Onnx;

namespace VaeContent.Tests.Trainer.Export;

/// <summary>Rounding that looks at what comes in.</summary>
public sealed class CalibratedStepsTests
{
    private const int Inputs = 24, Columns = 12, Samples = 2000;

    private static readonly float[] Weights = [.. Enumerable.Range(0, Inputs * Columns).Select(i => new Sampler(1).Normal(i))];

    [Test]
    public void InputsThatDoNotMoveTogetherAreRoundedToTheNearest()
    {
        var identity = new double[Inputs * Inputs];
        for (int i = 0; i < Inputs; i++) identity[i * (Inputs + 1)] = 3;
        sbyte[] steps = Round(identity);
        for (int i = 0; i < steps.Length; i++)
            Assert.That(steps[i], Is.EqualTo(Math.Round(Weights[i] / Scale(i % Columns))), $"weight {i}");
    }

    [Test]
    public void WhatMovesTogetherIsMadeUpFor()
    {
        double[][] x = Correlated();
        sbyte[] nearest = [.. Weights.Select((weight, i) => (sbyte)Math.Round(weight / Scale(i % Columns)))];
        double before = OutputError(x, nearest), after = OutputError(x, Round(Moments(x)));
        TestContext.Out.WriteLine($"mean squared error of outputs: nearest {before:E2}, calibrated {after:E2}");
        Assert.That(after, Is.LessThan(before / 3));
        Assert.That(after, Is.GreaterThan(0));
    }

    [Test]
    public void AnInputThatNeverMovesDoesNoHarm()
    {
        double[][] x = Correlated();
        foreach (double[] sample in x) sample[5] = sample[6] = 0;
        sbyte[] steps = Round(Moments(x));
        Assert.That(Math.Abs(steps[5 * Columns] - (Weights[5 * Columns] / Scale(0))), Is.LessThan(0.51),
            "nothing moves with it, so the nearest");
        Assert.That(Round(new double[Inputs * Inputs]),
            Is.EqualTo(Weights.Select((weight, i) => (sbyte)Math.Round(weight / Scale(i % Columns)))));
    }

    // Every input follows three common causes, plus a little noise.
    private static double[][] Correlated()
    {
        var draws = new Sampler(2);
        double Noise(int place) => draws.Normal(place);
        return [.. Enumerable.Range(0, Samples).Select(n => Enumerable.Range(0, Inputs).Select(i =>
            (Noise(n * 40) * Math.Sin(i)) + (Noise((n * 40) + 1) * Math.Cos(2 * i)) + Noise((n * 40) + 2)
                + (0.1 * Noise((n * 40) + 3 + i)))
                .ToArray())];
    }

    private static double[] Moments(double[][] x) =>
        [.. Enumerable.Range(0, Inputs * Inputs).Select(at => x.Sum(sample => sample[at / Inputs] * sample[at % Inputs]))];

    private static sbyte[] Round(double[] moments) =>
        CalibratedSteps.Round(Weights, [.. Enumerable.Range(0, Columns).Select(Scale)], inner: 1, moments, 127);

    private static double OutputError(double[][] x, sbyte[] steps) =>
        x.Average(sample => Enumerable.Range(0, Columns).Average(column =>
    {
        double error = Enumerable.Range(0, Inputs).Sum(i =>
            sample[i] * ((steps[(i * Columns) + column] * Scale(column)) - Weights[(i * Columns) + column]));
        return error * error;
    }));

    private static float Scale(int column) => 0.03f + (0.002f * column);
}
