using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Export;
using VaeContent.Trainer.Model;

namespace VaeContent.Tests.Trainer.Model;

/// <summary>Fragments around a sprite, against the same steps pixel by pixel.</summary>
public sealed class IslandsTests
{
    [Test]
    public void TheGraphTakesTheStepsOfTheDefinition([Values(16, 24)] int height, [Values(12, 20)] int width,
        [Values(-0.6f, 0.4f)] float bias)
    {
        var normals = new Sampler(7, height);
        // Mostly visible in the upper half, mostly invisible below.
        float[] odds = [.. Enumerable.Range(0, height * width)
            .Select(i => normals.Normal(i) + bias + (i < height * width / 2 ? 1f : -1f))];
        float[] expected = Step(odds, height, width, nats: 3f);
        Assert.That(Run(odds, height, width, nats: 3f), Is.EqualTo(expected).Within(1e-5));
        Assert.That(expected, Is.Not.EqualTo(odds), "some pixels lose");
    }

    // A body with a long tail, a fragment that is unsure and one that is sure.
    [Test]
    public void UnsureFragmentsGo()
    {
        string[] before =
        [
            "..............##",
            "..............##",
            ".######.........",
            ".######.........",
            ".#########......",
            ".######..#......",
            ".######..#......",
            ".######.........",
            "..............##",
            "..............##",
        ];
        float[] odds = [.. string.Concat(before).Select(pixel => pixel == '#' ? 2f : -2f)];
        foreach (int at in new[] { 142, 143, 158, 159 }) odds[at] = 9f;
        string[] after = [.. before];
        after[0] = after[1] = new string('.', 16);
        Assert.That(Run(odds, 10, 16, nats: 4f).Select(one => one >= 0f),
            Is.EqualTo(string.Concat(after).Select(pixel => pixel == '#')));
    }

    [Test]
    public void PiecesOfLikeSizeStay()
    {
        string[] pair = ["###.....", "###.....", "###.....", "........", "........", ".....###", ".....###", ".....###"];
        float[] odds = [.. string.Concat(pair).Select(pixel => pixel == '#' ? 1f : -1f)];
        Assert.That(Run(odds, 8, 8, nats: 16f), Is.EqualTo(odds));
    }

    [Test]
    public void BlankSpritesStayBlank()
    {
        float[] odds = [.. Enumerable.Repeat(-1f, 64)];
        Assert.That(Run(odds, 8, 8, nats: 16f), Is.EqualTo(odds));
    }

    private static float[] Step(float[] odds, int height, int width, float nats)
    {
        int Count(Func<int, bool> has, int at, int reach) => Enumerable.Range(0, odds.Length)
            .Count(other => Math.Abs((other / width) - (at / width)) <= reach
                && Math.Abs((other % width) - (at % width)) <= reach && has(other));
        bool Visible(int at) => odds[at] >= 0f;
        int[] squares = [.. odds.Select((_, at) => Visible(at) ? Count(Visible, at, 3) : 0)];
        bool[] body = [.. squares.Select(count => count > 0 && count >= 0.4f * squares.Max())];
        for (int round = 0; round < 8; round++)
        {
            bool[] before = body;
            body = [.. odds.Select((_, at) => Visible(at) && Count(other => before[other], at, 1) > 0)];
        }
        return [.. odds.Select((one, at) => Visible(at) && !body[at] ? one - nats : one)];
    }

    private static float[] Run(float[] odds, int height, int width, float nats) =>
        BlockPlanes.Pixels(OnnxRun.Evaluate(BlockPlanes.FromPixels(odds, height, width),
            (g, x) => Islands.Step(g, x, nats)));
}
