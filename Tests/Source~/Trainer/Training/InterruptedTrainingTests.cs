using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using NUnit.Framework;
using VaeContent.Tests.Trainer.Data;
using VaeContent.Trainer.Model;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Training;

/// <summary>
/// The program, killed, terminated or interrupted at some moment and resumed, ends with the bits of a run that nothing disturbed.
/// <c>VAECONTENT_INTERRUPTIONS</c> says how often each case is tried; once if it does not.
/// </summary>
[NonParallelizable]
public sealed class InterruptedTrainingTests
{
    private const int Steps = 200, MostDelay = 400;

    private readonly Dictionary<int, byte[]> _whole = [];
    private SpriteBox _box = null!;

    [OneTimeSetUp]
    public void Paint()
    {
        if (OperatingSystem.IsWindows()) Assert.Ignore("Windows knows no such signals");
        _box = new SpriteBox();
        _box.PaintHeroes(64);
    }

    [OneTimeTearDown]
    public void Remove() => _box?.Dispose();

    [TestCase(1, "KILL", 137)]
    [TestCase(1, "INT", 130)]
    [TestCase(2, "KILL", 137)]
    [TestCase(2, "TERM", 143)]
    public void WhatIsResumedEndsAsWhatWasNeverInterrupted(int lanes, string signal, int expected)
    {
        int tries = int.TryParse(Environment.GetEnvironmentVariable("VAECONTENT_INTERRUPTIONS"), out int given) ? given : 1;
        Random random = TestSeed.NewRandom();
        byte[] whole = Whole(lanes);
        for (int i = 0; i < tries; i++)
        {
            string run = Path.Combine(_box.Root, ".runs", $"{lanes}-{signal}-{i}");
            int code = Interrupt(lanes, run, signal, random.Next(MostDelay));
            Assert.That(code, Is.EqualTo(expected).Or.Zero, "0 where it had ended before");
            Start(lanes, run, "--resume").Wait().IsDone();
            Assert.That(State(run), Is.EqualTo(whole), $"try {i}");
        }
    }

    private int Interrupt(int lanes, string run, string signal, int delay)
    {
        using TrainerProgram job = Start(lanes, run);
        while (!File.Exists(new RunFolder(run).CheckpointPath) && !job.HasEnded) Thread.Sleep(5);
        Thread.Sleep(delay);
        if (!job.HasEnded) job.Signal(signal);
        return job.Wait().Code;
    }

    private byte[] Whole(int lanes)
    {
        if (_whole.TryGetValue(lanes, out byte[]? state)) return state;
        string run = Path.Combine(_box.Root, ".runs", $"{lanes}-whole");
        Start(lanes, run).Wait().IsDone();
        return _whole[lanes] = State(run);
    }

    private TrainerProgram Start(int lanes, string run, params string[] more)
    {
        string[] settings = more.Length > 0 ? more
            : ["--steps", $"{Steps}", "--set", "training.batch=16", "--set", $"training.threads={lanes}", .. MpiTests.Tiny];
        return TrainerProgram.Start(["train", Path.Combine(_box.Root, "heroes"), "--out", run, .. settings]);
    }

    // Weights, averages, moments; not the seconds it took.
    private static byte[] State(string run)
    {
        var folder = new RunFolder(run);
        using var model = new VaeModel(folder.LoadConfig().Model);
        Checkpoint stored = Checkpoint.Load(folder.CheckpointPath, model.ParameterCount());
        Assert.That(stored.Step, Is.EqualTo(Steps));
        return stored.State;
    }
}
