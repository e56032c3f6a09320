using System.Globalization;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Cli;

/// <summary>Which sprites a bundle is judged by, and which it learnt from.</summary>
/// <param name="Judged">What it is judged by.</param>
/// <param name="Training">What it learnt from; null if that is not known.</param>
/// <param name="Fingerprint">That of everything in --against.</param>
/// <param name="Explanation">One line for people.</param>
internal sealed record EvaluationSets(SpriteSet Judged, SpriteSet? Training, string Fingerprint, string Explanation)
{
    /// <summary>Reads the folders; a set the bundle was trained on is split as it was then.</summary>
    /// <exception cref="UserError">A folder cannot be used, or its sprites do not suit the bundle.</exception>
    public static EvaluationSets Load(VaeBundle bundle, DataSettings against, DataSettings? train)
    {
        SpriteSet all = BundleSprites.Read(bundle, against);
        string fingerprint = all.Fingerprint;
        if (train is not null)
        {
            SpriteSet training = BundleSprites.Read(bundle, train);
            bool[] isKnown = ExactMatches.Among([.. all.Sprites.Select(sprite => sprite.Pixels)],
                training.Sprites.Select(sprite => sprite.Pixels));
            int known = isKnown.Count(one => one);
            string sets = $"sprites of {against.Folder}, against {training.Sprites.Count} of {train.Folder} as training";
            // By sprites that it learnt from, copies of them would pass for new ones.
            if (known > 0 && 2 * known <= isKnown.Length)
                return new EvaluationSets(all.Where(i => !isKnown[i]), training, fingerprint,
                    $"{isKnown.Length - known} {sets}; {known} that are in both are left out");
            return new EvaluationSets(all, training, fingerprint,
                $"all {isKnown.Length} {sets}" + (known > 0 ? $"; {known} are in both, which flatters the model" : ""));
        }
        if (Row(bundle, "fingerprint") != fingerprint
            || !double.TryParse(Row(bundle, "held out"), CultureInfo.InvariantCulture, out double share)
            || share is not (> 0 and < 1))
        {
            return new EvaluationSets(all, null, fingerprint, $"all {all.Sprites.Count} sprites of {against.Folder}, which is "
                + "not the set of the training (another fingerprint): "
                + "copies are not looked for; --train DIR names the training sprites");
        }

        var (learnt, heldOut) = all.Split(share);
        if (Row(bundle, "held-out fingerprint") is { Length: > 0 } expected && expected != heldOut.Fingerprint)
        {
            throw new UserError($"'{against.Folder}' holds the sprites of the training under other names or groups, so its "
                + "held-out ones cannot be told from the rest. "
                + "Name the folder it was trained on, with the same --grid, --labels and --include.");
        }
        return new EvaluationSets(heldOut, learnt, fingerprint,
            $"{heldOut.Sprites.Count} held-out sprites of {against.Folder}, split as for the training (same fingerprint); it "
                + $"learnt from the other {learnt.Sprites.Count}");
    }

    private static string Row(VaeBundle bundle, string key) => bundle.Provenance.TryGetValue(key, out string? row) ? row : "";
}
