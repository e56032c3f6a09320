using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Data;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// The classifier two-sample test (Lopez-Paz &amp; Oquab 2017): a small network learns to tell generated from real sprites and
/// is then asked about sprites of either kind that it never saw. It sees what single figures do not: broken outlines, specks,
/// shapes that mean nothing.
/// </summary>
/// <param name="Auc">
/// Area under the ROC curve: the chance that a generated sprite is ranked as more artificial than a real one. 0.5: the network
/// cannot tell them apart; 1: it always can.
/// </param>
/// <param name="RealAuc">The same between two halves of the real sprites: what a perfect model has, except for chance.</param>
/// <param name="Learnt">Sprites of either kind that the network learnt from.</param>
/// <param name="Judged">Sprites of either kind that it was asked about.</param>
public sealed record TwoSampleTest(double Auc, double RealAuc, int Learnt, int Judged)
{
    private const int MostLearnt = 2000, MostJudged = 1000;

    /// <summary>
    /// Tests samples, of which the more are of use the more real sprites there are; null where fewer than
    /// <see cref="SampleJudge.Fewest"/> of either kind can be learnt from or asked about.
    /// </summary>
    /// <param name="samples">Generated sprites.</param>
    /// <param name="learnt">Real sprites to learn from.</param>
    /// <param name="judged">Other real sprites, to ask about.</param>
    public static TwoSampleTest? Evaluate(IReadOnlyList<Rgba32[]> samples, SpriteSet learnt, SpriteSet judged)
    {
        Rgba32[][] known = Pixels(learnt, MostLearnt), asked = Pixels(judged, MostJudged);
        if (known.Length + asked.Length > samples.Count)
        {
            double share = (double)samples.Count / (known.Length + asked.Length);
            (known, asked) = (Pixels(learnt, (int)(known.Length * share)), Pixels(judged, (int)(asked.Length * share)));
        }
        if (Math.Min(known.Length, asked.Length) < 2 * SampleJudge.Fewest) return null;
        var (width, height) = (judged.Width, judged.Height);
        double auc = LearnAndAsk(width, height, known, [.. samples.Take(known.Length)], asked,
            [.. samples.Skip(known.Length).Take(asked.Length)]);
        var (knownHalves, askedHalves) = (Halves(known), Halves(asked));
        double floor = LearnAndAsk(width, height, knownHalves.Even, knownHalves.Odd, askedHalves.Even, askedHalves.Odd);
        return new TwoSampleTest(auc, floor, known.Length, asked.Length);
    }

    private static double LearnAndAsk(int width, int height, Rgba32[][] knownReal, Rgba32[][] knownOther, Rgba32[][] askedReal,
        Rgba32[][] askedOther)
    {
        IEnumerable<Sprite> Labelled(Rgba32[][] sprites, int label) => sprites.Select((pixels, i) =>
            new Sprite(new PicturePath($"{label}-{i}"), pixels) { Label = label });
        var set = new SpriteSet(width, height, [.. Labelled(knownReal, 0), .. Labelled(knownOther, 1)], ["real", "other"]);
        using SpriteClassifier classifier = SpriteClassifier.Train(set);
        double[] Scores(Rgba32[][] sprites)
        {
            FeatureMatrix probabilities = classifier.Probabilities(sprites);
            return [.. Enumerable.Range(0, sprites.Length).Select(row => probabilities.Row(row)[1])];
        }
        return RankedScores.Auroc(Scores(askedReal), Scores(askedOther));
    }

    private static Rgba32[][] Pixels(SpriteSet set, int most) => [.. set.Spread(most).Select(sprite => sprite.Pixels)];

    private static (Rgba32[][] Even, Rgba32[][] Odd) Halves(Rgba32[][] sprites) =>
        ([.. sprites.Where((_, i) => i % 2 == 0)], [.. sprites.Where((_, i) => i % 2 == 1)]);
}
