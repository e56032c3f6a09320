using System;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Models;

namespace VaeContent.Trainer.Training;

/// <summary>Named starting points: settings that suit a set, before what the user overrides.</summary>
public static class Presets
{
    /// <summary>The settings of a preset for a set of sprites.</summary>
    /// <exception cref="UserError">There is no preset of that name.</exception>
    public static RunConfig Of(string name, Dataset data) => name switch
    {
        "auto" => Auto(data),
        "palette" => Palette(data),
        "sigma" => Sigma(data),
        _ => throw new UserError($"there is no preset '{name}'. The presets are: auto, palette, sigma."),
    };

    /// <summary>One sentence on what <c>auto</c> chooses and why.</summary>
    public static string Explain(Dataset data) => SuitsPalette(data)
        ? "--preset palette (what auto chooses): the sprites share one palette, so each pixel is learnt as a choice of its colours"
        : "--preset sigma (what auto chooses): the sprites have no common palette, so colours are learnt as numbers with a fitted error";

    private static RunConfig Auto(Dataset data) => (SuitsPalette(data) ? Palette(data) : Sigma(data)) with { Preset = "auto" };

    private static bool SuitsPalette(Dataset data) => data.Palette.Report.IsCoherent && !HasSoftAlpha(data);

    private static bool HasSoftAlpha(Dataset data) => data.All.Report.SoftAlphaRatio > 0.02;

    private static RunConfig Palette(Dataset data) => Fit(data, "palette", new ModelSpec
    {
        Likelihood = Likelihood.Palette,
        Colours = data.Palette.Palette.Count,
    });

    private static RunConfig Sigma(Dataset data) => Fit(data, "sigma", new ModelSpec
    {
        Likelihood = Likelihood.Sigma,
        SoftAlpha = HasSoftAlpha(data),
    });

    private static RunConfig Fit(Dataset data, string name, ModelSpec model) => new()
    {
        Preset = name,
        Model = model with { Width = data.All.Width, Height = data.All.Height },
        Training = new TrainingSettings
        {
            Flip = SpriteStatistics.Of(data.All).SuggestFlip,
            VisibleShare = MathF.Min(1f, (float)Math.Round((1.1 * VisibleShare(data.Train)) + 0.02, 2)),
        },
    };

    private static double VisibleShare(SpriteSet set) =>
        set.Sprites.Sum(sprite => (double)sprite.Pixels.Count(pixel => pixel.A >= 128)) / ((double)set.Sprites.Count * set.Width * set.Height);
}
