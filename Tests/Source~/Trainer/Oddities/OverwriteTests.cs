using System;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using VaeContent.Trainer;
using VaeContent.Trainer.Images;

namespace VaeContent.Tests.Trainer.Oddities;

/// <summary>Nothing of the user's is overwritten or mixed: through the program, with the folders before and after.</summary>
[NonParallelizable]
public sealed class OverwriteTests
{
    private SmallRun _run = null!;

    [OneTimeSetUp]
    public void Train() => _run = new SmallRun();

    [OneTimeTearDown]
    public void Remove() => _run?.Dispose();

    [Test]
    public void DenoiseLeavesItsOriginalsAlone()
    {
        string[] before = FolderContent.Read(_run.Sprites);
        foreach (string place in new[] { _run.Sprites, Path.Combine(_run.Sprites, "clean"), _run.Sprites + "/../heroes/" })
            TrainerProgram.Run("denoise", _run.Encoder, _run.Sprites, "--out", place).IsMistake("lies in", "folder outside");
        Assert.That(FolderContent.Read(_run.Sprites), Is.EqualTo(before));
    }

    [Test]
    public void SpritesOfSeedsDoNotReplaceAnArtists()
    {
        string art = _run.Draw("art/1.png"), folder = Path.GetDirectoryName(art)!;
        string[] before = FolderContent.Read(folder);
        TrainerProgram.Run("sample", _run.Bundle, "--count", "3", "--each", folder).IsMistake("'1.png'", "did not write");
        Assert.That(FolderContent.Read(folder), Is.EqualTo(before));

        string own = _run.At("own");
        for (int time = 0; time < 2; time++) TrainerProgram.Run("sample", _run.Bundle, "--count", "3", "--each", own).IsDone();
        Assert.That(Directory.GetFiles(own), Has.Length.EqualTo(3), "what it wrote itself it may write again");
        File.WriteAllBytes(Path.Combine(own, "2.png"), PictureWriter.EncodePng(new Bitmap(32, 32)));
        TrainerProgram.Run("sample", _run.Bundle, "--count", "3", "--each", own).IsMistake("'2.png'", "changed since");
    }

    [Test]
    public void ARunKeepsAwayFromSpritesAndOtherFiles()
    {
        string[] before = FolderContent.Read(_run.Sprites);
        string[] train = ["train", _run.Sprites, "--steps", "2", .. SmallRun.Tiny];
        TrainerProgram.Run([.. train, "--out", _run.Sprites]).IsMistake("is the folder of the sprites");
        TrainerProgram.Run([.. train, "--out", _run.Sprites, "--overwrite"]).IsMistake("is the folder of the sprites");
        Assert.That(FolderContent.Read(_run.Sprites), Is.EqualTo(before));

        string other = Path.GetDirectoryName(_run.Draw("other/hero.png"))!;
        File.WriteAllText(Path.Combine(other, "config.json"), "{ \"mine\": true }");
        TrainerProgram.Run([.. train, "--out", other, "--overwrite"]).IsMistake("'config.json', 'hero.png'", "did not write");
        Assert.That(Directory.GetFiles(other), Has.Length.EqualTo(2));
    }

