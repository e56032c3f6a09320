using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Model;

namespace VaeContent.Trainer.Training;

/// <summary>The sprites of a run, split and with their palette.</summary>
/// <param name="All">Everything that was read.</param>
/// <param name="Train">What is learnt from.</param>
/// <param name="HeldOut">What is judged by.</param>
/// <param name="Palette">The colours of the set, fitted to what is learnt from.</param>
public sealed record Dataset(SpriteSet All, SpriteSet Train, SpriteSet HeldOut, ColourPalette Palette)
{
    // Pairs that occur in one of a thousand sprites are known from as many.
    private const int SpritesCounted = 4096;

    private SpriteStatistics? _statistics;
    private ColourPairs? _pairs;

    /// <summary>Reads the sprites that <paramref name="settings"/> name.</summary>
    /// <exception cref="UserError">The folder cannot be used; the message says why.</exception>
    public static Dataset Load(DataSettings settings)
    {
        if (settings.HeldOut is < 0.02 or > 0.5)
            throw new UserError($"data.heldOut is {settings.HeldOut}: expected 0.02 to 0.5.");
        if (settings.Memory is not (>= 0 and <= 1 << 20))
            throw new UserError($"data.memory is {settings.Memory}: expected 0 to {1 << 20} MiB.");
        SpriteSet all = SpriteFolder.Load(settings.Folder, Options(settings));
        var (train, heldOut) = all.Split(settings.HeldOut);
        if (settings.Balance && all.Labels.Count == 0)
            throw new UserError(
                $"data.balance=true needs labels, and '{settings.Folder}' has none: sort the sprites into folders, add a "
                + "labels.csv, or leave it out.");
        return new Dataset(all, train, heldOut, ColourPalette.Fit(train.Sprites, settings.Colours))
        {
            Shown = settings.Balance ? LabelBalance.Oversample(train) : train
        };
    }

    /// <summary>Reads the sprites of a run that remembers them.</summary>
    /// <exception cref="UserError">They are gone, or not those it learnt from; the message ends with
    /// <paramref name="advice"/>.</exception>
    public static Dataset LoadKnown(DataSettings settings, string advice)
    {
        if (!Path.Exists(settings.Folder))
            throw new UserError($"the sprites of the run are not in '{settings.Folder}', which does not exist: {advice}.");
        Dataset found = Load(settings);
        if (settings.Fingerprint is { } expected && found.All.Fingerprint != expected)
            throw new UserError($"'{settings.Folder}' does not hold the sprites that the run learnt from: found "
                + $"{found.All.Sprites.Count} with the fingerprint {found.All.Fingerprint}, expected {expected}; {advice}.");
        if (settings.HeldOutFingerprint is { } side && found.HeldOut.Fingerprint != side)
            throw new UserError($"'{settings.Folder}' holds the sprites that the run learnt from under other names or groups, so "
                + $"that other ones would be held out; {advice}.");
        return found;
    }

    /// <summary>What there is to count of <see cref="All"/>, counted once: that takes a look at every sprite.</summary>
    public SpriteStatistics Statistics => _statistics ??= SpriteStatistics.FromSet(All);

    /// <summary>Which colours of the palette occur together in <see cref="Train"/>, counted once.</summary>
    internal ColourPairs ColourPairs => _pairs ??= ColourPairs.Count(Train.Spread(SpritesCounted).Select(Palette.Quantise),
        All.Width, All.Height, Palette.Palette.Count - 1);

    /// <summary>
    /// What batches are drawn from and the prior is fitted to: <see cref="Train"/>, its rarer labels repeated where that is asked
    /// for.
    /// </summary>
    public SpriteSet Shown { get; private init; } = Train;

    /// <summary>The reading rules of <paramref name="settings"/>.</summary>
    public static SpriteFolderOptions Options(DataSettings settings) => new()
    {
        Size = settings.Size is null ? null : ParseSize(settings.Size),
        Grid = settings.Grid is null or "auto" ? null : SheetGrid.Parse(settings.Grid),
        IsGridAuto = settings.Grid == "auto",
        Key = settings.Key is null or "auto" ? null : Background.Parse(settings.Key),
        IsKeyAuto = settings.Key == "auto",
        ScaleDown = settings.ScaleDown is null ? null : settings.ScaleDown == "auto" ? new PixelScale(1, 0, 0)
            : PixelScale.Parse(settings.ScaleDown),
        Labels = LabelSource.Parse(settings.Labels),
        Poses = PoseList.Names(settings.Poses),
        Frames = PoseList.Frames(settings.Frames),
        Transposed = settings.Transposed,
        Include = settings.Include,
        SkipBad = settings.SkipBad,
        Budget = (long)(settings.Memory * (1 << 20)),
        Cache = settings.Cache,
    };

    /// <summary>For labels of several columns, each label's value in each of them, counted from 0; empty for others.</summary>
    public IReadOnlyList<IReadOnlyList<int>> LabelColumns
    {
        get
        {
            IReadOnlyList<IReadOnlyList<string>> labels = All.Report.LabelColumns;
            if (labels.Count == 0) return [];
            string[][] values = [.. labels[0].Select((_, column) => labels.Select(label => label[column]).Distinct().ToArray())];
            return [.. labels.Select(label => (int[])[.. label.Select((value, column) =>
                System.Array.IndexOf(values[column], value))])];
        }
    }

    /// <summary>Colours of the palette as <c>rrggbbaa</c>.</summary>
    public IReadOnlyList<string> PaletteText => [.. Palette.Palette.Colours.ToArray().Select(colour => colour.ToString())];

    /// <summary>Width and height of a text such as <c>32x48</c>.</summary>
    /// <exception cref="UserError">It reads otherwise.</exception>
    public static (int Width, int Height) ParseSize(string text)
    {
        string[] sides = text.Split('x', 'X');
        if (sides.Length == 2 && int.TryParse(sides[0], NumberStyles.None, CultureInfo.InvariantCulture, out int width)
            && int.TryParse(sides[1], NumberStyles.None, CultureInfo.InvariantCulture, out int height))
            return (width, height);
        throw new UserError($"size '{text}': expected width x height in pixels, as in 32x48.");
    }
}
