using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace VaeContent.Trainer.Data;

/// <summary>
/// An endless stream of training batches. Each epoch shows every sprite once in a fresh order; batches run on across
/// epochs. What comes next depends on the seed and <see cref="Position"/> alone. For one thread; <see cref="Next"/> makes no
/// garbage.
/// </summary>
public sealed class BatchSource
{
    // Streams of the seed: the order of epoch e is stream 2e, the variation of draw p is stream 2p + 1, the other pose of draw p
    // is one of these, and what is told of draw p is stream -1 - p.
    private const long PairStream = 4L << 40;
    private readonly long _seed;
    private readonly AugmentationOptions _augmentation;
    private readonly SpriteSet _set;
    private readonly ColourPalette? _palette;
    private readonly Rgba32[] _read, _placed;
    private readonly ToldAugmentation? _told;
    private readonly int[] _order;
    private readonly int[][]? _ofCharacter; // by sprite, all of its character
    private long _orderedEpoch = -1, _position;

    /// <summary>Batches of <paramref name="batchSize"/> sprites of <paramref name="train"/>.</summary>
    /// <param name="train">At least one sprite; a small set is repeated within a batch.</param>
    /// <param name="batchSize">Sprites a batch, B.</param>
    /// <param name="seed">Decides the order and the variations.</param>
    /// <param name="augmentation">How sprites may be varied.</param>
    /// <param name="palette">Gives the indices; null if they are never asked for. It is used by this thread then.</param>
    public BatchSource(
        SpriteSet train, int batchSize, long seed, AugmentationOptions augmentation = default, ColourPalette? palette = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfZero(train.Sprites.Count, nameof(train));
        ArgumentOutOfRangeException.ThrowIfNegative(augmentation.MaxShift, nameof(augmentation));
        _set = train;
        _seed = seed;
        _augmentation = augmentation;
        BatchSize = batchSize;
        _palette = palette;
        _read = new Rgba32[train.Width * train.Height];
        _placed = new Rgba32[train.Width * train.Height];
        _order = new int[train.Sprites.Count];
        if (train.Poses.Count > 0) _ofCharacter = ByCharacter(train);
        if (augmentation.Told > 0f)
        {
            // Mirrored, a pose would be another one.
            bool mirrors = !augmentation.Flip && _ofCharacter is null;
            _told = new ToldAugmentation(train.Width, train.Height, augmentation.Told, mirrors, palette);
        }
    }

    /// <summary>Sprites a batch, B.</summary>
    public int BatchSize { get; }

    /// <summary>How many sprites were drawn so far. Store it to continue later; set it to go there.</summary>
    public long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    /// <summary>Complete passes over the set so far.</summary>
    public long Epoch => _position / _order.Length;

    /// <summary>Writes the next batch.</summary>
    /// <param name="rgba">B x H x W x 4 bytes, straight alpha; or empty.</param>
    /// <param name="indices">B x H x W palette indices; or empty.</param>
    /// <param name="labels">B x L, 1 at the sprite's label and 0 elsewhere (all 0 for a sprite without one); or empty.</param>
    /// <param name="augmentationStrength">The chance, 0..1, that a sprite is varied: then it is mirrored half the time, and
    /// moved by an even draw from what <see cref="AugmentationOptions.MaxShift"/> and its margins allow.</param>
    /// <param name="told">B x <see cref="ToldAugmentation.Values"/>: how sprites were changed besides, where
    /// <see cref="AugmentationOptions.Told"/> allows that; or empty, and they are not.</param>
    /// <exception cref="ArgumentException">A span has another length, or indices are asked for without a palette.</exception>
    public void Next(Span<byte> rgba, Span<byte> indices, Span<float> labels, float augmentationStrength = 0,
        Span<float> told = default)
    {
        int area = _set.Width * _set.Height;
        Check(rgba.Length, BatchSize * area * 4, nameof(rgba));
        Check(indices.Length, BatchSize * area, nameof(indices));
        Check(labels.Length, BatchSize * _set.Labels.Count, nameof(labels));
        Check(told.Length, BatchSize * ToldAugmentation.Values, nameof(told));
        if (indices.Length > 0 && _palette is null) throw new ArgumentException("indices need a palette", nameof(indices));

        Span<Rgba32> pixels = MemoryMarshal.Cast<byte, Rgba32>(rgba);
        labels.Clear();
        told.Clear();
        for (int b = 0; b < BatchSize; b++, _position++)
        {
            Sprite sprite = _set.Sprites[Draw()];
            sprite.CopyTo(_read);
            (bool flip, int dx, int dy) = Vary(augmentationStrength);
            Placement.Copy<Rgba32>(_read, _placed, _set.Width, flip, dx, dy);
            if (told.Length > 0)
            {
                _placed.CopyTo(_read, 0);
                VaryTold(told, b, _position);
            }
            if (rgba.Length > 0) _placed.CopyTo(pixels.Slice(b * area, area));
            if (_palette is not null && indices.Length > 0) _palette.QuantiseInto(_placed, indices.Slice(b * area, area));
            if (labels.Length > 0 && sprite.Label >= 0) labels[b * _set.Labels.Count + sprite.Label] = 1;
        }
    }