    [Test]
    public void ReadersPassRunsBy()
    {
        string sprites = _run.At("with-run");
        foreach (string file in Directory.EnumerateFiles(_run.Sprites, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(sprites, Path.GetRelativePath(_run.Sprites, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        string Found()
        {
            Ending inspected = TrainerProgram.Run("inspect", sprites);
            inspected.IsDone();
            return inspected.Output.Split('\n').First(line => line.StartsWith("sprites ", StringComparison.Ordinal));
        }
        string before = Found();
        TrainerProgram.Run(["train", sprites, "--out", Path.Combine(sprites, "runs/one"), "--steps", "2",
            .. SmallRun.Tiny]).IsDone();
        Assert.That(Directory.GetFiles(Path.Combine(sprites, "runs/one"), "preview-*.png"), Is.Not.Empty);
        Assert.That(Found(), Is.EqualTo(before));
        // As versions before this one left it.
        foreach (string file in Directory.GetFiles(Path.Combine(sprites, "runs/one")))
            File.Copy(file, Path.Combine(sprites, Path.GetFileName(file)));
        Assert.That(Found(), Is.EqualTo(before));
    }

    [Test]
    public void OneRunFolderIsForOneTraining()
    {
        string run = _run.At("busy");
        string[] train = ["train", _run.Sprites, "--out", run, .. SmallRun.Tiny, "--steps"];
        using TrainerProgram first = TrainerProgram.Start(null, null, [.. train, "1000000000"]);
        for (int i = 0; i < 2400 && !File.Exists(Path.Combine(run, "checkpoint")) && !first.HasEnded; i++) Thread.Sleep(50);
        TrainerProgram.Run([.. train, "2", "--overwrite"]).IsMistake("in use by another training");
        TrainerProgram.Run("train", _run.Sprites, "--out", run, "--resume").IsMistake("in use by another training");
        Assert.That(first.HasEnded, Is.False, first.Output);
    }

    [Test]
    public void FilesOfOthersAreNotReplaced()
    {
        string art = _run.Draw("hero.png"), table = _run.At("table.csv"), json = _run.At("pack.json");
        File.WriteAllText(table, "file,label\na.png,knight\n");
        File.WriteAllText(json, "{ \"frames\": {} }");
        string[] before = [.. new[] { art, table, json }.Select(File.ReadAllText)];
        TrainerProgram.Run("sample", _run.Bundle, "--out", art).IsMistake("hero.png", "did not write it");
        TrainerProgram.Run("sample", _run.Bundle, "--near", art, "--out", art).IsMistake("hero.png", "is read by this command");
        TrainerProgram.Run("encode", _run.Encoder, _run.Sprites, "--out", _run.At("table"))
            .IsMistake("table.csv", "did not write");
        TrainerProgram.Run("inspect", _run.Sprites, "--json", json).IsMistake("pack.json", "did not write");
        TrainerProgram.Run("export", _run.Run, "--out", art).IsMistake("hero.png", "did not write");
        TrainerProgram.Run("score", _run.Run, _run.Sprites, "--out", Path.Combine(_run.Sprites, "worst.png"))
            .IsMistake("worst.png", "among the sprites");
        Assert.That(new[] { art, table, json }.Select(File.ReadAllText), Is.EqualTo(before));

        foreach (string name in new[] { "sheet.png", "figures.json", "latents" })
        {
            string path = _run.At(name);
            string[] verb = name == "latents" ? ["encode", _run.Encoder, _run.Sprites, "--out", path]
                : name == "sheet.png" ? ["sample", _run.Bundle, "--count", "4", "--out", path]
                : ["inspect", _run.Sprites, "--json", path];
            for (int time = 0; time < 2; time++) TrainerProgram.Run(verb).IsDone();
        }
    }

    [Test]
    public void WhatCannotBeWrittenIsSaidBeforeTheWork()
    {
        string file = _run.Draw("file.png"), under = Path.Combine(file, "x");
        foreach (string[] verb in (string[][])[["report", _run.Run, "--out", under + ".html"],
            ["export", _run.Run, "--out", under + ".vae"], ["sample", _run.Bundle, "--each", under],
            ["evaluate", _run.Bundle, "--against", _run.Sprites, "--json", under + ".json"]])
        {
            Ending refused = TrainerProgram.Run(verb);
            refused.IsMistake("file.png", "is a file, not a folder");
            Assert.That(refused.Output, Is.Empty);
        }
        Ending large = TrainerProgram.Run("sample", _run.Bundle, "--count", "100000", "--out", _run.At("large.png"));
        large.IsMistake("a contact sheet of 100000 sprites");
        Assert.That(File.Exists(_run.At("large.png")), Is.False);
    }

    [Test]
    public void OwnFilesAreToldFromOthers()
    {
        string own = _run.At("mine.gif"), other = _run.At("other.gif");
        PictureWriter.SaveGif([new Bitmap(8, 8)], own, 4);
        File.WriteAllBytes(other, "GIF89a"u8.ToArray());
        Assert.That(new[] { own, other, _run.Bundle, _run.Encoder, _run.Draw("another.png") }.Select(Authorship.IsOurs),
            Is.EqualTo(new[] { true, false, true, true, false }));
    }
}
