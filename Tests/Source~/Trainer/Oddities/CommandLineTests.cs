using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using VaeContent.Trainer;
using VaeContent.Trainer.Cli;
using VaeContent.Trainer.Training;

namespace VaeContent.Tests.Trainer.Oddities;

/// <summary>Commands as people type them: through the program, exit codes and lines.</summary>
[NonParallelizable]
public sealed class CommandLineTests
{
    private static readonly Dictionary<string, string> German = new()
    {
        ["LANG"] = "de_DE.UTF-8",
        ["LC_ALL"] = "de_DE.UTF-8",
        ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "0",
    };

    private SmallRun _run = null!;

    [OneTimeSetUp]
    public void Train() => _run = new SmallRun();

    [OneTimeTearDown]
    public void Remove() => _run?.Dispose();

    [TestCase("sample", "--temperature", "0 to 8", ExpectedResult = 0)]
    [TestCase("sample", "--count", "1 to 100000", ExpectedResult = 0)]
    [TestCase("sample", "--strength", "above 0, up to 10", ExpectedResult = 0)]
    [TestCase("sample", "--seed", "a whole number", ExpectedResult = 0)]
    [TestCase("morph", "--frames", "2 to 1000", ExpectedResult = 0)]
    [TestCase("train", "--steps", "1 or more", ExpectedResult = 0)]
    [TestCase("train", "--minutes", "above 0, up to 100000", ExpectedResult = 0)]
    [TestCase("train", "--epochs", "1 to 100000", ExpectedResult = 0)]
    [TestCase("latents", "--side", "2 to 100", ExpectedResult = 0)]
    [TestCase("likelihood", "--threads", "0 to 256", ExpectedResult = 0)]
    public int NumbersAreReadAsTheyStand(string verb, string option, string range)
    {
        int seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        List<string> odd = ["NaN", "Infinity", "-Infinity", "1e400", "99999999999999999999", "0x10", "", " ", "1_000", "six"];
        for (int i = 0; i < 5; i++)
            odd.AddRange([$"{random.Next(9)},{random.Next(1, 99)}", $"{random.Next(1, 9)}.{random.Next(999):d3},5",
                $"{random.Next(1, 99)}{"%kMx"[random.Next(4)]}"]);
        if (option != "--seed") odd.AddRange(["-1", "-0.5", $"-{random.Next(1, 1000)}"]);
        foreach (string text in odd)
        {
            string error = Refused(verb, option, text);
            Assert.That(error, Does.StartWith($"vaecontent: {option} {text}: expected ").And.Contains(range)
                .And.Not.Contains("System.").And.Not.Contains("\n"));
        }
        return 0;
    }

    [Test]
    public void TheHostsLanguageChangesNothing()
    {
        string one = _run.At("one.png"), other = _run.At("other.png");
        TrainerProgram.Run("sample", _run.Bundle, "--temperature", "0.7", "--out", one).IsDone();
        TrainerProgram.RunIn(null, German, "sample", _run.Bundle, "--temperature", "0.7", "--out", other).IsDone();
        Assert.That(File.ReadAllBytes(other), Is.EqualTo(File.ReadAllBytes(one)));
        TrainerProgram.RunIn(null, German, "sample", _run.Bundle, "--temperature", "0,7", "--out", one)
            .IsMistake("--temperature 0,7: expected a number with a point, as in 0.7, from 0 to 8");
        Ending inspected = TrainerProgram.RunIn(null, German, "inspect", _run.Sprites);
        inspected.IsDone();
        Assert.That(inspected.Output, Does.Contain("keep 100.0 % of the pixels"));
    }

