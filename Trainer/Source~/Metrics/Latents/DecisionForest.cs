using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Data;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// Bagged decision trees (Breiman 2001) that guess a class from a few numbers, and say which of them they went by.
/// </summary>
internal sealed class DecisionForest
{
    private const int Trees = 10, MaxDepth = 12, SmallestLeaf = 4;

    private readonly FeatureMatrix _codes;
    private readonly int[] _classes;
    private readonly int _classCount;
    private readonly List<Node> _nodes = [];
    private readonly int[] _roots = new int[Trees];

    private DecisionForest(FeatureMatrix codes, int[] classes, int classCount)
    {
        (_codes, _classes, _classCount) = (codes, classes, classCount);
        Importance = new double[codes.Columns];
    }

    /// <summary>How much each column lowered the Gini impurity, (D), summing to 1; all 0 where nothing could be told.</summary>
    public double[] Importance { get; private set; }

    /// <summary>Learns classes 0..<paramref name="classCount"/> - 1 of the given rows.</summary>
    public static DecisionForest Learn(FeatureMatrix codes, int[] classes, int classCount, int[] rows, long seed)
    {
        var forest = new DecisionForest(codes, classes, classCount);
        for (int tree = 0; tree < Trees; tree++)
        {
            var random = new SplitMix(seed, tree);
            int[] drawn = new int[rows.Length];
            for (int i = 0; i < drawn.Length; i++) drawn[i] = rows[random.Below(rows.Length)];
            forest._roots[tree] = forest.Grow(drawn, 0);
        }
        double total = forest.Importance.Sum();
        if (total > 0) forest.Importance = [.. forest.Importance.Select(value => value / total)];
        return forest;
    }

    /// <summary>The class that most trees name.</summary>
    public int Guess(ReadOnlySpan<double> code)
    {
        var votes = new int[_classCount];
        foreach (int root in _roots)
        {
            Node at = _nodes[root];
            while (at.Below >= 0) at = _nodes[code[at.Column] < at.Threshold ? at.Below : at.Above];
            votes[at.Class]++;
        }
        return Array.IndexOf(votes, votes.Max());
    }

    private int Grow(int[] rows, int depth)
    {
        int[] counts = Count(rows);
        double impurity = Gini(counts, rows.Length);
        var (column, threshold, gain) = depth < MaxDepth && impurity > 0 ? Best(rows, counts, impurity) : default;
        if (gain <= 1e-9)
        {
            _nodes.Add(new Node(-1, 0, -1, -1, Array.IndexOf(counts, counts.Max())));
            return _nodes.Count - 1;
        }
        Importance[column] += gain;
        int below = Grow([.. rows.Where(row => _codes.Row(row)[column] < threshold)], depth + 1);
        int above = Grow([.. rows.Where(row => !(_codes.Row(row)[column] < threshold))], depth + 1);
        _nodes.Add(new Node(column, threshold, below, above, -1));
        return _nodes.Count - 1;
    }

    private (int Column, double Threshold, double Gain) Best(int[] rows, int[] counts, double impurity)
    {
        (int Column, double Threshold, double Gain) best = default;
        for (int column = 0; column < _codes.Columns; column++)
        {
            double[] values = [.. rows.Select(row => _codes.Row(row)[column])];
            int[] sorted = [.. rows];
            Array.Sort(values, sorted);
            int[] below = new int[_classCount], above = [.. counts];
            for (int i = 1; i < sorted.Length; i++)
            {
                below[_classes[sorted[i - 1]]]++;
                above[_classes[sorted[i - 1]]]--;
                if (i < SmallestLeaf || sorted.Length - i < SmallestLeaf || values[i] <= values[i - 1]) continue;
                double gain = (impurity * rows.Length) - (Gini(below, i) * i)
                    - (Gini(above, sorted.Length - i) * (sorted.Length - i));
                if (gain > best.Gain) best = (column, (values[i] + values[i - 1]) / 2, gain);
            }
        }
        return best;
    }

    private int[] Count(int[] rows)
    {
        var counts = new int[_classCount];
        foreach (int row in rows) counts[_classes[row]]++;
        return counts;
    }

    private static double Gini(int[] counts, int total)
    {
        double squares = 0;
        foreach (int count in counts) squares += (double)count * count;
        return 1 - (squares / ((double)total * total));
    }

    private readonly record struct Node(int Column, double Threshold, int Below, int Above, int Class);
}
