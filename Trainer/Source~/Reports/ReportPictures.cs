using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Metrics;

namespace VaeContent.Trainer.Reports;

/// <summary>
/// The sections of a report that show sprites. Larger sprites are shown <paramref name="thinner"/> times fewer.
/// </summary>
internal sealed class ReportPictures(HtmlPage page, ReportSource run, SamplePool pool, int thinner) : IDisposable
{
    /// <summary>How many samples every report shows.</summary>
    public const int Samples = 64;

    private const int Training = 32, Pairs = 24, PerLabel = 17, MostLabels = 24, Lines = 6, Frames = 17, Closest = 9,
        ByChance = 6, Neighbours = 3;
    private readonly SpriteGenerator _sprites = new(run.Decoder, new GeneratorOptions { Device = run.Device });

    /// <summary>The first seeds.</summary>
    public void AddSamples() => page.Section("samples", "New sprites",
        "One for each seed, from the first. None is selected or retouched.",
        () => page.Add($"<div class=\"grid\">{string.Concat(Enumerable.Range(0, Samples).Select(Sample))}</div>"));

    /// <summary>Sprites of the set to compare with.</summary>
    public void AddTrainingSprites() => page.Section("training", "Your sprites",
        "Sprites of the training, evenly over the whole set, for comparison.",
        () => page.Sprites(run.Data.Train.Spread(Math.Max(8, Training / thinner)).Select(Named), "grid"));

    /// <summary>Held-out sprites and what encoder and decoder redraw.</summary>
    public void AddReconstructions() => page.Section("redrawn", "Sprites it has never seen, redrawn",
        "Left: your original. Right: the same sprite, encoded into a few numbers and redrawn from them. The "
            + "closer, the better the model understands your set.", () =>
        {
            Sprite[] originals = run.Data.HeldOut.Spread(Math.Max(4, Pairs / thinner));
            page.Add("<div class=\"pairs\">");
            IEnumerable<Bitmap> drawnAgain = Reconstructions.Decode(run.Encoder, _sprites, run.Data.HeldOut, originals);
            foreach (var (original, again) in originals.Zip(drawnAgain))
            {
                string redrawn = HtmlPage.Image(Picture(again.Pixels), $"{original.Path}, redrawn");
                page.Add($"<div class=\"two\">{Image(original)}{redrawn}</div>");
            }
            page.Add("</div>");
        });

    /// <summary>A row of samples for each label, where the model knows labels apart.</summary>
    public void AddLabels()
    {
        VaeBundle decoder = run.Decoder;
        if (!decoder.IsConditional && !decoder.Prior.DependsOnLabel) return;
        string left = decoder.Labels.Count > MostLabels ? $" The first {MostLabels} of {decoder.Labels.Count} labels." : "";
        page.Section("labels", "By label", "The game asks for a label, the model draws one of that kind." + left, () =>
        {
            for (int i = 0; i < Math.Min(decoder.Labels.Count, MostLabels); i++)
            {
                string label = decoder.Labels[i];
                page.Add($"<h3>{HtmlPage.Text(label)}<span>{run.Data.Train.LabelCounts[i]} learnt from</span></h3>");
                page.Sprites(Enumerable.Range(0, Math.Max(4, PerLabel / thinner)).Select(n =>
                    (Picture(_sprites.Generate(pool.FirstSeed + n, label)), $"{label}, seed {pool.FirstSeed + n}")),
                    "line two-lines");
            }
        });
    }

    /// <summary>Strips from one seed to another.</summary>
    public void AddInterpolations() => page.Section("morphs", "From one sprite to another",
        "A game can blend two seeds. In a good model, every step between them is a sprite too.", () =>
        {
            int frames = thinner == 1 ? Frames : 5;
            for (int i = 0; i < Math.Max(1, Lines / thinner); i++)
            {
                long from = pool.FirstSeed + (2 * i), to = from + 1;
                page.Add($"<h3>seed {from} to {to}</h3>");
                page.Sprites(Enumerable.Range(0, frames).Select(frame =>
                {
                    float t = frame / (frames - 1f);
                    return (Picture(_sprites.Interpolate(from, to, t)),
                        $"seed {from} to {to}, {t.ToString("P0", CultureInfo.InvariantCulture)}");
                }), frames == Frames ? "strip morph" : "strip");
            }
        });

    /// <summary>Samples and the training sprites that are most like them.</summary>
    public void AddNearest() => page.Section("nearest", "New, or copied?",
        $"Left: a new sprite. Right: the {Neighbours} most similar ones of the training, with the share of pixels that differ. "
            + "Near 0% means a copy.", () =>
        {
            int[] ranked = [.. Enumerable.Range(0, pool.Sprites.Count).OrderBy(i => pool.Distances[i])];
            int closest = Math.Max(2, Closest / thinner), byChance = Math.Max(2, ByChance / thinner);
            page.Add($"<h3>The {closest} closest of {pool.Sprites.Count.ToString("N0", CultureInfo.InvariantCulture)} new "
                + "sprites<span>the most suspicious ones</span></h3>");
            AddNeighbours(ranked.Take(closest));
            page.Add($"<h3>{byChance} by chance<span>what a game usually gets</span></h3>");
            AddNeighbours(Enumerable.Range(0, byChance));
        });

    /// <inheritdoc/>
    public void Dispose() => _sprites.Dispose();

    private void AddNeighbours(IEnumerable<int> samples)
    {
        IReadOnlyList<Sprite> training = run.Data.Train.Sprites;
        Rgba32[][] learnt = run.Data.Train.Pixels();
        page.Add("<div class=\"neighbours\">");
        foreach (int i in samples)
        {
            IEnumerable<string> nearest = SamplePool.Nearest(pool.Sprites[i], learnt, Neighbours).Select(found =>
                HtmlPage.Figure(Picture(training[found.Index].Pixels), training[found.Index].Path,
                    found.Distance == 0 ? "the same" : $"{Math.Ceiling(found.Distance * 100)}%"));
            page.Add($"<div class=\"four\">{Sample(i)}<span aria-hidden=\"true\">\u2192</span>{string.Concat(nearest)}</div>");
        }
        page.Add("</div>");
    }

    private string Sample(int i) =>
        HtmlPage.Figure(Picture(pool.Sprites[i]), $"seed {pool.FirstSeed + i}", $"{pool.FirstSeed + i}");

    private string Image(Sprite sprite) => HtmlPage.Image(Named(sprite).Item1, sprite.Path);

    private (Bitmap, string) Named(Sprite sprite) => (Picture(sprite.Pixels), sprite.Path);

    private Bitmap Picture(ReadOnlySpan<Rgba32> pixels) =>
        new(run.Decoder.Width, run.Decoder.Height, GeneratedSprites.ClearInvisible(pixels));
}