    /// <summary>
    /// Writes the next batch and, for each of its sprites, another one of the same character, drawn at random: itself as often as
    /// any other. What the networks are told of is done to both alike.
    /// </summary>
    /// <param name="rgba">As above.</param>
    /// <param name="labels">As above.</param>
    /// <param name="otherRgba">B x H x W x 4 bytes of the other sprites.</param>
    /// <param name="otherIndices">B x H x W palette indices of the other sprites; or empty.</param>
    /// <param name="otherLabels">B x L, of the other sprites.</param>
    /// <param name="told">As above.</param>
    /// <exception cref="InvalidOperationException">The set has no characters.</exception>
    public void NextPairs(Span<byte> rgba, Span<float> labels, Span<byte> otherRgba, Span<byte> otherIndices,
        Span<float> otherLabels, Span<float> told = default)
    {
        if (_ofCharacter is null) throw new InvalidOperationException("the set has no characters");
        int area = _set.Width * _set.Height;
        Check(otherRgba.Length, BatchSize * area * 4, nameof(otherRgba));
        Check(otherLabels.Length, BatchSize * _set.Labels.Count, nameof(otherLabels));
        otherLabels.Clear();
        for (int b = 0; b < BatchSize; b++)
        {
            int[] poses = _ofCharacter[DrawAt(_position + b)];
            var random = new SplitMix(_seed, PairStream + _position + b);
            Sprite other = _set.Sprites[poses[random.Below(poses.Length)]];
            other.CopyTo(_read);
            _read.CopyTo(_placed, 0);
            if (told.Length > 0) VaryTold(told, b, _position + b);
            _placed.CopyTo(MemoryMarshal.Cast<byte, Rgba32>(otherRgba).Slice(b * area, area));
            if (otherIndices.Length > 0) _palette!.QuantiseInto(_placed, otherIndices.Slice(b * area, area));
            otherLabels[(b * _set.Labels.Count) + other.Label] = 1;
        }
        Next(rgba, [], labels, told: told);
    }

    // Changes the sprite that was read into the one placed, the same way for the same draw.
    private void VaryTold(Span<float> told, int b, long draw) => _told?.Vary(_read, _placed,
        told.Slice(b * ToldAugmentation.Values, ToldAugmentation.Values), new SplitMix(_seed, -1 - draw));

    private static int[][] ByCharacter(SpriteSet set)
    {
        var members = new Dictionary<string, int[]>(StringComparer.Ordinal);
        foreach (var group in set.Sprites.Index().GroupBy(sprite => sprite.Item.Group, StringComparer.Ordinal))
            members.Add(group.Key, [.. group.Select(sprite => sprite.Index)]);
        return [.. set.Sprites.Select(sprite => members[sprite.Group])];
    }

    private int Draw() => DrawAt(_position);

    private int DrawAt(long position)
    {
        long epoch = position / _order.Length;
        if (_orderedEpoch != epoch)
        {
            _orderedEpoch = epoch;
            var random = new SplitMix(_seed, 2 * _orderedEpoch);
            for (int i = 0; i < _order.Length; i++)
            {
                // Fisher-Yates, inside out.
                int other = random.Below(i + 1);
                _order[i] = _order[other];
                _order[other] = i;
            }
        }
        return _order[position % _order.Length];
    }

    // How the sprite that was read is varied.
    private (bool Flip, int Dx, int Dy) Vary(float strength)
    {
        var random = new SplitMix(_seed, 2 * _position + 1);
        if (random.Unit() >= strength) return default;
        bool flip = _augmentation.Flip && random.Below(2) == 1;
        Placement margin = Placement.Margins(_read, _set.Width);
        (int left, int right) = flip ? (margin.Right, margin.Left) : (margin.Left, margin.Right);
        return (flip, Shift(ref random, left, right), Shift(ref random, margin.Top, margin.Bottom));
    }

    private int Shift(ref SplitMix random, int before, int after)
    {
        int back = int.Min(before, _augmentation.MaxShift), forth = int.Min(after, _augmentation.MaxShift);
        return random.Below(back + forth + 1) - back;
    }

    private static void Check(int found, int expected, string name)
    {
        if (found != 0 && found != expected)
            throw new ArgumentException($"expected {expected} elements or none, got {found}", name);
    }
}

/// <summary>How training sprites may be varied.</summary>
/// <param name="Flip">Whether a sprite may be mirrored left to right.</param>
/// <param name="MaxShift">How many pixels a sprite may move in each direction; never so far that a visible pixel is cut
/// off.</param>
/// <param name="Told">The chance, 0..1, of each of the strong changes that the networks receive as input.</param>
public readonly record struct AugmentationOptions(bool Flip = false, int MaxShift = 0, float Told = 0f);
