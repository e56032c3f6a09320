using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Data;

namespace VaeContent.Trainer.Metrics;

/// <summary>What a shipped model is worth, measured on the shipped files alone.</summary>
/// <param name="Samples">Sprites generated, of consecutive seeds.</param>
/// <param name="Seed">The first seed.</param>
/// <param name="ExactColours">Whether pixels are choices of the set's colours, so that they can come back exact.</param>
/// <param name="HeldOut">Reconstruction of the judged sprites; null without an encoder.</param>
/// <param name="Training">Reconstruction of as many training sprites; null without an encoder or without training
/// sprites.</param>
/// <param name="SampleColours">Colours of samples, by those of the training sprites (of the judged ones where training's are
/// unknown).</param>
/// <param name="HeldOutColours">Colours of the judged sprites by those of the training sprites: what a perfect model would
/// have.</param>
/// <param name="Repeats">The share of samples equal to an earlier sample, 0..1; lower is better.</param>
/// <param name="Novelty">Samples against the training sprites; null where those are unknown.</param>
/// <param name="Quality">How near samples are to the judged sprites; null where there are too few real ones to tell.</param>
/// <param name="TwoSample">Whether a network can learn to tell samples from real sprites; null where there are too few.</param>
/// <param name="Labels">What the set's own classifier says of samples; null where the set has no labels.</param>
/// <param name="EachLabel">Coverage and quality label by label; empty where the set has no labels.</param>
/// <param name="Pixels">What samples look like pixel by pixel, beside the judged sprites.</param>
/// <param name="Morphs">How sprites change from seed to seed.</param>
/// <param name="Latents">What the latents hold; null without an encoder.</param>
/// <param name="Characters">Whether characters are the same in all poses; null for models of single sprites.</param>
public sealed record Evaluation(int Samples, long Seed, bool ExactColours, Reconstruction? HeldOut, Reconstruction? Training,
    PaletteAdherence SampleColours, PaletteAdherence? HeldOutColours, double Repeats, Novelty? Novelty, SampleQuality? Quality,
    TwoSampleTest? TwoSample, LabelFigures? Labels, IReadOnlyList<LabelQuality> EachLabel, PixelComparison Pixels,
    Interpolation Morphs, LatentHealth? Latents, CharacterFigures? Characters)
{
    private const int MorphPairs = 16;

    // Enough to redraw, and to say how near real sprites lie to the training: the search takes their number times the set's.
    private const int MostCompared = 2000;

    /// <summary>
    /// Measures. Sets have the bundles' size and, for conditional models, their labels. <paramref name="training"/> is what the
    /// model learnt from, null if unknown.
    /// </summary>
    public static Evaluation Evaluate(VaeBundle decoder, EncoderBundle? encoder, SpriteSet judged, SpriteSet? training, int count,
        long seed, Device device = Device.Auto)
    {
        using SpriteGenerator generator = GeneratedSprites.Start(decoder, device);
        using SetJudge? judge = SetJudge.For(judged, training);
        Rgba32[][] drawn = GeneratedSprites.Draw(generator, seed, Math.Max(count, judge?.Wanted ?? 0)), samples = drawn[..count];
        SpriteSet compared = judged.Some(MostCompared);
        Rgba32[][] real = judged.Pixels();
        Rgba32[][]? learnt = training?.Pixels();
        IReadOnlySet<uint> colours = PaletteAdherence.Colours(learnt ?? real);
        int[]? asked = decoder.IsConditional || decoder.Prior.DependsOnLabel
            ? [.. drawn.Select((_, i) => Array.IndexOf([.. judged.Labels], decoder.Labels[decoder.Prior.PickLabel(seed + i)]))]
            : null;
        return new Evaluation(count, seed, decoder.Palette is not null,
            encoder is null ? null : Reconstruct(encoder, generator, compared),
            encoder is null || training is null ? null : Reconstruct(encoder, generator, training.Some(compared.Sprites.Count)),
            PaletteAdherence.Evaluate(samples, colours),
            learnt is null ? null : PaletteAdherence.Evaluate(real, colours),
            (double)ExactMatches.Repeats(samples) / count,
            learnt is null ? null : Novelty.Evaluate(samples, compared.Pixels(), learnt),
            judge?.Judge(drawn),
            judge?.Tell(drawn),
            judge?.JudgeLabels(drawn, asked),
            judge?.JudgeEachLabel(drawn, asked, decoder, training) ?? [],
            new PixelComparison(PixelStatistics.FromSprites(samples, decoder.Width),
                PixelStatistics.FromSprites(real, decoder.Width)),
            Interpolation.Evaluate(generator, learnt ?? real, MorphPairs, seed),
            encoder is null ? null : LatentHealth.Evaluate(encoder, generator, training ?? judged, seed),
            CharacterFigures.Evaluate(generator, encoder, judged, training, judge, seed));
    }

    private static Reconstruction Reconstruct(EncoderBundle encoder, SpriteGenerator generator, SpriteSet set) =>
        Reconstruction.Evaluate(set.Pixels(),
            [.. Reconstructions.Decode(encoder, generator, set, set.Sprites).Select(bitmap => bitmap.Pixels)]);
}
