using System;
using System.Linq;
using VaeContent.Trainer.Data;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// The FactorVAE score (Kim and Mnih 2018, section 4): sprites that share the value of one factor are encoded, and the dimension
/// that varies least among them, by its usual variance, is to give the factor away. A majority vote learns which dimension means
/// which factor.
/// </summary>
public static class FactorVaeScore
{
    /// <summary>Sprites of a vote.</summary>
    public const int SpritesPerVote = 64;

    private const int LearningVotes = 4000, JudgingVotes = 2000;
    private const double Inactive = 0.05; // of the largest variance: a dead dimension never varies

    /// <summary>The share of votes it gets right, 0..1; by chance 1 / factors.</summary>
    public static double Evaluate(FactorTable table, long seed)
    {
        int z = table.Codes.Columns, factors = table.Names.Count;
        double[] usual = [.. Enumerable.Range(0, z)
            .Select(d => Variance(table.Codes, [.. Enumerable.Range(0, table.Codes.Rows)], d))];
        int[] active = [.. Enumerable.Range(0, z).Where(d => usual[d] > Inactive * usual.Max())];
        if (active.Length == 0) return 1.0 / factors;
        int[][][] sprites = [.. Enumerable.Range(0, factors).Select(f => ByValue(table, f))];
        var random = new SplitMix(seed);
        (int Factor, int Dimension) Vote()
        {
            int factor = random.Below(factors);
            int[][] groups = sprites[factor];
            int[] sharing = groups[random.Below(groups.Length)], drawn = new int[SpritesPerVote];
            for (int i = 0; i < drawn.Length; i++) drawn[i] = sharing[random.Below(sharing.Length)];
            return (factor, active.MinBy(d => Variance(table.Codes, drawn, d) / usual[d]));
        }

        var votes = new int[z, factors];
        for (int i = 0; i < LearningVotes; i++)
        {
            (int factor, int dimension) = Vote();
            votes[dimension, factor]++;
        }
        int[] meaning = [.. Enumerable.Range(0, z).Select(d => Enumerable.Range(0, factors).MaxBy(f => votes[d, f]))];
        int right = 0;
        for (int i = 0; i < JudgingVotes; i++)
        {
            (int factor, int dimension) = Vote();
            if (meaning[dimension] == factor) right++;
        }
        return (double)right / JudgingVotes;
    }

    private static int[][] ByValue(FactorTable table, int factor) =>
        [.. table.Column(factor).Select((value, row) => (value, row)).GroupBy(one => one.value, one => one.row)
            .OrderBy(group => group.Key).Select(group => group.ToArray())];

    private static double Variance(FeatureMatrix codes, int[] rows, int d)
    {
        double sum = 0, squares = 0;
        foreach (int row in rows)
        {
            double value = codes.Row(row)[d];
            sum += value;
            squares += value * value;
        }
        return Math.Max(0, (squares / rows.Length) - (sum / rows.Length * (sum / rows.Length)));
    }
}
