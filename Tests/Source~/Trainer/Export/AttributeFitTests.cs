using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Internal;
using VaeContent.Trainer.Data;
using VaeContent.Trainer.Export;

namespace VaeContent.Tests.Trainer.Export;

public sealed class AttributeFitTests
{
    // Latent 0 says whether there is a hat, latent 1 which hair; label b lies 2 farther along latent 2.
    private static readonly string[] Hair = ["long", "short"];
    private static readonly Sprite[] Sprites = [.. Enumerable.Range(0, 80).Select(i => new Sprite($"{i}", new Rgba32[64])
    {
        Label = i / 40,
        Factors = [i % 2 == 0 ? "none" : "hat", Hair[i / 2 % 2]],
    })];

    private static readonly SpriteSet Set = new(8, 8, Sprites, ["a", "b"], ["head", "hair"]);
    private static readonly Posteriors Codes = new(3,
        [.. Sprites.SelectMany(sprite => new[]
        {
            sprite.Factors[0] == "hat" ? 3f : 1f, sprite.Factors[1] == "long" ? -1f : 1f, 2f * sprite.Label
        })], new float[240]);

    [Test]
    public void DirectionsAreDifferencesOfMeans()
    {
        string[][] rows = [.. AttributeFit.Rows(Codes, Set, conditional: false).Split('\n').Select(row => row.Split('\t'))];
        Assert.That(rows.Select(row => row[0]), Is.EqualTo(new[] { "a", "b", "head", "head=hat", "hair=long", "hair=short" }));
        Assert.That(Direction(rows, "head"), Is.EqualTo(new[] { 2f, 0, 0 }));
        Assert.That(Direction(rows, "head=hat"), Is.EqualTo(new[] { 2f, 0, 0 }));
        Assert.That(Direction(rows, "hair=long"), Is.EqualTo(new[] { 0f, -2, 0 }));
        Assert.That(Direction(rows, "b"), Is.EqualTo(new[] { 0f, 0, 2 }));
    }

    [Test]
    public void LabelsTheModelIsToldAreNoAttributes() =>
        Assert.That(AttributeFit.Rows(Codes, Set, conditional: true).Split('\n').Select(row => row.Split('\t')[0]),
            Is.EqualTo(new[] { "head", "head=hat", "hair=long", "hair=short" }));

    [Test]
    public void WhatTooFewHaveIsLeftOut()
    {
        Sprite[] rare = [.. Sprites.Select((sprite, i) => sprite with { Factors = [i < 7 ? "crown" : "hat", "long"] })];
        Assert.That(AttributeFit.Rows(Codes, new SpriteSet(8, 8, rare, Set.Labels, ["head", "hair"]), conditional: true),
            Is.Empty);
    }

    private static float[] Direction(string[][] rows, string name) =>
        Array.ConvertAll(Q16.FromBase64(rows.Single(row => row[0] == name)[1], 3)!, Q16.ToSingle);
}
