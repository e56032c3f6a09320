namespace VaeContent.Trainer.Training.Select;

/// <summary>
/// Whether a prior's corrector is worth having. It makes sprites cleaner; on sets of many kinds of sprites it can carry samples
/// to the most typical ones, and the set as a whole moves away.
/// </summary>
internal static class CorrectorCheck
{
    // A second set of draws, and the random network's chance, move the distance by about 5%; more than this is a loss.
    private const double Allowed = 1.15;

    /// <summary>
    /// Whether samples with it stay as near to held-out sprites as without; true where there are too few sprites to tell.
    /// </summary>
    public static bool Helps(VaeBundle with, VaeBundle without, Dataset data)
    {
        using SetDistance? distance = SetDistance.To(data);
        return distance is null || distance.Of(with) <= Allowed * distance.Of(without);
    }
}
