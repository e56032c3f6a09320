using System;
using System.Linq;
using NUnit.Framework;
using VaeContent.Trainer.Images;
using VaeContent.Trainer.Reports;

namespace VaeContent.Tests.Trainer.Reports;

public class ReportPaletteTests
{
    [Test]
    public void AFewColoursStayAsTheyAre()
    {
        var sprite = new Bitmap(16, 16);
        for (int i = 0; i < 255; i++) sprite.Pixels[i] = new Rgba32((byte)i, 7, 9, (byte)(i % 2 == 0 ? 255 : 90));
        Assert.That(ReportPalette.Fit(sprite), Is.SameAs(sprite));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void ManyColoursBecomeAPaletteOfNearOnes(bool soft)
    {
        const int Seed = 11;
        var random = new Random(Seed);
        var sprite = new Bitmap(40, 40);
        foreach (ref Rgba32 pixel in sprite.Pixels.AsSpan(8))
            pixel = new Rgba32((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256),
                soft ? (byte)random.Next(1, 256) : (byte)255);
        Bitmap fitted = ReportPalette.Fit(sprite);
        Assert.That(fitted.Pixels.Distinct().Count(), Is.InRange(64, 256), $"seed {Seed}");
        Assert.That(fitted.Pixels.Take(8), Has.All.EqualTo(default(Rgba32)));
        double error = sprite.Pixels.Zip(fitted.Pixels).Average(pair => Math.Abs(pair.First.G - pair.Second.G)
            + Math.Abs(pair.First.A - pair.Second.A));
        Assert.That(error, Is.LessThan(soft ? 80 : 30), $"seed {Seed}");
    }
}
