namespace VaeContent.Trainer.Training;

/// <summary>Characters in poses: who it is in the latent, the pose in the label.</summary>
public static partial class Presets
{
    private static RunConfig Characters(Dataset data)
    {
        if (data.All.Poses.Count == 0)
            throw new UserError("--preset characters needs characters in poses, and the trainer finds none in these sprites. "
                + "Name the rows of their sheets, as in --poses up,left,down,right --frames 4, or write labels.csv with the "
                + "columns character, pose and frame.");
        RunConfig start = IsPalette(data) || !IsSigma(data) ? Palette(data) : Sigma(data);
        RunConfig poses = With(start, m => m with
        {
            ConditionLabels = data.All.Labels.Count,
            // One latent answers for every pose: Documentation~/recipes.md.
            Latent = 64,
            DecoderHidden = 256,
        },
            t => t with
            {
                CrossPose = true,
                Flip = false,
                // Pairs of poses are many more than sprites: small batches and long steps see most of them in a few minutes.
                Batch = 16,
                LearningRate = 4e-3f,
                // A whole set of changes is more than a few thousand steps learn: Documentation~/recipes.md.
                Augmentation = 0f,
                // One latent is for all poses of a character, so its KL is shared by them.
                Beta = 0.1f,
            });
        return (poses with { Preset = "characters", From = null }).WithAugmentation();
    }
}
