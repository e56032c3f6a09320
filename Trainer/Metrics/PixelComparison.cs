namespace VaeContent.Trainer.Metrics;

/// <summary>What samples look like pixel by pixel, beside real sprites. Ratios are 1 where they agree, null where real sprites have 0.</summary>
/// <param name="Samples">Those of samples.</param>
/// <param name="Real">Those of real sprites.</param>
public sealed record PixelComparison(PixelStatistics Samples, PixelStatistics Real)
{
    /// <summary>Colours of a sample by those of a real sprite.</summary>
    public double? ColourRatio => Ratio(Samples.Colours, Real.Colours);

    /// <summary>Orphan pixels.</summary>
    public double? OrphanRatio => Ratio(Samples.Orphans, Real.Orphans);

    /// <summary>Length of flat runs.</summary>
    public double? FlatRunRatio => Ratio(Samples.FlatRun, Real.FlatRun);

    /// <summary>Sharpness of edges.</summary>
    public double? EdgeRatio => Ratio(Samples.Edges, Real.Edges);

    /// <summary>Half transparent pixels.</summary>
    public double? SoftAlphaRatio => Ratio(Samples.SoftAlpha, Real.SoftAlpha);

    /// <summary>Drawn area.</summary>
    public double? DrawnAreaRatio => Ratio(Samples.DrawnArea, Real.DrawnArea);

    /// <summary>Pieces.</summary>
    public double? PieceRatio => Ratio(Samples.Pieces, Real.Pieces);

    private static double? Ratio(double samples, double real) => real > 0 ? samples / real : null;
}