    [Test]
    public void AFinishedRunTrainsOnWhereMoreIsAskedFor()
    {
        string run = _run.At("longer");
        string[] resume = ["train", _run.Sprites, "--out", run, "--resume"];
        TrainerProgram.Run(["train", _run.Sprites, "--out", run, "--steps", "4", .. SmallRun.Tiny]).IsDone();
        TrainerProgram.Run([.. resume, "--steps", "4"]).IsMistake("has trained as long as that already (4 steps");
        TrainerProgram.Run([.. resume, "--preset", "sigma", "--set", "training.batch=4"]).IsMistake("--preset, --set");
        Ending nothing = TrainerProgram.Run(resume);
        nothing.IsDone();
        Assert.That(nothing.Output, Does.Contain("the run is at its end (4 steps"));
        TrainerProgram.Run([.. resume, "--steps", "9"]).IsDone();
        Assert.That(TrainingLog.Read(Path.Combine(run, "log.jsonl"))[^1].Step, Is.EqualTo(9));
        Assert.That(new RunFolder(run).LoadConfig().Training.Steps, Is.EqualTo(9));
    }

    [Test]
    public void ARunFindsItsSpritesFromAnywhereAndTellsOthersApart()
    {
        string folder = _run.At("elsewhere"), output = _run.At("elsewhere/out.vae");
        Directory.CreateDirectory(folder);
        string[] export = ["export", "run", "--out", output, "--weights", "float32", "--grain", "0"];
        TrainerProgram.RunIn(_run.At(""), null, ["train", "heroes", "--out", "elsewhere/run", "--steps", "2", .. SmallRun.Tiny])
            .IsDone();
        TrainerProgram.RunIn(folder, null, export).IsDone();

        string moved = _run.At("moved"), others = _run.At("others");
        Directory.Move(_run.Sprites, moved);
        try
        {
            TrainerProgram.RunIn(folder, null, export).IsMistake("does not exist", "--trained-on DIR");
            TrainerProgram.RunIn(folder, null, [.. export, "--trained-on", "../moved"]).IsDone();
            for (int i = 0; i < 20; i++) _run.Draw($"others/{i}.png", i);
            TrainerProgram.RunIn(folder, null, [.. export, "--trained-on", others])
                .IsMistake("does not hold the sprites that the run learnt from");
            TrainerProgram.Run("train", others, "--out", Path.Combine(folder, "run"), "--resume").IsMistake("fingerprint");
            TrainerProgram.Run("train", moved, "--out", Path.Combine(folder, "run"), "--resume", "--steps", "3").IsDone();
        }
        finally
        {
            Directory.Move(moved, _run.Sprites);
        }
    }

    [Test]
    public void CtrlCStopsAndSavesWhateverTheStage()
    {
        if (OperatingSystem.IsWindows()) Assert.Ignore("sends a signal");
        if (IsInterruptIgnored()) Assert.Ignore("Ctrl-C is ignored by what a shell starts in the background, as these tests");
        // Steps of a second or so, then a prior of many steps: the signal comes in the middle of one.
        foreach (string[] stage in (string[][])[["--set", "training.batch=2048", "--steps", "1000"],
            ["--set", "prior.kind=flow", "--steps", "200", "--set", "prior.stepsPerModelStep=1000"]])
        {
            string run = _run.At("stopped-" + stage[1]);
            using TrainerProgram program = TrainerProgram.Start(null, null,
                ["train", _run.Sprites, "--out", run, .. SmallRun.Tiny, .. stage]);
            string until = stage[^1].StartsWith("prior", StringComparison.Ordinal) ? "prior      " : "figures    ";
            for (int i = 0; i < 2400 && !program.HasEnded && !(program.Output.Contains(until, StringComparison.Ordinal)
                && File.Exists(Path.Combine(run, "checkpoint"))); i++) Thread.Sleep(50);
            Thread.Sleep(500);
            program.Signal("INT");
            Ending ending = program.Wait(seconds: 60);
            Assert.That(ending.Code, Is.EqualTo(130), ending.Error + ending.Output);
            Assert.That(new RunFolder(run).ProgressOf(new RunFolder(run).LoadConfig()), Is.InRange(0, 1));
        }
    }

