using NUnit.Framework;
using VaeContent.Trainer.Metrics;
using static VaeContent.Tests.Trainer.Metrics.Pixels;

namespace VaeContent.Tests.Trainer.Metrics;

public class ReconstructionTests
{
    [Test]
    public void PerfectReconstructionHasNoError()
    {
        Rgba32[][] sprites = [Row("..rg"), Row("bb..")];
        Assert.That(Reconstruction.Evaluate(sprites, sprites), Is.EqualTo(new Reconstruction(2, 1, 1, 1, null)));
    }

    [Test]
    public void CountsForegroundApartFromThePicture()
    {
        // Foreground rrgg: two of four right. Picture: one more pixel wrong (b where nothing was).
        Reconstruction found = Reconstruction.Evaluate([Row("...rrgg.")], [Row("..brrb..")]);
        Assert.That(found.ForegroundExact, Is.EqualTo(2 / 4.0));
        Assert.That(found.Exact, Is.EqualTo(5 / 8.0));
        Assert.That(found.SilhouetteIou, Is.EqualTo(3 / 5.0));
    }

    [Test]
    public void SilhouettesCountAlphaFrom128AndAverageOverSprites()
    {
        // 5 * 25 = 125 is background, 6 * 25 = 150 foreground. The second pair: 1 of 2.
        Reconstruction found = Reconstruction.Evaluate([Row("56"), Row("rr")], [Row(".6"), Row("r.")]);
        Assert.That(found.SilhouetteIou, Is.EqualTo((1 + 0.5) / 2));
    }

    [Test]
    public void PsnrPoolsSquaredErrorsOfPremultipliedChannels()
    {
        // One of four pixels is off by 255 in alpha and 200 in red: MSE = (255^2 + 200^2) / 16.
        double expected = 10 * System.Math.Log10(255.0 * 255 * 16 / ((255 * 255) + (200 * 200)));
        Assert.That(Reconstruction.Evaluate([Row("r..."), Row("....")], [Row("...."), Row("....")]).Psnr,
            Is.EqualTo(expected + (10 * System.Math.Log10(2))).Within(1e-9));
        Assert.That(Reconstruction.Evaluate([Row("r...")], [Row("....")]).Psnr, Is.EqualTo(expected).Within(1e-9));
    }

    [Test]
    public void ColourOfInvisiblePixelsDoesNotMatter() =>
        Assert.That(Reconstruction.Evaluate([[default]], [[new Rgba32(9, 9, 9, 0)]]).Exact, Is.EqualTo(1));
}
