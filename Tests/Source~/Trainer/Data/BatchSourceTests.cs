using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using NUnit.Framework;
using VaeContent.Trainer.Data;

namespace VaeContent.Tests.Trainer.Data;

public sealed class BatchSourceTests
{
    private const int Area = 64, Batch = 6;
    private static readonly SpriteSet Set = SpriteSplitTests.Painted(20, i => $"{i}");

    [Test]
    public void EveryEpochShowsEverySpriteOnceInAFreshOrder()
    {
        List<ulong> drawn = Draw(new BatchSource(Set, Batch, seed: 1), batches: 10);
        List<ulong> first = drawn.GetRange(0, 20), second = drawn.GetRange(20, 20), third = drawn.GetRange(40, 20);
        foreach (List<ulong> epoch in new[] { first, second, third })
            Assert.That(epoch, Is.EquivalentTo(Set.Sprites.Select(s => s.Hash)));
        Assert.That(first, Is.Not.EqualTo(second));
        Assert.That(Draw(new BatchSource(Set, Batch, seed: 2), 10).GetRange(0, 20), Is.Not.EqualTo(first));
    }

    [Test]
    public void SmallSetsRepeatWithinABatch()
    {
        var source = new BatchSource(Set, 64, seed: 1);
        var rgba = new byte[64 * Area * 4];
        source.Next(rgba, default, default);
        Assert.That((source.Position, source.Epoch), Is.EqualTo((64, 3)));
    }

    [Test]
    public void PositionAndSeedAreTheWholeState()
    {
        var options = new AugmentationOptions(Flip: true, MaxShift: 3);
        var source = new BatchSource(Set, Batch, 9, options);
        Draw(source, 7, 0.8f);
        var resumed = new BatchSource(Set, Batch, 9, options) { Position = source.Position };
        Assert.That(Draw(resumed, 9, 0.8f), Is.EqualTo(Draw(source, 9, 0.8f)));
    }

    [Test]
    public void PairsAreOfOneCharacterWithTheLabelsOfTheirPoses()
    {
        using var box = new SpriteBox();
        SpriteSet set = box.PaintSheets(8).Load(CharacterBox.Rows(3));
        ColourPalette palette = ColourPalette.Fit(set.Sprites);
        var source = new BatchSource(set, 24, seed: 3, palette: palette);
        var (rgba, other, indices) = (new byte[24 * Area * 4], new byte[24 * Area * 4], new byte[24 * Area]);
        float[] labels = new float[24 * 6], otherLabels = new float[24 * 6];
        var pairs = new HashSet<(int, int)>();
        for (int step = 0; step < 20; step++)
        {
            source.NextPairs(rgba, labels, other, indices, otherLabels);
            for (int b = 0; b < 24; b++)
            {
                Rgba32 from = Middle(rgba, b), to = Middle(other, b);
                Assert.That(to.R, Is.EqualTo(from.R), "the same character");
                int label = Array.IndexOf(labels[(b * 6)..((b + 1) * 6)], 1f),
                    at = Array.IndexOf(otherLabels[(b * 6)..((b + 1) * 6)], 1f);
                Assert.That(from, Is.EqualTo(CharacterBox.Colour(from.R - 10, label / 3, label % 3)));
                Assert.That(to, Is.EqualTo(CharacterBox.Colour(to.R - 10, at / 3, at % 3)));
                Assert.That(palette.Palette[indices[(b * Area) + 36]], Is.EqualTo(to));
                pairs.Add((label, at));
            }
        }
        Assert.That(pairs, Has.Count.EqualTo(36), "every pose is drawn from every other");
        var resumed = new BatchSource(set, 24, seed: 3, palette: palette) { Position = source.Position };
        var again = new byte[other.Length];
        source.NextPairs(rgba, labels, other, indices, otherLabels);
        resumed.NextPairs(rgba, labels, again, indices, otherLabels);
        Assert.That(again, Is.EqualTo(other));
    }

    [Test]
    public void BothOfAPairAreChangedAsIsTold()
    {
        using var box = new SpriteBox();
        SpriteSet set = box.PaintSheets(8).Load(CharacterBox.Rows(3));
        var source = new BatchSource(set, 24, seed: 3, new AugmentationOptions { Told = 0.7f });
        var plain = new BatchSource(set, 24, seed: 3);
        byte[] rgba = new byte[24 * Area * 4], other = new byte[rgba.Length], plainRgba = new byte[rgba.Length],
            plainOther = new byte[rgba.Length];
        float[] labels = new float[24 * 6], otherLabels = new float[24 * 6], told = new float[24 * ToldAugmentation.Values];
        source.NextPairs(rgba, labels, other, [], otherLabels, told);
        plain.NextPairs(plainRgba, labels, plainOther, [], otherLabels);
        for (int b = 0; b < 24; b++)
        {
            float[] change = told[(b * ToldAugmentation.Values)..((b + 1) * ToldAugmentation.Values)];
            Assert.That(change[0], Is.Zero, "mirrored, a pose would be another");
            Assert.That(Sprite(rgba, b), Is.EqualTo(Changed(Sprite(plainRgba, b), change)));
            Assert.That(Sprite(other, b), Is.EqualTo(Changed(Sprite(plainOther, b), change)));
        }
        Assert.That(told.Count(value => value != 0), Is.GreaterThan(24));
    }

