using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Metrics;
using VaeContent.Trainer.Training;

namespace VaeContent.Trainer.Reports;

/// <summary>The sections of a report that show sprites.</summary>
internal sealed class ReportPictures(HtmlPage page, RunConfig config, Dataset data, VaeBundle decoder, EncoderBundle encoder) : IDisposable
{
    private const int Shown = 64, Pairs = 24, PerLabel = 16, MostLabels = 24, Morphs = 4, Frames = 16, Nearest = 8;
    private readonly SpriteGenerator _sprites = new(decoder);

    /// <summary>The first seeds, and as many sprites of the set.</summary>
    public void AddSamplesBesideTraining()
    {
        page.Add("<div class=\"pair\">");
        page.Section("Generated", "New sprites, one a seed. None is picked or touched up.",
            () => page.Sprites(Seeds(Shown).Select(seed => (Make(seed), $"seed {seed}"))));
        page.Section("The set it learnt from", "Sprites of the artist, evenly from the whole set.",
            () => page.Sprites(Spread(data.Train.Sprites, Shown).Select(sprite => (Picture(sprite.Pixels), sprite.Path))));
        page.Add("</div>");
    }

    /// <summary>Held-out sprites and what encoder and decoder make of them.</summary>
    public void AddReconstructions() => page.Section("Sprites it has never seen",
        "Left the original, right what the model remembers of it: the sprite squeezed into a few numbers and drawn again from those.", () =>
        {
            Sprite[] originals = Spread(data.HeldOut.Sprites, Pairs);
            page.Add("<div class=\"pairs\">");
            foreach (var (original, again) in originals.Zip(Reconstructions.Of(encoder, _sprites, data.HeldOut, originals)))
                AddPair(Picture(original.Pixels), original.Path, again, "from the model", null);
            page.Add("</div>");
        });

    /// <summary>A row of samples for each label, where the model knows labels apart.</summary>
    public void AddLabels()
    {
        if (!decoder.IsConditional && !decoder.Prior.DependsOnLabel) return;
        string left = decoder.Labels.Count > MostLabels ? $" The first {MostLabels} of {decoder.Labels.Count} labels." : "";
        page.Section("By label", "The game asks for a label, the model draws one of that kind." + left, () =>
        {
            for (int i = 0; i < Math.Min(decoder.Labels.Count, MostLabels); i++)
            {
                string label = decoder.Labels[i];
                page.Add($"<h3>{HtmlPage.Text(label)}<span>{data.Train.LabelCounts[i]} learnt from</span></h3>");
                page.Sprites(Seeds(PerLabel).Select(seed => (Make(seed, label), $"{label}, seed {seed}")), "strip");
            }
        });
    }

    /// <summary>Strips from one seed to another.</summary>
    public void AddMorphs() => page.Section("Morphs", "From one seed to another in equal steps. Good models stay sprites all the way.", () =>
    {
        long[] ends = [.. Seeds(Morphs + 1)];
        for (int i = 0; i < Morphs; i++)
        {
            page.Sprites(Enumerable.Range(0, Frames).Select(frame =>
            {
                float t = frame / (Frames - 1f);
                return (Picture(_sprites.Interpolate(ends[i], ends[i + 1], t)), $"seed {ends[i]} to {ends[i + 1]}, {t.ToString("P0", CultureInfo.InvariantCulture)}");
            }), "strip morph");
        }
    });

    /// <summary>Samples and the training sprites that are most like them.</summary>
    public void AddNearest() => page.Section("New, or copied?", "Left a generated sprite, right the most similar one of the set, and the share of pixels that differ.", () =>
    {
        var search = new NearestSprites([.. data.Train.Sprites.Select(sprite => sprite.Pixels)]);
        page.Add("<div class=\"pairs\">");
        foreach (long seed in Seeds(Nearest))
        {
            Bitmap sample = Make(seed);
            var (index, distance) = search.Find(sample.Pixels);
            Sprite nearest = data.Train.Sprites[index];
            AddPair(sample, $"seed {seed}", Picture(nearest.Pixels), nearest.Path, distance == 0 ? "the same" : $"{Math.Ceiling(distance * 100)}% differs");
        }
        page.Add("</div>");
    });

    /// <inheritdoc/>
    public void Dispose() => _sprites.Dispose();

    private void AddPair(Bitmap left, string leftName, Bitmap right, string rightName, string? caption) =>
        page.Add($"<figure><div class=\"two\">{HtmlPage.Image(left, leftName)}{HtmlPage.Image(right, rightName)}</div>"
            + (caption is null ? "" : $"<figcaption>{HtmlPage.Text(caption)}</figcaption>") + "</figure>");

    private IEnumerable<long> Seeds(int count) => Enumerable.Range(0, count).Select(i => config.Training.Seed + i);

    private Bitmap Make(long seed, string? label = null) => Picture(_sprites.Generate(seed, label));

    private Bitmap Picture(ReadOnlySpan<Rgba32> pixels)
    {
        Rgba32[] shown = pixels.ToArray();
        foreach (ref Rgba32 pixel in shown.AsSpan())
        {
            if (pixel.A == 0) pixel = default;
        }
        return new Bitmap(decoder.Width, decoder.Height, shown);
    }

    private static Sprite[] Spread(IReadOnlyList<Sprite> sprites, int count)
    {
        int taken = Math.Min(count, sprites.Count);
        return [.. Enumerable.Range(0, taken).Select(i => sprites[(int)((long)i * sprites.Count / taken)])];
    }
}
