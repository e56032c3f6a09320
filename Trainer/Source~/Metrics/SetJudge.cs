using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics.Tensors;
using VaeContent.Trainer.Data;

namespace VaeContent.Trainer.Metrics;

/// <summary>
/// Judges samples by a set of sprites, in the features of the set's own classifier (where it has labels) and of a random network.
/// Real sprites that set the floor are never those the classifier learnt from, which it would see sharper than any others: it
/// learns from one half of the training sprites and the floor is drawn from the other. One thread at a time; dispose it when
/// done.
/// </summary>
public sealed class SetJudge : IDisposable
{
    private const int EnoughGroups = 16;

    private readonly IReadOnlyList<Sprite> _judged;
    private readonly List<IFeatureSpace> _spaces = [];
    private readonly SpriteClassifier? _classifier;
    private readonly SampleJudge _judge;
    private readonly FeatureMatrix? _realLabels;
    private readonly SpriteSet _judgedSet, _real, _other;

    private SetJudge(SpriteSet judged, SpriteSet other, SpriteSet real, SpriteSet study)
    {
        _other = other;
        _judged = judged.Sprites;
        (_judgedSet, _real) = (judged, real);
        Rgba32[][] pixels = judged.Pixels();
        if (SpriteClassifier.CanLearn(study))
        {
            _spaces.Add(_classifier = SpriteClassifier.Train(study));
            _realLabels = _classifier.Probabilities(pixels);
        }
        _spaces.Add(new RandomFeatures(judged.Width, judged.Height));
        _judge = new SampleJudge(pixels, real.Pixels(), _spaces);
    }

    /// <summary>Samples that <see cref="Judge"/> can make use of.</summary>
    public int Wanted => _judge.Wanted;

    /// <summary>
    /// Gets ready to judge by <paramref name="judged"/>, with <paramref name="training"/> as the other real sprites. Without
    /// those, half of the judged ones stand in for them. Null where that leaves fewer than <see cref="SampleJudge.Fewest"/>
    /// sprites on a side.
    /// </summary>
    public static SetJudge? For(SpriteSet judged, SpriteSet? training)
    {
        if (training is null) (judged, training) = Halve(judged);
        var (real, study) = Halve(training);
        return Math.Min(judged.Sprites.Count, real.Sprites.Count) < SampleJudge.Fewest ? null
            : new SetJudge(judged, training, real, study);
    }

    /// <summary>Judges generated sprites, <see cref="Wanted"/> at best and n at least.</summary>
    public SampleQuality Judge(IReadOnlyList<Rgba32[]> samples) => _judge.Judge(samples);

    /// <summary>Whether a network can learn to tell samples from real sprites; null where there are too few.</summary>
    public TwoSampleTest? Tell(IReadOnlyList<Rgba32[]> samples) => TwoSampleTest.Evaluate(samples, _other, _judgedSet);

    /// <summary>What the classifier says of samples; null for a set without labels.</summary>
    /// <param name="samples">Generated sprites.</param>
    /// <param name="asked">The label each was asked for, as an index of the set's labels; null for models without labels.</param>
    public LabelFigures? JudgeLabels(IReadOnlyList<Rgba32[]> samples, IReadOnlyList<int>? asked) => _classifier is null ? null
        : LabelFigures.Evaluate(_classifier.Probabilities(samples), asked, _realLabels!,
            [.. _judged.Select(sprite => sprite.Label)]);

    /// <summary>
    /// The share of generated and of judged sprites whose likeliest label is a frame of the pose asked for; nulls for a set
    /// without labels. The set has the bundle's labels.
    /// </summary>
    internal (double? Samples, double? Real) JudgePoses(IReadOnlyList<Rgba32[]> samples, IReadOnlyList<int> asked,
        VaeBundle bundle)
    {
        if (_classifier is null || samples.Count == 0) return (null, null);
        int[] rows = [.. bundle.Poses.SelectMany(pose => Enumerable.Repeat(pose.Row, pose.Frames))];
        double Share(int[] guesses, IReadOnlyList<int> labels) =>
            guesses.Zip(labels).Average(pair => rows[pair.First] == rows[pair.Second] ? 1.0 : 0.0);
        return (Share(Guesses(_classifier.Probabilities(samples)), asked),
            Share(Guesses(_realLabels!), [.. _judged.Select(sprite => sprite.Label)]));
    }

    /// <summary>The same label by label; empty for a set without labels. Targets come from <paramref name="bundle"/>.</summary>
    internal LabelQuality[] JudgeEachLabel(IReadOnlyList<Rgba32[]> samples, IReadOnlyList<int>? asked, VaeBundle bundle,
        SpriteSet? training)
    {
        if (_classifier is null) return [];
        int n = Math.Min(_judged.Count, Math.Min(samples.Count, _real.Sprites.Count));
        FeatureMatrix other = _classifier.Extract(_real.Pixels());
        Standardisation scale = Standardisation.Fit(other);
        FeatureMatrix real = scale.Apply(_classifier.Extract(_judgedSet.Pixels()));
        bool[] covered = Prdc.Covered(real, scale.Apply(_classifier.Extract([.. samples.Take(n)]))),
            byReal = Prdc.Covered(real, scale.Apply(other.Take(SampleJudge.Pick(other.Rows, n, 0))));
        string[] names = [.. bundle.Labels];
        double all = bundle.Prior.LabelCounts.ToArray().Sum();
        int Place(string label) => Array.IndexOf(names, label);
        return LabelQuality.Evaluate(_judgedSet.Labels,
            [.. _judgedSet.Labels.Select(label => training is null ? (int?)null
                : training.Sprites.Count(sprite => sprite.Label >= 0 && training.Labels[sprite.Label] == label))],
            [.. _judgedSet.Labels.Select(label => Place(label) < 0 || all <= 0 ? (double?)null
                : bundle.Prior.LabelCounts[Place(label)] / all)],
            Guesses(_classifier.Probabilities(samples)), asked, [.. _judged.Select(sprite => sprite.Label)],
            Guesses(_realLabels!), covered, byReal);
    }

    private static int[] Guesses(FeatureMatrix probabilities) =>
        [.. Enumerable.Range(0, probabilities.Rows).Select(row => TensorPrimitives.IndexOfMax(probabilities.Row(row)))];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IFeatureSpace space in _spaces) space.Dispose();
    }

    // Groups alternate, so that variants of one sprite stay together; sprites alternate where there are few groups.
    private static (SpriteSet Even, SpriteSet Odd) Halve(SpriteSet set)
    {
        string[] groups = [.. set.Sprites.Select(sprite => sprite.Group).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
        Dictionary<string, int> places = groups.Select((group, i) => (group, i))
            .ToDictionary(pair => pair.group, pair => pair.i, StringComparer.Ordinal);
        bool byGroup = groups.Length >= EnoughGroups;
        SpriteSet Half(int side) => new(set.Width, set.Height,
            [.. set.Sprites.Where((sprite, i) => (byGroup ? places[sprite.Group] : i) % 2 == side)], set.Labels);
        return (Half(0), Half(1));
    }
}
