using NUnit.Framework;
using VaeContent.Trainer.Metrics;
using static VaeContent.Tests.Trainer.Metrics.Pixels;

namespace VaeContent.Tests.Trainer.Metrics;

public class PaletteAdherenceTests
{
    [Test]
    public void CountsVisiblePixelsOnly()
    {
        var colours = PaletteAdherence.Colours([Row("r.g.")]);
        Assert.That(PaletteAdherence.Evaluate([Row("rb.."), Row("g...")], colours),
            Is.EqualTo(new PaletteAdherence(3, 1 / 3.0, 0)));
    }

    [Test]
    public void HalfTransparentPixelsCountByTheirColour()
    {
        var colours = PaletteAdherence.Colours([Row("9")]);
        Assert.That(PaletteAdherence.Evaluate([Row("45.r")], colours), Is.EqualTo(new PaletteAdherence(3, 1 / 3.0, 2 / 3.0)));
    }

    [Test]
    public void BlankSpritesHaveNothingToBlame() =>
        Assert.That(PaletteAdherence.Evaluate([Row("....")], PaletteAdherence.Colours([])),
            Is.EqualTo(new PaletteAdherence(0, 0, 0)));
}
