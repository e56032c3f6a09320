using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Metrics;

namespace VaeContent.Tests.Trainer.Metrics;

/// <summary>Who it is, found again in another pose.</summary>
public sealed class CharacterFiguresTests
{
    private const int Characters = 20, Labels = 4;

    // One pixel: red says who, green which pose.
    private static readonly CharacterSheet[] Sheets = [.. Enumerable.Range(0, Characters).Select(i =>
        new CharacterSheet([.. Enumerable.Range(0, Labels).Select(pose => i == 5 && pose == 2 ? null
            : new[] { new Rgba32((byte)(10 * i), (byte)(60 * pose), 0) })]))];

    [Test]
    public void FeaturesThatSayWhoFindEveryCharacter() =>
        Assert.That(CharacterIdentity.Found(Sheets, sprites => Features(sprites, pixel => pixel.R / 10, Characters)),
            Is.EqualTo(1));

    [Test]
    public void FeaturesThatSayThePoseFindNobody() =>
        Assert.That(CharacterIdentity.Found(Sheets, sprites => Features(sprites, pixel => pixel.G / 60, Labels)),
            Is.LessThan(0.2));

    [Test]
    public void MissingFramesAreLeftOut() => Assert.That(Sheets[5].Labels, Is.EqualTo(new[] { 0, 1, 3 }));

    private static FeatureMatrix Features(IReadOnlyList<Rgba32[]> sprites, Func<Rgba32, int> at, int columns)
    {
        var values = new double[sprites.Count * columns];
        for (int i = 0; i < sprites.Count; i++) values[(i * columns) + at(sprites[i][0])] = 1;
        return new FeatureMatrix(values, columns);
    }
}
