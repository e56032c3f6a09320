using NUnit.Framework;
using VaeContent.Trainer.Images;

namespace VaeContent.Tests.Trainer;

public sealed class BitmapTests
{
    [Test]
    public void PixelsRunRowByRow()
    {
        var bitmap = new Bitmap(3, 2);
        bitmap[2, 1] = new Rgba32(1, 2, 3);
        Assert.That(bitmap.Pixels[5], Is.EqualTo(new Rgba32(1, 2, 3)));
    }
}
