using System;
using System.Numerics;
using System.Runtime.InteropServices;
using VaeContent.Trainer.Graphs;

namespace VaeContent.Trainer.Engines;

/// <summary>
/// Adam (Kingma &amp; Ba 2015) and the moving average of the weights, over flat vectors, in place. One pass over memory: as nodes of a graph,
/// an operator each, they took a fifth of a step.
/// </summary>
internal static class Adam
{
    private const float Beta2 = TrainingGraph.Beta2, Epsilon = TrainingGraph.Epsilon;

    // Sums of so many squares keep their digits in a float; the sum of those sums is a double.
    private const int Block = 1024;

    /// <summary>The Euclidean norm of a vector.</summary>
    public static float Norm(ReadOnlySpan<float> vector)
    {
        double sum = 0;
        for (int start = 0; start < vector.Length; start += Block)
        {
            ReadOnlySpan<float> block = vector.Slice(start, Math.Min(Block, vector.Length - start));
            ReadOnlySpan<Vector<float>> wide = MemoryMarshal.Cast<float, Vector<float>>(block);
            Vector<float> squares = Vector<float>.Zero;
            foreach (Vector<float> v in wide) squares += v * v;
            sum += Vector.Sum(squares);
            foreach (float x in block[(wide.Length * Vector<float>.Count)..]) sum += x * x;
        }
        return (float)Math.Sqrt(sum);
    }

    /// <summary>One step: m' = b1 m + (1 - b1) g; v' = b2 v + (1 - b2) g^2; w' = w - rate m' / (sqrt(v') + eps), both moments corrected for their youth.</summary>
    /// <param name="gradient">(P)</param>
    /// <param name="factor">What the gradient is multiplied by first.</param>
    /// <param name="settings">Step, learning rate and decays.</param>
    /// <param name="state">(P) each: weights, first and second moment, average of the weights.</param>
    public static void Step(ReadOnlySpan<float> gradient, float factor, in StepSettings settings, in FlatState state)
    {
        var step = new Constants(factor, settings);
        int wide = gradient.Length - (gradient.Length % Vector<float>.Count);
        ReadOnlySpan<Vector<float>> gradients = MemoryMarshal.Cast<float, Vector<float>>(gradient[..wide]);
        Span<Vector<float>> weights = Wide(state.Weights), first = Wide(state.FirstMoment), second = Wide(state.SecondMoment), average = Wide(state.Average);
        for (int i = 0; i < gradients.Length; i++)
        {
            Vector<float> g = gradients[i] * step.Factor;
            Vector<float> m = first[i] += (g - first[i]) * step.Rate1;
            Vector<float> v = second[i] += ((g * g) - second[i]) * step.Rate2;
            Vector<float> w = weights[i] -= m / (Vector.SquareRoot(v * step.Correction) + new Vector<float>(Epsilon)) * step.Size;
            average[i] += (w - average[i]) * step.AverageRate;
        }
        for (int i = wide; i < gradient.Length; i++)
        {
            float g = gradient[i] * step.Factor;
            float m = state.FirstMoment[i] += (g - state.FirstMoment[i]) * step.Rate1;
            float v = state.SecondMoment[i] += ((g * g) - state.SecondMoment[i]) * step.Rate2;
            float w = state.Weights[i] -= m / (MathF.Sqrt(v * step.Correction) + Epsilon) * step.Size;
            state.Average[i] += (w - state.Average[i]) * step.AverageRate;
        }

        Span<Vector<float>> Wide(Span<float> vector) => MemoryMarshal.Cast<float, Vector<float>>(vector[..wide]);
    }

    private readonly struct Constants(float factor, in StepSettings settings)
    {
        public float Factor { get; } = factor;

        public float Rate1 { get; } = 1f - settings.Beta1;

        public float Rate2 { get; } = 1f - Beta2;

        public float Size { get; } = (float)(settings.LearningRate / (1.0 - Math.Pow(settings.Beta1, settings.Step)));

        public float Correction { get; } = (float)(1.0 / (1.0 - Math.Pow(Beta2, settings.Step)));

        public float AverageRate { get; } = 1f - settings.AverageDecay;
    }
}