    private static Rgba32[] Sprite(byte[] sprites, int b) =>
        MemoryMarshal.Cast<byte, Rgba32>(sprites).Slice(b * Area, Area).ToArray();

    private static Rgba32[] Changed(Rgba32[] sprite, float[] told)
    {
        var changed = new Rgba32[Area];
        int side = (int)Math.Sqrt(Area), farthest = side / 8;
        (int dx, int dy) = ((int)Math.Round(told[1] * farthest), (int)Math.Round(told[2] * farthest));
        Placement.Copy(sprite, changed, side, flip: false, dx, dy);
        int turn = Enumerable.Range(0, HueTurns.Count).Single(i => HueTurns.Angle(i) is var (cosine, sine)
            && Math.Abs(cosine - 1f - told[3]) < 1e-5 && Math.Abs(sine - told[4]) < 1e-5);
        new HueTurns(null).Turn(changed, turn);
        return changed;
    }

    private static Rgba32 Middle(byte[] sprites, int b) => MemoryMarshal.Cast<byte, Rgba32>(sprites)[(b * Area) + 36];

    [Test]
    public void IndicesAndLabelsBelongToThePixels()
    {
        ColourPalette palette = ColourPalette.Fit(Set.Sprites);
        var source = new BatchSource(Set, Batch, 4, new AugmentationOptions(true, 8), palette);
        var rgba = new byte[Batch * Area * 4];
        var indices = new byte[Batch * Area];
        var labels = new float[Batch * 2];
        for (int n = 0; n < 10; n++)
        {
            source.Next(rgba, indices, labels, 1);
            Rgba32[] pixels = MemoryMarshal.Cast<byte, Rgba32>(rgba).ToArray();
            for (int b = 0; b < Batch; b++)
            {
                Rgba32[] shown = [.. pixels.Skip(b * Area).Take(Area).Where(p => p.A > 0)];
                int label = Set.Sprites.Single(s => shown.All(s.Pixels.Contains)).Label;
                Assert.That(labels.Skip(b * 2).Take(2), Is.EqualTo(new[] { label == 0 ? 1f : 0, label == 1 ? 1f : 0 }));
            }
            Assert.That(pixels, Is.EqualTo(indices.Select(i => palette.Palette[i])));
        }
    }

    [Test]
    public void ShiftsUseEveryMarginAndCutNothing()
    {
        // Painted sprites occupy columns 3 and 4 of row 3.
        var seen = new HashSet<(int, int)>();
        var source = new BatchSource(Set, Batch, 4, new AugmentationOptions(MaxShift: 2));
        var rgba = new byte[Batch * Area * 4];
        for (int n = 0; n < 100; n++)
        {
            source.Next(rgba, default, default, 1);
            for (int b = 0; b < Batch; b++)
            {
                Placement at = Placement.Margins(MemoryMarshal.Cast<byte, Rgba32>(rgba).Slice(b * Area, Area), 8);
                Assert.That((at.Left + at.Right, at.Top + at.Bottom), Is.EqualTo((6, 7)));
                seen.Add((at.Left, at.Top));
            }
        }
        Assert.That(seen, Has.Count.EqualTo(25));
        Assert.That((seen.Min(), seen.Max()), Is.EqualTo(((1, 1), (5, 5))));
    }

    [Test]
    public void StrengthIsTheShareOfSpritesVaried()
    {
        var source = new BatchSource(Set, 1000, 4, new AugmentationOptions(Flip: true));
        foreach ((float strength, int low, int high) in new[] { (0f, 0, 0), (0.5f, 200, 300), (1f, 440, 560) })
        {
            int flipped = Draw(source, 1, strength).Count(hash => Set.Sprites.All(s => s.Hash != hash));
            Assert.That(flipped, Is.InRange(low, high), $"strength {strength}");
        }
    }

    [Test]
    public void NextMakesNoGarbage()
    {
        var source = new BatchSource(Set, Batch, 4, new AugmentationOptions(true, 2), ColourPalette.Fit(Set.Sprites));
        var rgba = new byte[Batch * Area * 4];
        var indices = new byte[Batch * Area];
        var labels = new float[Batch * 2];
        Assert.That(Allocation.Least(() => { for (int n = 0; n < 1000; n++) source.Next(rgba, indices, labels, 0.5f); }),
            Is.Zero);
    }

    [Test]
    public void WrongLengthsAreRefused()
    {
        var source = new BatchSource(Set, Batch, 4);
        Assert.That(() => source.Next(new byte[5], default, default), Throws.ArgumentException);
        byte[] indices = new byte[Batch * Area];
        Assert.That(() => source.Next(default, indices, default), Throws.ArgumentException.With.Message.Contains("palette"));
    }

    private static List<ulong> Draw(BatchSource source, int batches, float strength = 0)
    {
        var drawn = new List<ulong>();
        var rgba = new byte[source.BatchSize * Area * 4];
        for (int n = 0; n < batches; n++)
        {
            source.Next(rgba, default, default, strength);
            for (int b = 0; b < source.BatchSize; b++)
                drawn.Add(StableHash.Compute(MemoryMarshal.Cast<byte, Rgba32>(rgba).Slice(b * Area, Area)));
        }
        return drawn;
    }
}
