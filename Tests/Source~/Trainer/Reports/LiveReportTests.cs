using System.IO;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Metrics;
using VaeContent.Trainer.Reports;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Reports;

public class LiveReportTests
{
    [Test]
    public void ReadsItselfAgainOnlyWhileTrainingGoesOn()
    {
        using var run = new UntrainedRun();
        var folder = new RunFolder(Path.Combine(run.Root, ".run"));
        TrainingLog log = TrainingLog.Open(folder.LogPath);
        var live = new LiveReport(folder, run.Model.Config, run.Model.Data);

        Step(1, 0.1, judged: false);
        Assert.That(folder.ReportPath, Does.Not.Exist, "nothing was judged");
        Step(2, 0.2, judged: true);
        string page = File.ReadAllText(folder.ReportPath);
        HtmlReportTests.Parse(page);
        Assert.That(page, Does.Contain("http-equiv=\"refresh\"").And.Contain("step 2,").And.Contain("<svg")
            .And.Contain("about 0:08 min left"));
        Step(3, 0.3, judged: true, seconds: 2);
        Assert.That(File.ReadAllText(folder.ReportPath), Is.EqualTo(page), "too soon after the last writing");

        live.End(finished: true);
        page = File.ReadAllText(folder.ReportPath);
        HtmlReportTests.Parse(page);
        Assert.That(page, Does.Not.Contain("http-equiv=\"refresh\"").And.Contain("step 3,").And.Contain("Finished"));
        live.End(finished: false);
        Assert.That(File.ReadAllText(folder.ReportPath), Does.Contain("--resume").And.Not.Contain("\"refresh\""));

        void Step(long step, double progress, bool judged, double? seconds = null)
        {
            var entry = new LogEntry(step, progress, seconds ?? step, 0, 100 - step, step, 1, 0.001, 5, judged ? 90 : null,
                judged ? 3 : null);
            log.Add(entry);
            live.Show(entry);
        }
    }

    [Test]
    public void ARunThatNeverBeganGetsNoPage()
    {
        using var run = new UntrainedRun();
        var folder = new RunFolder(Path.Combine(run.Root, ".none"));
        new LiveReport(folder, run.Model.Config, run.Model.Data).End(finished: false);
        Assert.That(folder.ReportPath, Does.Not.Exist);
    }
}
