namespace VaeContent.Trainer.Data;

/// <summary>Finds out how a folder shows characters in poses, if it does.</summary>
internal static class CharacterFinder
{
    /// <summary>
    /// How its characters are distinguished: rows of sheets where poses and frames are given; otherwise the JSON beside sheets;
    /// otherwise labels.csv; otherwise the names of files. Null for a folder of single sprites, or where other labels are asked
    /// for.
    /// </summary>
    /// <exception cref="UserError">What is asked for and what is there do not go together.</exception>
    public static CharacterSource? Find(SpriteScan scan, SpriteFolderOptions options)
    {
        bool isAsked = options.Poses.Count > 0;
        if (!options.Labels.IsAuto)
        {
            return isAsked ? throw new UserError("--poses and --labels exclude each other: the labels of characters are their "
                + "poses and frames. Leave one out.") : null;
        }
        if (!isAsked && (options.Frames.Count > 0 || options.Transposed))
            throw new UserError("--frames and --transposed need --poses, which names the rows of the sheets, as in --poses "
                + "up,left,down,right.");
        if (options.Frames.Count > 0) return new PoseRows([.. options.Poses], [.. options.Frames], options);
        if (AsepriteSheets.TryLoad(scan.Root, scan.Included, options.Poses) is { } sheets) return sheets;
        if (PoseTable.TryLoad(scan.Root, options.Poses) is { } table) return table;
        if (isAsked) return PoseNames.EndingIn(options.Poses);
        return options.Grid is null && !LabelTable.Exists(scan.Root) ? PoseNames.Guess(scan.Included) : null;
    }
}
