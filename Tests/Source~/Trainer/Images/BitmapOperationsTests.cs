using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Images;

namespace VaeContent.Tests.Trainer.Images;

public sealed class BitmapOperationsTests
{
    private static readonly Rgba32 Red = new(255, 0, 0), Blue = new(0, 0, 255);

    [Test]
    public void ScaleRepeatsPixels()
    {
        Bitmap scaled = Numbered(2, 2).Scale(3);
        Assert.That((scaled.Width, scaled.Height), Is.EqualTo((6, 6)));
        int[] reds = [scaled[2, 2].R, scaled[3, 2].R, scaled[2, 3].R, scaled[5, 5].R];
        Assert.That(reds, Is.EqualTo(new[] { 0, 1, 2, 3 }));
    }

    [Test]
    public void CropCopiesARectangle()
    {
        IEnumerable<int> reds = Numbered(5, 4).Crop(2, 1, 2, 3).Pixels.Select(pixel => (int)pixel.R);
        Assert.That(reds, Is.EqualTo(new[] { 7, 8, 12, 13, 17, 18 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbered(5, 4).Crop(2, 1, 4, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbered(5, 4).Crop(-1, 0, 1, 1));
    }

    [TestCase(1, 1)]
    [TestCase(-1, -2)]
    [TestCase(3, 2)]
    [TestCase(9, 0)]
    [TestCase(0, -9)]
    [TestCase(-9, 9)]
    public void BlitAndDrawClipAtTheEdges(int x, int y)
    {
        Bitmap source = Numbered(3, 3), copied = new(4, 4), drawn = new(4, 4);
        copied.Blit(source, x, y);
        drawn.Draw(source, x, y);
        for (int row = 0; row < 4; row++)
        {
            for (int column = 0; column < 4; column++)
            {
                bool inside = column >= x && column < x + 3 && row >= y && row < y + 3;
                Rgba32 expected = inside ? source[column - x, row - y] : default;
                Assert.That((copied[column, row], drawn[column, row]), Is.EqualTo((expected, expected)));
            }
        }
    }

    [Test]
    public void DrawMixesByAlphaAndBlitDoesNot()
    {
        var half = new Bitmap(1, 1, [new Rgba32(255, 0, 0, 128)]);
        Assert.That(Drawn(half, Blue), Is.EqualTo(new Rgba32(128, 0, 127)));
        Assert.That(Drawn(half, default), Is.EqualTo(new Rgba32(255, 0, 0, 128)));
        Assert.That(Drawn(half, new Rgba32(255, 0, 0, 128)), Is.EqualTo(new Rgba32(255, 0, 0, 192)));
        Assert.That(Drawn(new Bitmap(1, 1), Blue), Is.EqualTo(Blue));
        var target = new Bitmap(1, 1, [Red]);
        target.Blit(half, 0, 0);
        Assert.That(target[0, 0], Is.EqualTo(half[0, 0]));
    }

    [Test]
    public void InvisibleMeansAlphaZeroEverywhere()
    {
        var bitmap = new Bitmap(2, 1, [new Rgba32(1, 2, 3, 0), default]);
        Assert.That(bitmap.IsInvisible());
        bitmap[1, 0] = new Rgba32(0, 0, 0, 1);
        Assert.That(bitmap.IsInvisible(), Is.False);
    }

    // Pixel number i has red i.
    public static Bitmap Numbered(int width, int height) =>
        new(width, height, Enumerable.Range(0, width * height).Select(i => new Rgba32((byte)i, 0, 9)).ToArray());

    private static Rgba32 Drawn(Bitmap source, Rgba32 below)
    {
        var target = new Bitmap(1, 1, [below]);
        target.Draw(source, 0, 0);
        return target[0, 0];
    }
}
