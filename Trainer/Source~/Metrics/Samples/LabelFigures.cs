using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics.Tensors;

namespace VaeContent.Trainer.Metrics;

/// <summary>What the set's own classifier says of samples, beside what it says of real sprites it has not seen.</summary>
/// <param name="Labels">How many labels it tells apart.</param>
/// <param name="Accuracy">
/// The share of labelled real sprites it gets right, 0..1: the most that samples can be expected to reach.
/// </param>
/// <param name="SampleAccuracy">
/// The share of samples that it takes for the label they were asked for, 0..1; null for models without labels.
/// </param>
/// <param name="Inception">
/// Inception score of as many samples as real sprites (Salimans et al. 2016), 1..<see cref="Labels"/>: exp of the mean KL
/// divergence of a sprite's labels to the labels of all; high where sprites are clearly of one label each and all labels occur.
/// </param>
/// <param name="RealInception">That of the real sprites.</param>
public sealed record LabelFigures(int Labels, double Accuracy, double? SampleAccuracy, double Inception, double RealInception)
{
    /// <summary>Judges (N, L) label probabilities of samples by (M, L) ones of real sprites; a label of -1 is unknown.</summary>
    public static LabelFigures Evaluate(FeatureMatrix samples, IReadOnlyList<int>? asked, FeatureMatrix real,
        IReadOnlyList<int> labels)
    {
        int[] compared = [.. Enumerable.Range(0, Math.Min(samples.Rows, real.Rows))];
        return new LabelFigures(real.Columns, AccuracyOf(real, labels), asked is null ? null : AccuracyOf(samples, asked),
            InceptionOf(samples.Take(compared)), InceptionOf(real.Take(compared)));
    }

    /// <summary>The share of rows whose largest probability is at their label, 0..1, over rows with a label.</summary>
    internal static double AccuracyOf(FeatureMatrix probabilities, IReadOnlyList<int> labels)
    {
        int known = 0, right = 0;
        for (int i = 0; i < probabilities.Rows; i++)
        {
            if (labels[i] < 0) continue;
            known++;
            ReadOnlySpan<double> row = probabilities.Row(i);
            if (TensorPrimitives.IndexOfMax(row) == labels[i]) right++;
        }
        return known == 0 ? 0 : (double)right / known;
    }

    /// <summary>exp(mean over rows of KL(p(label | sprite) || p(label))).</summary>
    internal static double InceptionOf(FeatureMatrix probabilities)
    {
        var all = new double[probabilities.Columns];
        for (int i = 0; i < probabilities.Rows; i++)
        {
            for (int l = 0; l < all.Length; l++) all[l] += probabilities.Row(i)[l] / probabilities.Rows;
        }
        double divergence = 0;
        for (int i = 0; i < probabilities.Rows; i++)
        {
            for (int l = 0; l < all.Length; l++)
            {
                double p = probabilities.Row(i)[l];
                if (p > 0) divergence += p * Math.Log(p / all[l]);
            }
        }
        return Math.Exp(divergence / probabilities.Rows);
    }
}
