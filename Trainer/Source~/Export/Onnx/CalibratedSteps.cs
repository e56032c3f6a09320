using System;
using System.Collections.Generic;
using System.Linq;
using MathNet.Numerics.LinearAlgebra;

namespace VaeContent.Trainer.Export.Onnx;

/// <summary>
/// Weights rounded to whole steps so that what they compute changes least on the inputs that they meet, not so that they
/// themselves do: input by input, and each one's rounding is made up for by the weights of those still to come, as far as these
/// inputs move with it (Frantar et al. 2023).
/// </summary>
internal static class CalibratedSteps
{
    // What is added to each input's own moment, as a share of their mean: inputs that never moved would have no inverse.
    private const double Damping = 0.01;

    /// <summary>The steps of weights (K, columns) over K inputs.</summary>
    /// <param name="weights">Row-major.</param>
    /// <param name="scales">The step of each channel.</param>
    /// <param name="inner">How many columns in succession are of one channel.</param>
    /// <param name="moments">K x K: the mean of the product of any two inputs, or any multiple of it.</param>
    /// <param name="largest">Steps lie within this on both sides of 0.</param>
    public static sbyte[] Round(ReadOnlySpan<float> weights, IReadOnlyList<float> scales, int inner, double[] moments,
        int largest)
    {
        int inputs = (int)Math.Sqrt(moments.Length), columns = weights.Length / inputs;
        Matrix<double> spread = Spread(moments, inputs);
        double[] left = [.. weights.ToArray().Select(weight => (double)weight)];
        var steps = new sbyte[weights.Length];
        var errors = new double[columns];
        for (int i = 0; i < inputs; i++)
        {
            for (int column = 0; column < columns; column++)
            {
                int at = (i * columns) + column;
                double scale = scales[column / inner];
                steps[at] = scale > 0 ? (sbyte)Math.Clamp(Math.Round(left[at] / scale), -largest, largest) : (sbyte)0;
                errors[column] = (left[at] - (steps[at] * scale)) / spread[i, i];
            }
            for (int later = i + 1; later < inputs; later++)
            {
                double share = spread[i, later];
                for (int column = 0; column < columns; column++) left[(later * columns) + column] -= errors[column] * share;
            }
        }
        return steps;
    }

    // The upper triangular U with U^T U the inverse of the damped moments: row i says how later inputs follow input i once the
    // earlier ones are settled.
    private static Matrix<double> Spread(double[] moments, int inputs)
    {
        var damped = Matrix<double>.Build.Dense(inputs, inputs, moments); // symmetric, so that the order does not matter
        double mean = damped.Diagonal().Average();
        for (int i = 0; i < inputs; i++) damped[i, i] += (Damping * mean) + 1e-12;
        return damped.Cholesky().Solve(Matrix<double>.Build.DenseIdentity(inputs)).Cholesky().Factor.Transpose();
    }
}
