using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using VaeContent.Internal;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Training;

public sealed class MixturePathTests
{
    // Five small Gaussians on a half circle of radius 10: the straight line between its ends crosses where nothing is.
    private static readonly (double X, double Y)[] Centres =
        [.. Enumerable.Range(0, 5).Select(i => (10 * Math.Cos(Math.PI * i / 4), 10 * Math.Sin(Math.PI * i / 4)))];
    private static readonly Prior Arc = Mixture(Centres, 1.0);

    [Test]
    public void EndsAreExact()
    {
        float[] a = [10.3f, -0.7f], b = [-9.1f, 0.4f], z = new float[2];
        var path = new MixturePath(Arc, a, -1, b, -1);
        path.At(0f, z);
        Assert.That(z, Is.EqualTo(a));
        path.At(1f, z);
        Assert.That(z, Is.EqualTo(b));
    }

    [Test]
    public void TheWayLeadsOverTheSteppingStones()
    {
        float[] a = [10.3f, -0.7f], b = [-9.1f, 0.4f], z = new float[2];
        var path = new MixturePath(Arc, a, -1, b, -1);
        Assert.That(path.Stones, Is.EqualTo(5));
        for (int i = 0; i <= 100; i++)
        {
            path.At(i / 100f, z);
            Assert.That(Math.Sqrt((z[0] * z[0]) + (z[1] * z[1])), Is.InRange(8, 12),
                $"at {i}%: the straight line would come within 0.2 of the middle");
        }
    }

    [Test]
    public void TheWayIsContinuous()
    {
        float[] a = [10.3f, -0.7f], b = [-9.1f, 0.4f], z = new float[2], before = (float[])a.Clone();
        var path = new MixturePath(Arc, a, -1, b, -1);
        for (int i = 1; i <= 1000; i++)
        {
            path.At(i / 1000f, z);
            Assert.That(Math.Max(Math.Abs(z[0] - before[0]), Math.Abs(z[1] - before[1])), Is.LessThan(0.1), $"at {i}/1000");
            z.CopyTo(before, 0);
        }
    }

    [Test]
    public void WithinOneGaussianItIsTheGreatArc()
    {
        float[] a = [11f, 0f], b = [10f, 1f], z = new float[2];
        var path = new MixturePath(Arc, a, -1, b, -1);
        Assert.That(path.Stones, Is.EqualTo(1));
        path.At(0.5f, z);
        Assert.That((z[0], z[1]), Is.EqualTo((10 + (float)Math.Sqrt(0.5), (float)Math.Sqrt(0.5))).Within(1e-4));
    }

    private static Prior Mixture((double X, double Y)[] centres, double deviation)
    {
        var numbers = new List<int>();
        foreach (var (x, y) in centres) numbers.AddRange(new[] { x, y, deviation, 0, deviation }
            .Select(value => (int)Math.Round(value * Q16.One)));
        return Prior.Mixture(2, [.. centres.Select(_ => 1)], [.. centres.Select(_ => -1)], [.. numbers]);
    }
}
