using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Data;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Training;

public sealed class TrainingLogTests
{
    private SpriteBox _box = null!;

    private string FilePath => Path.Combine(_box.Root, "log.jsonl");

    [SetUp]
    public void MakeFolder() => _box = new SpriteBox();

    [TearDown]
    public void Remove() => _box.Dispose();

    [Test]
    public void WhatIsAddedIsRead()
    {
        TrainingLog log = TrainingLog.Open(FilePath);
        for (int step = 1; step <= 3; step++) log.Add(Entry(step));
        Assert.That(TrainingLog.Read(FilePath), Is.EqualTo(log.Entries));
        Assert.That(File.ReadAllLines(FilePath), Has.Length.EqualTo(3));
    }

    [Test]
    public void AnUnfinishedLastLineIsSkippedWhereverItBreaks()
    {
        TrainingLog log = TrainingLog.Open(FilePath);
        for (int step = 1; step <= 2; step++) log.Add(Entry(step));
        string text = File.ReadAllText(FilePath);
        int second = text.IndexOf('\n') + 1;
        for (int length = second; length < text.Length - 1; length++)
        {
            File.WriteAllText(FilePath, text[..length]);
            Assert.That(TrainingLog.Read(FilePath).Select(entry => entry.Step), Is.EqualTo(new[] { 1L }), text[second..length]);
        }
    }

    [Test]
    public void AResumedLogEndsWhereTheCheckpointDoes()
    {
        TrainingLog log = TrainingLog.Open(FilePath);
        for (int step = 1; step <= 5; step++) log.Add(Entry(step));
        File.AppendAllText(FilePath, "{\"step\":6,");
        TrainingLog resumed = TrainingLog.Open(FilePath, resumedStep: 3);
        resumed.Add(Entry(4));
        Assert.That(TrainingLog.Read(FilePath).Select(entry => entry.Step), Is.EqualTo(new[] { 1L, 2, 3, 4 }));
    }

    [Test]
    public void ANewRunStartsAnEmptyLog()
    {
        TrainingLog.Open(FilePath).Add(Entry(1));
        Assert.That(TrainingLog.Open(FilePath).Entries, Is.Empty);
        Assert.That(TrainingLog.Read(FilePath), Is.Empty);
    }

    [TestCase("\"step\":2", "\"step\":-2")]
    [TestCase("\"step\":2", "\"step\":9223372036854775807")]
    [TestCase("\"progress\":0.2", "\"progress\":1e300")]
    [TestCase("\"seconds\":3", "\"seconds\":1e300")]
    [TestCase("\"reconstruction\":100.25", "\"reconstruction\":1e308")]
    [TestCase("\"kl\":3.5", "\"kl\":-1e999")]
    public void FiguresThatNoTrainingHasAreSkipped(string written, string extreme)
    {
        TrainingLog log = TrainingLog.Open(FilePath);
        for (int step = 1; step <= 3; step++) log.Add(Entry(step));
        string[] lines = File.ReadAllLines(FilePath);
        Assert.That(lines[1], Does.Contain(written));
        lines[1] = lines[1].Replace(written, extreme, StringComparison.Ordinal);
        File.WriteAllLines(FilePath, lines);
        Assert.That(TrainingLog.Read(FilePath).Select(entry => entry.Step), Is.EqualTo(new[] { 1L, 3 }));
    }

    [Test]
    public void AMissingLogIsEmpty() => Assert.That(TrainingLog.Read(FilePath), Is.Empty);

    private static LogEntry Entry(long step) => new(step, step / 10.0, 1.5 * step, 0, 100.25, 3.5, 0.5, 1e-3, 12,
        step % 2 == 0 ? 101 : null, step % 2 == 0 ? 4 : null);
}
