using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace VaeContent.Trainer.Data;

/// <summary>Sprites of one size, their labels, and how they were found. Never changes; safe to read from many threads.</summary>
public sealed class SpriteSet
{
    /// <summary>Of fewer groups than this, sprites of one are both learnt from and held out.</summary>
    internal const int FewestGroups = 4;

    // From this number on, a hash alone decides for each.
    private const int EnoughGroups = 16;
    private const double MostHeldOut = 0.4;

    /// <summary>A set of sprites of <paramref name="width"/> x <paramref name="height"/> pixels.</summary>
    /// <exception cref="ArgumentException">A sprite has another size or a label outside <paramref name="labels"/>.</exception>
    public SpriteSet(int width, int height, IReadOnlyList<Sprite> sprites, IReadOnlyList<string>? labels = null,
        IReadOnlyList<string>? factorNames = null, DataReport? report = null)
    {
        Width = width;
        Height = height;
        Sprites = sprites;
        Labels = labels ?? Array.Empty<string>();
        FactorNames = factorNames ?? Array.Empty<string>();
        Report = report ?? new DataReport { Files = sprites.Count, Pictures = sprites.Count, Kept = sprites.Count };

        var counts = new int[Labels.Count];
        foreach (Sprite sprite in sprites)
        {
            if (sprite.PixelCount != width * height)
                throw new ArgumentException($"'{sprite.Path}' has {sprite.PixelCount} pixels, a {width}x{height} set needs "
                    + $"{width * height}", nameof(sprites));
            if (sprite.Label < -1 || sprite.Label >= counts.Length)
                throw new ArgumentException(
                    $"'{sprite.Path}' has label {sprite.Label}, expected -1..{counts.Length - 1}", nameof(sprites));
            if (sprite.Label >= 0) counts[sprite.Label]++;
        }
        LabelCounts = counts;
    }

    /// <summary>Columns of every sprite.</summary>
    public int Width { get; }

    /// <summary>Rows of every sprite.</summary>
    public int Height { get; }

    /// <summary>The sprites, in ordinal order of path.</summary>
    public IReadOnlyList<Sprite> Sprites { get; }

    /// <summary>Label names; empty for a set without labels.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Sprites per label.</summary>
    public IReadOnlyList<int> LabelCounts { get; }

    /// <summary>The columns of labels.csv whose values are in <see cref="Sprite.Factors"/>.</summary>
    public IReadOnlyList<string> FactorNames { get; }

    /// <summary>
    /// The poses that characters are drawn in, whose frames are the labels in order; a sprite's group is its character. Empty for
    /// sets of single sprites.
    /// </summary>
    public IReadOnlyList<Pose> Poses => Report.Poses;

    /// <summary>What loading found; a part of a split carries the report of the whole.</summary>
    public DataReport Report { get; }

    /// <summary>
    /// 16 hexadecimal digits that depend on the size and the sprites' pixels, and on nothing else (not names, not order).
    /// </summary>
    public string Fingerprint
    {
        get
        {
            ulong[] hashes = [(ulong)Width << 32 | (uint)Height, .. Sprites.Select(sprite => sprite.Hash).Order()];
            return StableHash.Compute(hashes).ToString("x16", CultureInfo.InvariantCulture);
        }
    }

    /// <summary>
    /// Holds out about <paramref name="heldOutFraction"/> of the groups, chosen by a hash of their names alone: a sprite keeps
    /// its side when others come or go. Of fewer than 16 groups, as many are held out as the fraction takes, but no more than two
    /// fifths of the sprites; of fewer than 4, or where one group is nearly all, single sprites are, unless they are characters.
    /// Neither side is empty if there are two sprites and the fraction lies in 0..1. IDX files come split, whatever the fraction.
    /// A fraction of 0 holds nothing out.
    /// </summary>
    /// <exception cref="UserError">The fraction is negative, 1 or more, or not a number.</exception>
    public (SpriteSet Train, SpriteSet HeldOut) Split(double heldOutFraction = 0.2)
    {
        if (heldOutFraction is not (>= 0 and < 1))
            throw new UserError($"held-out fraction {heldOutFraction}: expected 0 or more and less than 1, such as 0.2.");
        if (heldOutFraction > 0 && IdxFolder.Split(this) is { } published) return published;
        bool byGroup = Poses.Count > 0
            || Sprites.Select(sprite => sprite.Group).Distinct(StringComparer.Ordinal).Take(EnoughGroups).Count() == EnoughGroups;
        if (!byGroup && heldOutFraction > 0 && FewGroups(heldOutFraction) is { } few)
            return (Where(i => !few.Contains(Sprites[i].Group)), Where(i => few.Contains(Sprites[i].Group)));
        ulong[] draws = [.. Sprites.Select(sprite => StableHash.Compute(byGroup ? sprite.Group : sprite.Path))];

        var threshold = (ulong)(heldOutFraction * Math.Pow(2, 64));
        if (heldOutFraction > 0 && draws.Distinct().Take(2).Count() == 2)
            threshold = ulong.Clamp(threshold, draws.Min() + 1, draws.Max());
        return (Where(i => draws[i] >= threshold), Where(i => draws[i] < threshold));
    }

    // Which of a few groups are held out; null where none can be.
    private HashSet<string>? FewGroups(double heldOutFraction)
    {
        KeyValuePair<string, int>[] groups = [.. Sprites.CountBy(sprite => sprite.Group, StringComparer.Ordinal)
            .OrderBy(group => StableHash.Compute(group.Key))];
        if (groups.Length < FewestGroups) return null;
        double wanted = heldOutFraction * Sprites.Count, most = Math.Max(MostHeldOut, heldOutFraction) * Sprites.Count;
        var chosen = new HashSet<string>(StringComparer.Ordinal);
        int count = 0;
        foreach (var (group, size) in groups)
        {
            if (count >= wanted || chosen.Count == groups.Length - 1) break;
            if (count + size > most) continue;
            chosen.Add(group);
            count += size;
        }
        return chosen.Count > 0 ? chosen : null;
    }

    /// <summary>The pixels of every sprite, (H, W) each, in order.</summary>
    public Rgba32[][] Pixels() => [.. Sprites.Select(sprite => sprite.Pixels)];

    /// <summary>
    /// At most <paramref name="count"/> sprites, evenly over the set, which is in order of path: some of everything.
    /// </summary>
    public Sprite[] Spread(int count)
    {
        int taken = Math.Min(count, Sprites.Count);
        return [.. Enumerable.Range(0, taken).Select(i => Sprites[(int)((long)i * Sprites.Count / taken)])];
    }

    /// <summary>
    /// The set itself, or <see cref="Spread"/> of it as a set where it has more than <paramref name="count"/> sprites.
    /// </summary>
    public SpriteSet Some(int count) =>
        Sprites.Count <= count ? this : new SpriteSet(Width, Height, Spread(count), Labels, FactorNames, Report);

    /// <summary>The sprites at some places.</summary>
    internal SpriteSet Where(Func<int, bool> isIn) => // an array, not a list, which has room to spare for as many again
        new(Width, Height, Sprites.Where((_, i) => isIn(i)).ToArray(), Labels, FactorNames, Report);
}
