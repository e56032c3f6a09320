using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Model;

namespace VaeContent.Trainer.Training;

/// <summary>
/// Named starting points: settings that suit a set, before what the user overrides. What was tried, and its figures, is in
/// Documentation~/recipes.md.
/// </summary>
public static partial class Presets
{
    // Labels with fewer sprites than this, on average, tell the networks too little to be worth their weights.
    private const int SpritesPerLabel = 8;

    // With fewer sprites than this, held-out ones are soon worse for training: see Documentation~/recipes.md.
    internal const int FewSprites = 1500;
    private const float ToldChanges = 0.5f;

    // What an artist picks for one sprite; sprites shaded by a program have hundreds.
    private const int FewColours = 32;
    private const double MaxSoftAlpha = 0.02;

    /// <summary>
    /// The settings of a preset for a set of sprites; <c>auto</c> is what is likeliest to suit, before any pilot.
    /// </summary>
    /// <exception cref="UserError">There is no preset of that name.</exception>
    public static RunConfig ForDataset(string name, Dataset data) => name switch
    {
        "auto" when data.All.Poses.Count > 0 => Characters(data) with { Preset = "auto" },
        "characters" => Characters(data),
        "auto" when IsGrey(data) => Grey(data) with { Preset = "auto" },
        "auto" => (IsPalette(data) || !IsSigma(data) ? Palette(data) : Sigma(data)) with { Preset = "auto" },
        "palette" => Palette(data),
        "sigma" => Sigma(data),
        _ => Family(name, data)
            ?? throw new UserError($"there is no preset '{name}'. The presets are: {string.Join(", ", Names)}."),
    };

    /// <summary>
    /// The presets that a pilot has to compare, since what is measured of the set does not decide between them; empty where it
    /// does.
    /// </summary>
    public static string[] Candidates(Dataset data) =>
        data.All.Poses.Count > 0 || IsGrey(data) || IsPixelArt(data) || IsSigma(data) ? [] : ["palette", "sigma"];

    /// <summary>One sentence on what <c>auto</c> does and why.</summary>
    public static string Explain(Dataset data)
    {
        if (data.All.Poses.Count > 0)
            return "--preset characters (what auto chooses): one latent holds who the character is, in every pose";
        if (IsGrey(data))
            return "--preset auto: all pixels are opaque grey, so one number a pixel is learnt, as Bernoulli";
        if (IsPalette(data))
            return "--preset palette (what auto chooses): the sprites share one palette, so each pixel is learnt as a choice of "
                + "its colours";
        if (IsPixelArt(data))
            return "--preset palette (what auto chooses): the sprites have hard edges and few colours each, so each pixel is "
                + $"learnt as a choice among the {data.Palette.Palette.Count} colours that suit them best";
        if (IsSigma(data))
            return "--preset sigma (what auto chooses): many pixels are half transparent, so colours are learnt as numbers with "
                + "a fitted error";
        return "--preset auto: the sprites have no common palette; a pilot on this machine decides between palette (the nearest "
            + $"of {ColourPalette.Usual} colours per pixel) and sigma (colours as numbers)";
    }

    private static bool IsPalette(Dataset data) => data.Palette.Report.IsCoherent;

    // Numbers for colours would be nearer to such sprites after a minute, and blurred after ten: see tuxemon64 in
    // Documentation~/recipes.md.
    private static bool IsPixelArt(Dataset data) =>
        IsPalette(data) || (data.All.Report.SoftAlphaRatio <= MaxSoftAlpha && data.Statistics.MedianColours <= FewColours);

    private static bool IsSigma(Dataset data) => !IsPalette(data) && data.All.Report.SoftAlphaRatio > 0.2;

    private static RunConfig Palette(Dataset data)
    {
        RunConfig plain = Fit(data, "palette", new ModelSpec
        {
            Likelihood = Likelihood.Palette,
            Colours = data.Palette.Palette.Count,
        });
        // Many sprites of one style gain nothing by more: Documentation~/recipes.md.
        if (IsOneStyle(data) && !AreFew(data)) return plain;
        // Of others, a corrector moves samples to the typical ones, and to copies; guidance keeps them away from mixtures.
        return With(plain with { From = BaseModel.PixelArt, Prior = plain.Prior with { Redraws = 0, Guidance = 2 } },
            m => m with { Latent = 64, DecoderHidden = 256, ContextChannels = 64 }, t => t with { Beta = 0.1f });
    }

    private static RunConfig Sigma(Dataset data) => Fit(data, "sigma", new ModelSpec
    {
        Likelihood = Likelihood.Sigma,
        SoftAlpha = data.All.Report.SoftAlphaRatio > MaxSoftAlpha,
    });

    private static RunConfig Fit(Dataset data, string name, ModelSpec model) => new RunConfig()
    {
        Preset = name,
        Model = model with
        {
            DecoderWidths = [32, 64, 104],
            Width = data.All.Width,
            Height = data.All.Height,
            ConditionLabels = LabelsTell(data) ? data.All.Labels.Count : 0,
        },
        Training = new TrainingSettings
        {
            Flip = data.Statistics.SuggestFlip,
            Beta = IsPalette(data) ? 1f : 0.5f,
            // Sprites of many kinds turn shapeless by it, and copy little without: Documentation~/recipes.md.
            Augmentation = AreFew(data) && IsOneStyle(data) ? ToldChanges : 0f,
        },
    }.WithAugmentation();

    // Sprites that share all of their few colours; packs of several styles have more.
    private static bool IsOneStyle(Dataset data) =>
        data.Palette.Report.IsComplete && data.Palette.Palette.Count <= ColourPalette.Usual;

    private static bool AreFew(Dataset data) => data.Train.Sprites.Count < FewSprites;

    private static bool LabelsTell(Dataset data) => data.All.Labels.Count >= 2
        && data.All.Sprites.All(sprite => sprite.Label >= 0)
        && data.Train.Sprites.Count >= SpritesPerLabel * data.All.Labels.Count;
}
