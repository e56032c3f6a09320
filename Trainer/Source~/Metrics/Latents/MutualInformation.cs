using System;
using System.Linq;

namespace VaeContent.Trainer.Metrics;

/// <summary>What latent dimensions tell of factors, in nats, and the mutual information gap (Chen et al. 2018, eq. 6).</summary>
public static class MutualInformation
{
    /// <summary>Equal-width bins that a dimension is cut into (as in Locatello et al. 2019).</summary>
    public const int Bins = 20;

    /// <summary>I(z_d; v_f) for every dimension and factor, (Z, F), nats.</summary>
    public static double[,] Evaluate(FactorTable table)
    {
        int z = table.Codes.Columns, factors = table.Names.Count;
        int[][] values = [.. Enumerable.Range(0, factors).Select(table.Column)];
        var information = new double[z, factors];
        for (int d = 0; d < z; d++)
        {
            int[] bins = Cut(table.Codes, d);
            for (int f = 0; f < factors; f++) information[d, f] = Between(bins, Bins, values[f], table.ValueCounts[f]);
        }
        return information;
    }

    /// <summary>H(v), nats.</summary>
    public static double Entropy(int[] values) => values.CountBy(value => value).Sum(one =>
    {
        double p = (double)one.Value / values.Length;
        return -p * Math.Log(p);
    });

    /// <summary>
    /// The gap of each factor: what the dimension that tells most of it tells more than the second, by H(v). 1: one dimension has
    /// it all.
    /// </summary>
    public static double[] Gaps(FactorTable table) => Gaps(table, Evaluate(table));

    internal static double[] Gaps(FactorTable table, double[,] information) =>
        [.. Enumerable.Range(0, table.Names.Count).Select(f =>
    {
        double[] telling = [.. Enumerable.Range(0, table.Codes.Columns).Select(d => information[d, f]).OrderDescending()];
        return (telling[0] - (telling.Length > 1 ? telling[1] : 0)) / Entropy(table.Column(f));
    })];

    private static int[] Cut(FeatureMatrix codes, int d)
    {
        double[] column = [.. Enumerable.Range(0, codes.Rows).Select(row => codes.Row(row)[d])];
        double low = column.Min(), width = (column.Max() - low) / Bins;
        return [.. column.Select(value => width > 0 ? Math.Min(Bins - 1, (int)((value - low) / width)) : 0)];
    }

    private static double Between(int[] a, int countA, int[] b, int countB)
    {
        var joint = new double[countA, countB];
        var (ofA, ofB) = (new double[countA], new double[countB]);
        for (int i = 0; i < a.Length; i++)
        {
            joint[a[i], b[i]] += 1.0 / a.Length;
            ofA[a[i]] += 1.0 / a.Length;
            ofB[b[i]] += 1.0 / a.Length;
        }
        double sum = 0;
        for (int x = 0; x < countA; x++)
        {
            for (int y = 0; y < countB; y++)
            {
                if (joint[x, y] > 0) sum += joint[x, y] * Math.Log(joint[x, y] / (ofA[x] * ofB[y]));
            }
        }
        return Math.Max(0, sum);
    }
}
