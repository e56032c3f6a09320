using System;

namespace VaeContent.Trainer.Metrics;

/// <summary>How good a figure is, worst first.</summary>
public enum QualityLevel
{
    /// <summary>Not fit for a game.</summary>
    NotYet,

    /// <summary>Fit for some uses, with flaws that people see.</summary>
    Fair,

    /// <summary>Fit for a game.</summary>
    Good,
}

/// <summary>Where a figure is good and where it is fair; a figure on the limit is the better one.</summary>
/// <param name="Good">The limit of good. Above <paramref name="Fair"/>: higher is better. Below it: lower is better.</param>
/// <param name="Fair">The limit of fair.</param>
public sealed record QualityLimit(double Good, double Fair)
{
    /// <summary>For ratios that are best at 1: a figure below this is fair at most.</summary>
    public double Least { get; init; } = double.NegativeInfinity;

    /// <summary>The level of a figure.</summary>
    public QualityLevel Level(double figure) =>
        !Reaches(figure, Fair) ? QualityLevel.NotYet : Reaches(figure, Good) && figure >= Least
            ? QualityLevel.Good : QualityLevel.Fair;

    private bool Reaches(double figure, double limit) => Good > Fair ? figure >= limit : figure <= limit;
}

/// <summary>
/// What counts as good, for everything that judges a model: <c>evaluate</c>, <c>report</c> and the warnings of <c>train</c>. The
/// limits were chosen by eye on reports of painted heroes and LPC characters.
/// </summary>
public static class QualityLimits
{
    /// <summary>Foreground pixels of held-out sprites that come back exact, 0..1.</summary>
    public static QualityLimit ForegroundExact { get; } = new(0.7, 0.45);

    /// <summary>Decibels of held-out sprites, where colours are learnt as numbers: 20 is rough, 30 hard to distinguish.</summary>
    public static QualityLimit Psnr { get; } = new(22, 17);

    /// <summary>Intersection over union of silhouettes.</summary>
    public static QualityLimit Silhouettes { get; } = new(0.9, 0.75);

    /// <summary>
    /// <see cref="BeyondChance"/> of a set of samples. Painted heroes at 1.4 have cleaner sheets than at 1.3 without a corrector;
    /// <see cref="TwoSampleAuc"/> finds what such a distance does not.
    /// </summary>
    public static QualityLimit SetRatio { get; } = new(1.5, 3);

    /// <summary><see cref="TwoSampleTest.Auc"/>.</summary>
    public static QualityLimit TwoSampleAuc { get; } = new(0.75, 0.9);

    /// <summary><see cref="NearestRatio"/>.</summary>
    public static QualityLimit NearestRatios { get; } = new(1.25, 1.6);

    /// <summary>Coverage of samples by that of other real sprites.</summary>
    public static QualityLimit Coverage { get; } = new(0.95, 0.6);

    /// <summary>A figure of <see cref="PixelStatistics"/> by that of real sprites.</summary>
    public static QualityLimit PixelRatio { get; } = new(1.25, 2) { Least = 0.8 };

    /// <summary><see cref="SpeckRatio"/>.</summary>
    public static QualityLimit Specks { get; } = new(1.25, 2) { Least = 0.6 };

    /// <summary>How much two samples differ by how much two training sprites do.</summary>
    public static QualityLimit Spread { get; } = new(0.8, 0.6);

    /// <summary>Samples equal to an earlier one, 0..1.</summary>
    public static QualityLimit Repeats { get; } = new(0.02, 0.1);

    /// <summary>Samples nearer to a training sprite than 99% of held-out sprites are, 0..1: 1% is chance.</summary>
    public static QualityLimit NearCopies { get; } = new(0.05, 0.2);

    /// <summary>Samples equal to a training sprite, 0..1.</summary>
    public static QualityLimit ExactCopies { get; } = new(0.01, 0.1);

    /// <summary>
    /// What <see cref="Reconstruction.ForegroundExact"/> of training sprites exceeds that of held-out ones by, 0..1.
    /// </summary>
    public static QualityLimit Gap { get; } = new(0.1, 0.3);

    /// <summary>
    /// Nats a held-out sprite costs by those of a training sprite, where the palette does not keep pixels exact.
    /// </summary>
    public static QualityLimit NatsRatio { get; } = new(1.3, 2);

    /// <summary>The same in decibels, where colours are learnt as numbers.</summary>
    public static QualityLimit DecibelGap { get; } = new(3, 8);

    /// <summary>
    /// What the share of pixels off the set's colours exceeds that of held-out sprites by: never worse than fair.
    /// </summary>
    public static QualityLimit OffPalette { get; } = new(0.02, 1);

    /// <summary><see cref="Interpolation.LargestStep"/>.</summary>
    public static QualityLimit LargestStep { get; } = new(4, 8);

    /// <summary>
    /// The median distance of samples to the nearest training sprite by that of held-out sprites. Below 5% of the pixels, both
    /// are hard to tell from their neighbour.
    /// </summary>
    public static double NearestRatio(double samples, double heldOut) => Math.Max(samples, 0.05) / Math.Max(heldOut, 0.05);

    /// <summary>Orphan pixels of samples by those of real sprites; a few more or less, 2% of the pixels, are not seen.</summary>
    public static double SpeckRatio(double samples, double real) => (samples + 0.02) / (real + 0.02);

    /// <summary>Gaps of samples by those of real sprites; half a pixel a sprite is not seen.</summary>
    public static double GapRatio(double samples, double real) => (samples + 0.5) / (real + 0.5);

    /// <summary>A ratio less its standard error: what chance does not explain; null where the floor is 0.</summary>
    public static double? BeyondChance(DistanceRatio distance) => distance.Ratio - distance.Error;

    /// <summary>The worse of two levels.</summary>
    public static QualityLevel Worse(QualityLevel a, QualityLevel b) => a < b ? a : b;

    /// <summary>A level in words.</summary>
    public static string Word(QualityLevel level) => level switch
    {
        QualityLevel.Good => "Good",
        QualityLevel.Fair => "Fair",
        _ => "Not yet",
    };
}
