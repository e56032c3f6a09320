using System;
using System.Collections.Generic;
using System.Linq;
using VaeContent.Trainer.Data;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// Whether a character is the same person in all poses, by a network that learnt to tell the training's characters apart in
/// whatever pose: of <see cref="Among"/> characters in one pose, the one whose features are nearest to a character in another
/// pose should be that character.
/// </summary>
/// <param name="Generated">The share of generated characters found so, 0..1.</param>
/// <param name="Real">The share of judged ones: the most to be expected.</param>
public sealed record CharacterIdentity(double Generated, double Real)
{
    /// <summary>How many characters one is found among; fewer where there are not as many.</summary>
    public const int Among = 16;

    private const int Rounds = 4, StepsPerCharacter = 3, MostSteps = 1500;

    internal static CharacterIdentity? Evaluate(CharacterSheet[] generated, CharacterSheet[] real, SpriteSet training)
    {
        string[] characters = [.. training.Sprites.Select(sprite => sprite.Group).Distinct(StringComparer.Ordinal)];
        if (characters.Length < 2 || Math.Min(generated.Length, real.Length) < 2) return null;
        Dictionary<string, int> places = characters.Index()
            .ToDictionary(one => one.Item, one => one.Index, StringComparer.Ordinal);
        var known = new SpriteSet(training.Width, training.Height,
            [.. training.Sprites.Select(sprite => sprite with { Label = places[sprite.Group] })], characters);
        using SpriteClassifier who = SpriteClassifier.Train(known,
            Math.Clamp(StepsPerCharacter * characters.Length, SpriteClassifier.Steps, MostSteps));
        return new CharacterIdentity(Found(generated, who.Extract), Found(real, who.Extract));
    }

    /// <summary>The share of characters that features of sprites, (N, D), find again.</summary>
    internal static double Found(CharacterSheet[] sheets, Func<IReadOnlyList<Rgba32[]>, FeatureMatrix> look)
    {
        var (at, sprites) = (new Dictionary<(int, int), int>(), new List<Rgba32[]>());
        for (int i = 0; i < sheets.Length; i++)
        {
            foreach (int label in sheets[i].Labels)
            {
                at.Add((i, label), sprites.Count);
                sprites.Add(sheets[i].Frames[label]!);
            }
        }
        FeatureMatrix features = look(sprites);
        features = Standardisation.Fit(features).Apply(features);
        int right = 0, asked = 0;
        var random = new SplitMix(seed: 1, stream: 0);
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < sheets.Length; i++)
            {
                int[] labels = sheets[i].Labels;
                if (labels.Length < 2) continue;
                int from = labels[random.Below(labels.Length)], to = labels[random.Below(labels.Length)];
                int first = random.Below(sheets.Length);
                int[] others = [.. Enumerable.Range(0, sheets.Length).Select(k => (first + k) % sheets.Length)
                    .Where(other => other != i && at.ContainsKey((other, to))).Take(Among - 1)];
                if (from == to || others.Length == 0) continue;
                asked++;
                int best = others.Append(i).MaxBy(other => Likeness(features.Row(at[(i, from)]), features.Row(at[(other, to)])));
                if (best == i) right++;
            }
        }
        return asked == 0 ? 0 : (double)right / asked;
    }

    private static double Likeness(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double dot = 0, aa = 1e-12, bb = 1e-12;
        for (int i = 0; i < a.Length; i++) (dot, aa, bb) = (dot + (a[i] * b[i]), aa + (a[i] * a[i]), bb + (b[i] * b[i]));
        return dot / Math.Sqrt(aa * bb);
    }
}
