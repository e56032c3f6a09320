using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Data;

namespace VaeContent.Tests.Trainer.Data;

public sealed class DifferentiableAugmentationTests
{
    private const int Width = 24, Height = 16, Area = Width * Height, Batch = 64;

    // Each pixel is identified by where it was.
    [Test]
    public void SpritesMoveByAtMostAnEighthAndHalfIsCovered([Values] bool flip)
    {
        var (moved, kept) = Draw(flip, stream: 0);
        var moves = new HashSet<(int, int)>();
        int mirrored = 0;
        for (int b = 0; b < Batch; b++)
        {
            long[] from = moved[(b * Area)..((b + 1) * Area)];
            Assert.That(from, Is.Unique.And.All.InRange(0, Area - 1), "a permutation within the sprite");
            float[] seen = kept[(b * Area)..((b + 1) * Area)];
            bool isMirrored = from[1] % Width == (from[0] + Width - 1) % Width && from[0] / Width == from[1] / Width;
            if (isMirrored) mirrored++;
            int fromX = (int)from[0] % Width, dx = -(isMirrored ? Width - 1 - fromX : fromX), dy = -(int)(from[0] / Width);
            if (dx < -Width / 2) dx += Width;
            if (dy < -Height / 2) dy += Height;
            Assert.That((Math.Abs(dx), Math.Abs(dy)), Is.LessThanOrEqualTo((Width / 8, Height / 8)));
            moves.Add((dx, dy));
            for (int i = 0; i < Area; i++)
            {
                int x = (i % Width) - dx, y = (i / Width) - dy;
                if (x is < 0 or >= Width || y is < 0 or >= Height) Assert.That(seen[i], Is.Zero, "from beyond the border");
                else Assert.That(from[i], Is.EqualTo((y * Width) + (isMirrored ? Width - 1 - x : x)));
            }
            int covered = Enumerable.Range(0, Area).Count(i => seen[i] == 0f && (i % Width) - dx is >= 0 and < Width
                && (i / Width) - dy is >= 0 and < Height);
            Assert.That(covered, Is.LessThanOrEqualTo(Area / 4));
        }
        Assert.That(moves, Has.Count.GreaterThan(20));
        Assert.That(mirrored, flip ? Is.InRange(Batch / 4, Batch * 3 / 4) : Is.Zero);
        Assert.That(kept.Average(), Is.InRange(0.55, 0.85),
            "a rectangle of a quarter of the sprite, partly outside, and the borders");
    }

    [Test]
    public void EverySpriteHasItsOwnStream()
    {
        var (moved, kept) = Draw(flip: true, stream: 100);
        var (later, keptLater) = Draw(flip: true, stream: 101);
        Assert.That(kept[Area..], Is.EqualTo(keptLater[..^Area]), "the second sprite of one batch is the first of the next");
        Assert.That(moved[Area..], Is.EqualTo(later[..^Area]));
        Assert.That(kept[..Area], Is.Not.EqualTo(kept[Area..(2 * Area)]));
    }

    private static (long[] Moved, float[] Kept) Draw(bool flip, long stream)
    {
        var (moved, kept) = (new long[Batch * Area], new float[Batch * Area]);
        DifferentiableAugmentation.Fill(moved, kept, Width, Height, flip, seed: 7, stream);
        return (moved, kept);
    }
}
