using System;
using System.Collections.Generic;
using System.Linq;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// Disentanglement, completeness, informativeness (Eastwood and Williams 2018), by the importances of decision forests that learn
/// each factor from the latents.
/// </summary>
/// <param name="Disentanglement">1 where each dimension serves one factor only, 0 where each serves all alike.</param>
/// <param name="Completeness">1 where one dimension is enough for each factor.</param>
/// <param name="Informativeness">
/// The share of factor values guessed right from latents the forests have not seen, mean over factors.
/// </param>
public sealed record Dci(double Disentanglement, double Completeness, double Informativeness)
{
    private const int MostSprites = 4000;

    /// <summary>Learns from every other sprite and judges by the rest.</summary>
    public static Dci Evaluate(FactorTable table, long seed)
    {
        int z = table.Codes.Columns, factors = table.Names.Count, n = Math.Min(MostSprites, table.Codes.Rows);
        int[] learn = [.. Enumerable.Range(0, n).Where(i => i % 2 == 0)],
            judge = [.. Enumerable.Range(0, n).Where(i => i % 2 == 1)];
        var importance = new double[z, factors];
        double right = 0;
        for (int f = 0; f < factors; f++)
        {
            int[] values = table.Column(f);
            DecisionForest forest = DecisionForest.Learn(table.Codes, values, table.ValueCounts[f], learn, seed);
            for (int d = 0; d < z; d++) importance[d, f] = forest.Importance[d];
            right += judge.Average(row => forest.Guess(table.Codes.Row(row)) == values[row] ? 1.0 : 0) / factors;
        }
        return FromImportance(importance) with { Informativeness = right };
    }

    /// <summary>The first two of an importance matrix, (Z, F); informativeness is 0.</summary>
    internal static Dci FromImportance(double[,] importance)
    {
        int z = importance.GetLength(0), factors = importance.GetLength(1);
        double total = importance.Cast<double>().Sum();
        if (total <= 0) return new Dci(0, 0, 0);
        // Of each dimension's row, weighed by its part of all importance; of each factor's column, likewise.
        double disentanglement = Enumerable.Range(0, z)
            .Sum(d => Focus([.. Enumerable.Range(0, factors).Select(f => importance[d, f])]) / total);
        double completeness = Enumerable.Range(0, factors)
            .Sum(f => Focus([.. Enumerable.Range(0, z).Select(d => importance[d, f])]) / total);
        return new Dci(disentanglement, completeness, 0);
    }

    // (1 - entropy of the shares, to the base of their number) times their sum.
    private static double Focus(IReadOnlyList<double> shares)
    {
        double sum = shares.Sum();
        if (sum <= 0) return 0;
        double entropy = shares.Where(share => share > 0).Sum(share => -(share / sum) * Math.Log(share / sum));
        return sum * (shares.Count > 1 ? 1 - (entropy / Math.Log(shares.Count)) : 1);
    }
}
