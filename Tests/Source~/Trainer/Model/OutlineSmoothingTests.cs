using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Export;
using VaeContent.Trainer.Model;

namespace VaeContent.Tests.Trainer.Model;

/// <summary>Stray pixels and holes, against the same rounds pixel by pixel.</summary>
public sealed class OutlineSmoothingTests
{
    private static readonly (float Strays, float Gaps)[] Nats = [(1f, 0f), (16f, 0f), (0f, 4f), (1f, 4f), (16f, 4f)];

    [Test]
    public void TheGraphTakesTheRoundsOfTheDefinition([ValueSource(nameof(Nats))] (float Strays, float Gaps) nats,
        [Values(16, 24)] int height, [Values(12, 20)] int width)
    {
        var (strays, gaps) = nats;
        var normals = new Sampler(7, height);
        // Mostly visible in the upper half, mostly invisible below.
        float[] given = [.. Enumerable.Range(0, height * width)
            .Select(i => normals.Normal(i) + (i < height * width / 2 ? 1.2f : -1.2f))];
        bool[] expected = Visible(Step(Step(given, given, height, width, strays, gaps), given, height, width, strays, gaps));
        Assert.That(Visible(Run(given, height, width, strays, gaps)), Is.EqualTo(expected));
        Assert.That(expected, Is.Not.EqualTo(Visible(given)), "some pixels are moved");
    }

    // A crumb beside a square, a gap in it, a line a pixel wide, and a crumb that is sure.
    [Test]
    public void CrumbsGoGapsCloseAndLinesStay()
    {
        string[] before =
        [
            ".#......",
            "........",
            "..####..",
            "..#.##..",
            "..####..",
            "..####..",
            ".....#..",
            ".#....##",
        ];
        string[] after =
        [
            "........",
            "........",
            "..####..",
            "..####..",
            "..####..",
            "..####..",
            ".....#..",
            ".#....##",
        ];
        float[] odds = [.. string.Concat(before).Select(pixel => pixel == '#' ? 2f : -2f)];
        odds[(7 * 8) + 1] = 9f;
        bool[] found = Visible(Run(odds, 8, 8, strays: 4f, gaps: 4f));
        Assert.That(found, Is.EqualTo(string.Concat(after).Select(pixel => pixel == '#')));
    }

    private static bool[] Visible(float[] odds) => [.. odds.Select(one => one >= 0f)];

    private static float[] Step(float[] now, float[] given, int height, int width, float strays, float gaps) =>
        [.. Enumerable.Range(0, height * width).Select(pixel =>
        {
            int y = pixel / width, x = pixel % width, count = 0;
            for (int ny = y - 1; ny <= y + 1; ny++)
            {
                for (int nx = x - 1; nx <= x + 1; nx++)
                {
                    if ((ny, nx) == (y, x) || ny < 0 || nx < 0 || ny >= height || nx >= width) continue;
                    if (now[(ny * width) + nx] >= 0f) count++;
                }
            }
            return given[pixel] + (gaps / 2f * Math.Max(0, count - 6)) - (strays / 2f * Math.Max(0, 2 - count));
        })];

    private static float[] Run(float[] odds, int height, int width, float strays, float gaps) =>
        BlockPlanes.Pixels(OnnxRun.Evaluate(BlockPlanes.FromPixels(odds, height, width),
            (g, x) => OutlineSmoothing.Step(g, x, strays, gaps)));
}
