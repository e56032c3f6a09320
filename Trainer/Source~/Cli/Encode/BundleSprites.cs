using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Cli;

/// <summary>Reads a folder of sprites for a bundle: of its size, and with its labels where it needs them.</summary>
internal static class BundleSprites
{
    /// <summary>Sprites for a decoder.</summary>
    /// <exception cref="UserError">The folder cannot be used, or its sprites do not suit the bundle.</exception>
    public static SpriteSet Read(VaeBundle bundle, DataSettings settings) =>
        Read(bundle.Name, bundle.Width, bundle.Height, bundle.IsConditional ? bundle.Labels : [], settings, keepAll: false);

    /// <summary>Sprites for an encoder, however few, copies too.</summary>
    /// <exception cref="UserError">As above.</exception>
    public static SpriteSet ReadAll(EncoderBundle bundle, DataSettings settings) =>
        Read(bundle.Name, bundle.Width, bundle.Height, bundle.IsConditional ? bundle.Labels : [], settings, keepAll: true);

    /// <summary>Sprites for a run, likewise; those without one of its labels have label -1.</summary>
    /// <exception cref="UserError">The folder cannot be used.</exception>
    public static SpriteSet ReadAll(TrainedModel model, DataSettings settings)
    {
        SpriteSet known = model.Data.All, set = Read("the run", known.Width, known.Height, [], settings, keepAll: true);
        string[] names = [.. known.Labels];
        return new SpriteSet(set.Width, set.Height,
            [.. set.Sprites.Select(sprite =>
                sprite with { Label = sprite.Label < 0 ? -1 : Array.IndexOf(names, set.Labels[sprite.Label]) })],
            names, set.FactorNames, set.Report);
    }

    private static SpriteSet Read(string name, int width, int height, IReadOnlyList<string> labels, DataSettings settings,
        bool keepAll)
    {
        // A verb that answers for single files need not guess the canvas.
        if (keepAll && settings.Size is null) settings = settings with { Size = $"{width}x{height}" };
        SpriteSet set = SpriteFolder.Load(settings.Folder, Dataset.Options(settings) with { KeepAll = keepAll });
        if ((set.Width, set.Height) != (width, height))
        {
            throw new UserError($"'{settings.Folder}' holds sprites of {set.Width}x{set.Height}, '{name}' is for "
                + $"{width}x{height}. Name the folder it was trained on, or read this one with --size {width}x{height}.");
        }
        return labels.Count > 0 ? Relabel(name, labels, set, settings.Folder) : set;
    }

    // The label of a sprite is its place among the bundle's names.
    private static SpriteSet Relabel(string name, IReadOnlyList<string> labels, SpriteSet set, string folder)
    {
        string[] names = [.. labels];
        Sprite Place(Sprite sprite)
        {
            int label = sprite.Label < 0 ? -1 : Array.IndexOf(names, set.Labels[sprite.Label]);
            string found = sprite.Label < 0 ? "no label" : $"the label '{set.Labels[sprite.Label]}'";
            return label >= 0 ? sprite with { Label = label } : throw new UserError(
                $"'{sprite.Path}' of '{folder}' has {found}; '{name}' needs one of: "
                + $"{string.Join(", ", names)}. Read the folder with the --labels it was trained with.");
        }
        return new SpriteSet(set.Width, set.Height, [.. set.Sprites.Select(Place)], names, set.FactorNames, set.Report);
    }
}
