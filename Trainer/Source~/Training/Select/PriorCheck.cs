using System;

namespace VaeContent.Trainer.Training.Select;

/// <summary>Which prior of a trained model ships, by how near samples come to held-out sprites.</summary>
internal sealed class PriorCheck(Dataset data) : IDisposable
{
    // More than chance, for both make sprites cleaner even so. Guidance gives up variety for shapes: a tenth of the distance and
    // more, of which the eye sees the shapes.
    private const double CorrectorAllowed = 1.15, GuidanceAllowed = 1.3;

    private readonly Lazy<SetDistance?> _distance = new(() => SetDistance.To(data));

    /// <summary>Whether there are enough sprites to tell.</summary>
    public bool CanTell => _distance.Value is not null;

    /// <summary>
    /// Whether samples of one prior are clearly nearer than another's; false where there are too few sprites to tell.
    /// </summary>
    public bool IsClearlyNearer(VaeBundle one, VaeBundle other) => _distance.Value?.IsClearlyNearer(one, other) == true;

    /// <summary>
    /// Whether a corrector is worth having: samples stay about as near with it as without. It makes sprites cleaner; on sets of
    /// many kinds it can carry samples to the most typical ones, and the set as a whole moves away. True where there are too
    /// few sprites to tell.
    /// </summary>
    public bool CorrectorHelps(VaeBundle with, VaeBundle without) => StaysNear(with, without, CorrectorAllowed);

    /// <summary>The same of guidance, which carries samples beyond the set where it is too strong.</summary>
    public bool GuidanceHelps(VaeBundle with, VaeBundle without) => StaysNear(with, without, GuidanceAllowed);

    private bool StaysNear(VaeBundle with, VaeBundle without, double allowed) =>
        _distance.Value is not { } distance || distance.Evaluate(with) <= allowed * distance.Evaluate(without);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_distance.IsValueCreated) _distance.Value?.Dispose();
    }
}