    [Test]
    public void ClosedPipesEndQuietly()
    {
        if (OperatingSystem.IsWindows()) Assert.Ignore("needs a shell");
        foreach (string end in new[] { "| head -n 1 > /dev/null; exit ${PIPESTATUS[0]}", ">&-", "> /dev/full" })
        {
            var start = new ProcessStartInfo("bash", ["-c", $"dotnet '{TrainerProgram.Path}' inspect '{_run.Sprites}' {end}"])
            {
                RedirectStandardError = true
            };
            using Process shell = Process.Start(start)!;
            string errors = shell.StandardError.ReadToEnd();
            shell.WaitForExit();
            Assert.That(errors, Does.Not.Contain("a bug").And.Not.Contain("   at "), end);
            bool isFull = end.Contains("full", StringComparison.Ordinal);
            Assert.That((shell.ExitCode, errors.Split('\n').Length), Is.EqualTo((isFull ? 1 : 0, isFull ? 2 : 1)), errors);
        }
    }

    [Test]
    public void QuotedWordsComeBackFromTheShell()
    {
        if (OperatingSystem.IsWindows()) Assert.Ignore("needs bash");
        int seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        const string Letters = "ab /\\'\"$`!&|;<>()[]{}*?~#%,@=-+é:.";
        for (int i = 0; i < 40; i++)
        {
            string word = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ =>
                Letters[random.Next(Letters.Length)]));
            using Process shell = Process.Start(new ProcessStartInfo("bash", ["-c", $"printf %s {ShellWord.Quote(word)}"])
            {
                RedirectStandardOutput = true
            })!;
            string back = shell.StandardOutput.ReadToEnd();
            Assert.That(back, Is.EqualTo(word.StartsWith('-') ? "./" + word : word));
        }
        Assert.That(ShellWord.Quote("Art/Heroes"), Is.EqualTo("Art/Heroes"), "no quotes where none are needed");
    }

    [Test]
    public void TheProgressLineFitsEveryTerminal()
    {
        const string Figures = "step 120  loss 1234.5 + KL 67.8  held out 1300.1  discriminator 1.99  12:34 left";
        for (int width = 1; width < 160; width++)
            Assert.That(ProgressLine.Fit(0.42, Figures, width), Has.Length.LessThan(width));
        Assert.That(ProgressLine.Fit(0.42, Figures, 160), Does.EndWith(Figures).And.StartWith("█"));
        Assert.That(ProgressLine.Fit(0.42, Figures, 30), Is.EqualTo("42%  step 120"), "whole figures only");
    }

    [Test]
    public void HelpOfAVerbIsThere()
    {
        Ending one = TrainerProgram.Run("help", "train"), other = TrainerProgram.Run("train", "--help");
        Assert.That((one.Code, one.Output), Is.EqualTo((0, other.Output)));
        Assert.That(TrainerProgram.Run("help").Output, Does.Contain("inspect"));
        TrainerProgram.Run("trian").IsMistake("there is no verb 'trian'", "train");
    }

    private static bool IsInterruptIgnored()
    {
        const string Ignored = "SigIgn:", Status = "/proc/self/status";
        return File.Exists(Status)
            && File.ReadLines(Status).First(line => line.StartsWith(Ignored, StringComparison.Ordinal)) is var line
            && (Convert.ToUInt64(line[Ignored.Length..].Trim(), 16) & 2) != 0;
    }

    private string Refused(string verb, string option, string text)
    {
        TextWriter console = Console.Error;
        using var errors = new StringWriter();
        Console.SetError(errors);
        try
        {
            string[] rest = verb switch
            {
                "train" => [_run.Sprites, "--out", _run.At("never")],
                "likelihood" => [_run.Run],
                "latents" => [_run.Bundle, "--manifold", _run.At("never.png")],
                _ => [_run.Bundle, "--out", _run.At("never.png")],
            };
            Assert.That(CommandLine.Run([verb, .. rest, option, text]), Is.EqualTo(1), text);
        }
        finally
        {
            Console.SetError(console);
        }
        return errors.ToString().TrimEnd();
    }
}
