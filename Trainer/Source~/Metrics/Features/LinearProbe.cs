using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// How much a linear classifier reads out of features (Alain and Bengio 2016): softmax regression on standardised features,
/// trained to the end by Nesterov's accelerated gradient, with a penalty of 1e-4 on the squared weights. No randomness.
/// </summary>
public static class LinearProbe
{
    private const int Steps = 400;
    private const double Penalty = 1e-4;

    /// <summary>
    /// The share of <paramref name="judged"/> rows put to their label, 0..1, after learning from <paramref name="learnt"/>.
    /// </summary>
    public static double Accuracy(FeatureMatrix learnt, IReadOnlyList<int> labels, FeatureMatrix judged,
        IReadOnlyList<int> judgedLabels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(judged.Columns, learnt.Columns, nameof(judged));
        Standardisation scale = Standardisation.Fit(learnt);
        FeatureMatrix x = scale.Apply(learnt), y = scale.Apply(judged);
        int classes = Math.Max(labels.Max(), judgedLabels.Max()) + 1;
        double[] weights = Fit(x, labels, classes);
        var scores = new double[classes];
        int right = 0;
        for (int i = 0; i < y.Rows; i++)
        {
            Score(weights, y.Row(i), scores);
            if (TensorPrimitives.IndexOfMax<double>(scores) == judgedLabels[i]) right++;
        }
        return (double)right / y.Rows;
    }

    // (classes, D + 1): a row of weights and a bias for each class.
    private static double[] Fit(FeatureMatrix x, IReadOnlyList<int> labels, int classes)
    {
        int stride = x.Columns + 1;
        var (at, ahead, before) = (new double[classes * stride], new double[classes * stride], new double[classes * stride]);
        // 1 / Lipschitz constant of the gradient; the bias is a feature of mean square 1.
        double steepest = x.Moments().Covariance.Evd(Symmetricity.Symmetric).EigenValues.Max(value => value.Real);
        double step = 1 / ((0.5 * Math.Max(1, steepest)) + Penalty);
        for (int t = 0; t < Steps; t++)
        {
            double[] gradient = Gradient(x, labels, classes, ahead);
            at.CopyTo(before, 0);
            for (int i = 0; i < at.Length; i++) at[i] = ahead[i] - (step * gradient[i]);
            double momentum = t / (t + 3.0);
            for (int i = 0; i < at.Length; i++) ahead[i] = at[i] + (momentum * (at[i] - before[i]));
        }
        return at;
    }

    private static double[] Gradient(FeatureMatrix x, IReadOnlyList<int> labels, int classes, double[] weights)
    {
        int stride = x.Columns + 1;
        var gradient = new double[weights.Length];
        var p = new double[classes];
        for (int i = 0; i < x.Rows; i++)
        {
            Score(weights, x.Row(i), p);
            TensorPrimitives.SoftMax<double>(p, p);
            p[labels[i]] -= 1;
            for (int c = 0; c < classes; c++)
            {
                Span<double> row = gradient.AsSpan(c * stride, x.Columns);
                TensorPrimitives.MultiplyAdd(x.Row(i), p[c], row, row);
                gradient[(c * stride) + x.Columns] += p[c];
            }
        }
        for (int i = 0; i < gradient.Length; i++) gradient[i] = (gradient[i] / x.Rows) + (Penalty * weights[i]);
        return gradient;
    }

    private static void Score(double[] weights, ReadOnlySpan<double> row, Span<double> scores)
    {
        int stride = row.Length + 1;
        for (int c = 0; c < scores.Length; c++)
            scores[c] = TensorPrimitives.Dot(weights.AsSpan(c * stride, row.Length), row) + weights[(c * stride) + row.Length];
    }
}
