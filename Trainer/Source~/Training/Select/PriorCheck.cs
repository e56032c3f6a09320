using System;

namespace VaeContent.Trainer.Training.Select;

/// <summary>
/// Which prior of a trained model ships, by how near samples come to held-out sprites. Distances are null where there are too few
/// sprites to tell.
/// </summary>
internal sealed class PriorCheck(Dataset data) : IDisposable
{
    // More than chance, for both make sprites cleaner even so. Guidance gives up variety for shapes: a tenth of the distance and
    // more, of which the eye sees the shapes.
    private const double CorrectorAllowed = 1.15, GuidanceAllowed = 1.3;

    private readonly Lazy<SetDistance?> _distance = new(() => SetDistance.To(data));

    /// <summary>Whether there are enough sprites to tell.</summary>
    public bool CanTell => _distance.Value is not null;

    /// <summary>How far the samples of a bundle lie from held-out sprites.</summary>
    public double? Distance(VaeBundle bundle) => _distance.Value?.Evaluate(bundle);

    /// <summary>
    /// Whether a corrector is worth having: samples stay about as near with it as without. It makes sprites cleaner; on sets of
    /// many kinds it can carry samples to the most typical ones, and the set as a whole moves away. True where distances are not
    /// known.
    /// </summary>
    public static bool CorrectorHelps(double? with, double? without) => !(with > CorrectorAllowed * without);

    /// <summary>The same of guidance, which carries samples beyond the set where it is too strong.</summary>
    public static bool GuidanceHelps(double? with, double? without) => !(with > GuidanceAllowed * without);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_distance.IsValueCreated) _distance.Value?.Dispose();
    }
}
