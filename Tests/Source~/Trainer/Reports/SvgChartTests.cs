using NUnit.Framework;
using VaeContent.Trainer.Reports;

namespace VaeContent.Tests.Trainer.Reports;

public class SvgChartTests
{
    [Test]
    public void OfOneConstantPointIsFinite() =>
        Assert.That(SvgChart.Draw("flat", [new ChartSeries("a", "train", [(1, 7)])]),
            Does.Contain("<polyline").And.Not.Contain("NaN"));

    [Test]
    public void WithoutPointsIsNothing() => Assert.That(SvgChart.Draw("none", [new ChartSeries("a", "train", [])]), Is.Empty);

    [Test]
    public void TicksAreRoundAndNeverAllZero()
    {
        string chart = SvgChart.Draw("rate", [new ChartSeries("a", "train", [(0, 0), (12_000, 0.003)])]);
        Assert.That(chart, Does.Contain(">0.001<").And.Contain(">0.003<").And.Contain(">10k<").And.Contain(">0 steps<"));
    }

    [Test]
    public void APointFarAboveAllOthersIsCutOff()
    {
        var points = new (double, double)[100];
        for (int i = 0; i < points.Length; i++) points[i] = (i, i == 0 ? 1_000_000 : 50);
        points[99].Item2 = 0;
        Assert.That(SvgChart.Draw("loss", [new ChartSeries("a", "train", points)]), Does.Contain(">60<").And.Not.Contain("k<"));
    }
}
