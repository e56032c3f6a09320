using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Data;

namespace VaeContent.Trainer.Metrics;

/// <summary>How far single latent dimensions mean single factors of how sprites were made.</summary>
/// <param name="Sprites">Sprites with known factors.</param>
/// <param name="Mig">Mutual information gap, mean over factors, 0..1; higher is better.</param>
/// <param name="FactorVae">FactorVAE score, 0..1; 1 / factors is chance.</param>
/// <param name="Dci">Disentanglement, completeness, informativeness.</param>
/// <param name="Factors">Factor by factor.</param>
/// <param name="MutualInformation">What each dimension tells of each factor by the factor's entropy, (Z, F): 1 is all.</param>
public sealed record Disentanglement(int Sprites, double Mig, double FactorVae, Dci Dci, IReadOnlyList<FactorFigures> Factors,
    IReadOnlyList<IReadOnlyList<double>> MutualInformation)
{
    /// <summary>
    /// Measures the encoder's means of sprites with factors in labels.csv. The same sprites and seed give the same figures.
    /// </summary>
    internal static Disentanglement Evaluate(Posteriors posteriors, SpriteSet set, long seed) =>
        Evaluate(FactorTable.FromPosteriors(posteriors, set), seed);

    /// <summary>Measures codes of known making.</summary>
    public static Disentanglement Evaluate(FactorTable table, long seed)
    {
        double[,] information = Metrics.MutualInformation.Evaluate(table);
        double[] gaps = Metrics.MutualInformation.Gaps(table, information);
        double[] entropies = [.. table.Names.Select((_, f) => Metrics.MutualInformation.Entropy(table.Column(f)))];
        IReadOnlyList<double>[] shares = [.. Enumerable.Range(0, table.Codes.Columns)
            .Select(d => (IReadOnlyList<double>)[.. entropies.Select((entropy, f) => information[d, f] / entropy)])];
        FactorFigures[] factors = [.. table.Names.Select((name, f) =>
        {
            int best = Enumerable.Range(0, shares.Length).MaxBy(d => shares[d][f]);
            return new FactorFigures(name, table.ValueCounts[f], best, shares[best][f], gaps[f]);
        })];
        return new Disentanglement(table.Codes.Rows, gaps.Average(), FactorVaeScore.Evaluate(table, seed),
            Dci.Evaluate(table, seed), factors, shares);
    }
}

/// <summary>Where one factor lies among the latents.</summary>
/// <param name="Name">Its column in labels.csv.</param>
/// <param name="Values">How many values it takes.</param>
/// <param name="Dimension">The dimension that tells most of it.</param>
/// <param name="Told">How much that is: mutual information by the factor's entropy, 0..1.</param>
/// <param name="Gap">How much more than the second-best dimension, 0..1.</param>
public sealed record FactorFigures(string Name, int Values, int Dimension, double Told, double Gap);
