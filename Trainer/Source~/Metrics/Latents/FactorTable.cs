using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Data;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// What a model says of sprites whose making is known: a code each, (N, Z), and the value of each factor, (N, F).
/// </summary>
public sealed class FactorTable
{
    private readonly int[] _values; // (N, F), 0..ValueCounts[f] - 1

    /// <summary>A table of codes and factor values, (N, F) row by row, each counted from 0.</summary>
    /// <exception cref="ArgumentException">Rows do not match.</exception>
    public FactorTable(FeatureMatrix codes, IReadOnlyList<string> names, int[] values)
    {
        if (values.Length != codes.Rows * names.Count)
            throw new ArgumentException($"{values.Length} values for {codes.Rows} sprites of {names.Count} factors",
                nameof(values));
        (Codes, Names, _values) = (codes, names, values);
        ValueCounts = [.. names.Select((_, f) => codes.Rows == 0 ? 0 : Column(f).Max() + 1)];
    }

    /// <summary>(N, Z): posterior means.</summary>
    public FeatureMatrix Codes { get; }

    /// <summary>Names of the factors, F of them.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many values each factor takes.</summary>
    public IReadOnlyList<int> ValueCounts { get; }

    /// <summary>The values of one factor, (N).</summary>
    public int[] Column(int factor) => [.. Enumerable.Range(0, Codes.Rows).Select(row => _values[(row * Names.Count) + factor])];

    /// <summary>
    /// The factors of labels.csv beside the codes of the same sprites; factors that never change, and those with more values than
    /// a twentieth of the sprites, tell nothing and are left out.
    /// </summary>
    /// <exception cref="UserError">No factor is left.</exception>
    internal static FactorTable FromPosteriors(Posteriors posteriors, SpriteSet set)
    {
        int[] rows = [.. Enumerable.Range(0, set.Sprites.Count)
            .Where(i => set.Sprites[i].Factors.Count == set.FactorNames.Count)];
        var (names, columns) = (new List<string>(), new List<int[]>());
        for (int f = 0; f < set.FactorNames.Count; f++)
        {
            string[] texts = [.. rows.Select(row => set.Sprites[row].Factors[f])];
            string[] distinct = [.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            if (distinct.Length < 2 || 20 * distinct.Length > rows.Length) continue;
            names.Add(set.FactorNames[f]);
            columns.Add([.. texts.Select(text => Array.BinarySearch(distinct, text, StringComparer.Ordinal))]);
        }
        if (names.Count == 0)
            throw new UserError("the sprites have no known factors: a labels.csv with the column 'file' and a column per factor "
                + "(hair, skin, ...) is needed; 'vaecontent paint heroes' writes one.");
        int z = posteriors.LatentSize;
        double[] codes = [.. rows.SelectMany(row => posteriors.Mu.AsSpan(row * z, z).ToArray()).Select(value => (double)value)];
        return new FactorTable(new FeatureMatrix(codes, z), names,
            [.. Enumerable.Range(0, rows.Length).SelectMany(i => columns.Select(column => column[i]))]);
    }
}
