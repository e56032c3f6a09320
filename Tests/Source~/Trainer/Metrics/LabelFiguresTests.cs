using NUnit.Framework;
using VaeContent.Trainer.Metrics;

namespace VaeContent.Tests.Trainer.Metrics;

public class LabelFiguresTests
{
    [Test]
    public void CertainAndEvenLabelsScoreTheirNumber() =>
        Assert.That(LabelFigures.InceptionOf(new FeatureMatrix([1, 0, 0, 0, 1, 0, 0, 0, 1], 3)), Is.EqualTo(3).Within(1e-12));

    [Test]
    public void OneLabelOrVagueOnesScoreOne()
    {
        Assert.That(LabelFigures.InceptionOf(new FeatureMatrix([1, 0, 1, 0], 2)), Is.EqualTo(1).Within(1e-12));
        Assert.That(LabelFigures.InceptionOf(new FeatureMatrix([0.5, 0.5, 0.5, 0.5], 2)), Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void UnknownLabelsDoNotCount() =>
        Assert.That(LabelFigures.AccuracyOf(new FeatureMatrix([0.9, 0.1, 0.2, 0.8, 0.3, 0.7], 2), [0, 0, -1]), Is.EqualTo(0.5));
}
