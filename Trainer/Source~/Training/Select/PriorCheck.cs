using System;

namespace VaeContent.Trainer.Training.Select;

/// <summary>Which prior of a trained model ships, by how near samples come to held-out sprites.</summary>
internal sealed class PriorCheck(Dataset data) : IDisposable
{
    // More than chance, for guidance and a corrector make sprites cleaner even so.
    private const double Allowed = 1.15;

    private readonly Lazy<SetDistance?> _distance = new(() => SetDistance.To(data));

    /// <summary>Whether there are enough sprites to tell.</summary>
    public bool CanTell => _distance.Value is not null;

    /// <summary>
    /// Whether samples of one prior are clearly nearer than another's; false where there are too few sprites to tell.
    /// </summary>
    public bool IsClearlyNearer(VaeBundle one, VaeBundle other) => _distance.Value?.IsClearlyNearer(one, other) == true;

    /// <summary>
    /// Whether samples stay about as near with guidance or a corrector as without. Both make sprites cleaner; on sets of many
    /// kinds they can carry samples to the most typical ones, and the set as a whole moves away. True where there are too few
    /// sprites to tell.
    /// </summary>
    public bool StaysNear(VaeBundle with, VaeBundle without) =>
        _distance.Value is not { } distance || distance.Evaluate(with) <= Allowed * distance.Evaluate(without);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_distance.IsValueCreated) _distance.Value?.Dispose();
    }
}
