using System;
using System.Linq;

namespace VaeContent.Trainer.Export.Onnx;

/// <summary>Weights in fewer bytes. Small tensors and biases are not worth it: they weigh nothing and carry much.</summary>
internal static class CompactWeights
{
    private const int FewestElements = 256, LargestStep = 127;

    /// <summary>Whether a parameter of this shape is stored in fewer bytes at all.</summary>
    public static bool Apply(int[] shape) => shape.Length > 1 && shape.Aggregate(1, (a, b) => a * b) >= FewestElements;

    /// <summary>The nearest half floats; what would become infinite stays the largest half.</summary>
    public static Half[] ToHalf(ReadOnlySpan<float> weights)
    {
        var halves = new Half[weights.Length];
        for (int i = 0; i < halves.Length; i++)
            halves[i] = (Half)Math.Clamp(weights[i], (float)Half.MinValue, (float)Half.MaxValue);
        return halves;
    }

    /// <summary>
    /// Weights w = scale * step with steps of -127..127 and one scale per channel. Inputs lie on side
    /// <paramref name="inputAxis"/>, channels on the other one of the first two. Where the <paramref name="moments"/> of the
    /// inputs are known, rounding is fitted to them.
    /// </summary>
    public static ByteSteps ToSteps(ReadOnlySpan<float> weights, int[] shape, int inputAxis, double[]? moments)
    {
        ByteSteps nearest = Along(1 - inputAxis, weights, shape);
        if (moments is null) return nearest;
        if (inputAxis == 0) return nearest with
        {
            Steps = CalibratedSteps.Round(weights, nearest.Scales, nearest.Inner, moments, LargestStep)
        };
        sbyte[] inputsFirst = CalibratedSteps.Round(Transposed(weights, shape[0], shape[1]), nearest.Scales, 1, moments,
            LargestStep);
        return nearest with { Steps = Transposed<sbyte>(inputsFirst, shape[1], shape[0]) };
    }

    private static T[] Transposed<T>(ReadOnlySpan<T> matrix, int rows, int columns)
    {
        var transposed = new T[matrix.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++) transposed[(column * rows) + row] = matrix[(row * columns) + column];
        }
        return transposed;
    }

    private static ByteSteps Along(int axis, ReadOnlySpan<float> weights, int[] shape)
    {
        int inner = shape.Skip(axis + 1).Aggregate(1, (a, b) => a * b), channels = shape[axis];
        var scales = new float[channels];
        for (int i = 0; i < weights.Length; i++)
        {
            ref float scale = ref scales[i / inner % channels];
            scale = MathF.Max(scale, MathF.Abs(weights[i]) / LargestStep);
        }
        var steps = new sbyte[weights.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            float scale = scales[i / inner % channels];
            steps[i] = scale > 0 ? (sbyte)Math.Clamp(MathF.Round(weights[i] / scale), -LargestStep, LargestStep) : (sbyte)0;
        }
        return new ByteSteps(steps, scales, [.. shape.Select((side, i) => i == axis ? side : 1)], inner);
    }

    /// <summary>
    /// Steps, (...) as the tensor, and scales, of <paramref name="ScaleShape"/>: 1 on every side but the channels'.
    /// </summary>
    internal sealed record ByteSteps(sbyte[] Steps, float[] Scales, int[] ScaleShape, int Inner)
    {
        /// <summary>The weight at a place of the tensor, row-major.</summary>
        public float Weight(int i) => Steps[i] * Scales[i / Inner % Scales.Length];
    }
}
