using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Data;

namespace VaeContent.Tests.Trainer.Data;

/// <summary>The networks receive exactly what was done to a sprite.</summary>
public sealed class ToldAugmentationTests
{
    private const int Width = 16, Height = 24, Draws = 400;
    private const double Third = Math.PI / 6;

    [Test]
    public void WhatIsToldWasDone([Values] bool mirrors)
    {
        Rgba32[] sprite = Sprite(seed: 3), changed = new Rgba32[sprite.Length], expected = new Rgba32[sprite.Length];
        var augmentation = new ToldAugmentation(Width, Height, 0.5f, mirrors, palette: null);
        var told = new float[ToldAugmentation.Values];
        var seen = new HashSet<(float, float, float, float)>();
        var hues = new HueTurns(null);
        for (int i = 0; i < Draws; i++)
        {
            augmentation.Vary(sprite, changed, told, new SplitMix(1, i));
            int turn = Enumerable.Range(0, HueTurns.Count).Single(turn => Math.Abs(told[3] - (Math.Cos(turn * Third) - 1)) < 1e-6
                && Math.Abs(told[4] - Math.Sin(turn * Third)) < 1e-6);
            Placement.Copy<Rgba32>(sprite, expected, Width, told[0] == 1f, (int)(told[1] * 2), (int)(told[2] * 3));
            hues.Turn(expected, turn);
            Assert.That(changed, Is.EqualTo(expected), $"draw {i}");
            seen.Add((told[0], told[1], told[2], turn));
        }
        Assert.That(seen.Select(one => one.Item1).Distinct().Count(), Is.EqualTo(mirrors ? 2 : 1));
        Assert.That(seen.Select(one => one.Item2).Distinct().Count(), Is.EqualTo(5), "two pixels either way, or none");
        Assert.That(seen.Select(one => one.Item3).Distinct().Count(), Is.EqualTo(7), "three pixels either way, or none");
        Assert.That(seen.Select(one => one.Item4).Distinct().Count(), Is.EqualTo(HueTurns.Count));
    }

    [Test]
    public void WithoutChanceASpriteStaysAndNothingIsTold()
    {
        Rgba32[] sprite = Sprite(seed: 4), changed = new Rgba32[sprite.Length];
        float[] told = [9, 9, 9, 9, 9];
        new ToldAugmentation(Width, Height, 0f, mirrors: true, palette: null).Vary(sprite, changed, told, new SplitMix(1));
        Assert.That(changed, Is.EqualTo(sprite));
        Assert.That(told, Is.All.Zero);
    }

    [Test]
    public void TurnedColoursAreThoseOfThePalette()
    {
        var palette = new ColourPalette(new Palette([default, new(200, 40, 40), new(40, 160, 40), new(60, 60, 210)]));
        Rgba32[] sprite = [new(200, 40, 40), new(40, 160, 40), default, new(200, 40, 40)];
        var turned = (Rgba32[])sprite.Clone();
        new HueTurns(palette).Turn(turned, 4);
        Assert.That(turned, Is.EqualTo(new Rgba32[] { new(40, 160, 40), new(60, 60, 210), default, new(40, 160, 40) }));
    }

    [Test]
    public void ColoursComeBackFromOklab()
    {
        for (int i = 0; i < 4096; i++)
        {
            var colour = new Rgba32((byte)(i % 16 * 17), (byte)(i / 16 % 16 * 17), (byte)(i / 256 * 17));
            Assert.That(Oklab.FromColour(colour).ToRgb(), Is.EqualTo(colour));
        }
    }

    [Test]
    public void ABatchTellsWhatItShows()
    {
        SpriteSet set = SpriteSplitTests.Painted(20, i => $"{i}");
        BatchSource Source() => new(set, 8, seed: 5, new AugmentationOptions(Told: 0.5f));
        byte[] rgba = new byte[8 * 64 * 4], again = new byte[8 * 64 * 4], plain = new byte[8 * 64 * 4];
        float[] told = new float[8 * ToldAugmentation.Values], toldAgain = new float[8 * ToldAugmentation.Values];
        BatchSource source = Source(), resumed = Source(), untold = Source();
        source.Next(rgba, default, default, 0, told);
        source.Next(rgba, default, default, 0, told);
        (resumed.Position, untold.Position) = (8, 8);
        resumed.Next(again, default, default, 0, toldAgain);
        untold.Next(plain, default, default);
        Assert.That((again, toldAgain), Is.EqualTo((rgba, told)), "position and seed decide");
        for (int b = 0; b < 8; b++)
        {
            if (rgba.AsSpan(b * 256, 256).SequenceEqual(plain.AsSpan(b * 256, 256))) continue;
            Assert.That(told.Skip(b * ToldAugmentation.Values).Take(ToldAugmentation.Values), Has.Some.Not.Zero);
        }
        Assert.That(told, Has.Some.Not.Zero);
    }

    private static Rgba32[] Sprite(long seed)
    {
        var draws = new Sampler(seed);
        byte Byte(int at) => (byte)draws.Below(256, at);
        return [.. Enumerable.Range(0, Width * Height).Select(i => draws.Below(3, 4 * i) == 0 ? default
            : new Rgba32(Byte((4 * i) + 1), Byte((4 * i) + 2), Byte((4 * i) + 3)))];
    }
}
