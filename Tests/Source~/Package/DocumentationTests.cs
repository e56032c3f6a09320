using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using VaeContent.Samples;
using VaeContent.Tests.Runtime;
using VaeContent.Trainer.Cli;

namespace VaeContent.Tests.Package;

[NonParallelizable]
public sealed class DocumentationTests
{
    private const string QuickStartSource = "Samples/QuickStart~/QuickStart.cs",
        TrainerRun = "dotnet run --project Trainer -c Release -- ";

    [Test]
    public void ReadmesCodeIsInTheQuickStart()
    {
        string source = Lines(Repository.Read(QuickStartSource));
        string[] blocks = [.. Blocks("README.md", "csharp")];
        Assert.That(blocks, Is.Not.Empty);
        Assert.That(blocks.Select(Lines), Has.All.Matches<string>(block => source.Contains(block, StringComparison.Ordinal)),
            $"README.md's code must be copied from {QuickStartSource}, which is compiled and run by these tests");
    }

    [Test]
    public void QuickStartRuns()
    {
        string before = Environment.CurrentDirectory, folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            Environment.CurrentDirectory = folder;
            File.WriteAllBytes("heroes.vae", TestBundles.Indexed(conditional: true).ToBundle());
            Assert.That(QuickStart.Run(), Has.Length.EqualTo(TestBundles.Width * TestBundles.Height));
            VaeBundle bundle = VaeBundle.Load("heroes.vae");
            using var sprites = new SpriteGenerator(bundle);
            VaeBundle walker = TestBundles.Load(TestBundles.Posed());
            Assert.That(QuickStart.RunCharacter(walker), Has.Length.EqualTo(walker.SheetWidth * walker.SheetHeight));
            Assert.That(QuickStart.RunInFrames(bundle).Result, Is.EqualTo(sprites.Generate(42).ToArray()));
        }
        finally
        {
            Environment.CurrentDirectory = before;
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void SamplesAreShort() => Repository.AssertNone(
        Repository.Sources("Samples").Where(path => Repository.Read(path).Count(c => c == '\n') > 60),
            "a sample has at most 60 lines:");

    [Test]
    public void CommandsInTheDocumentationExist()
    {
        Command root = CommandLine.Build();
        Repository.AssertNone(
            from page in Pages()
            from block in Blocks(page, "bash")
            from line in block.Split('\n')
            let command = line.Split(" #")[0].Trim().Replace(TrainerRun, "vaecontent ", StringComparison.Ordinal)
            where command.StartsWith("vaecontent ", StringComparison.Ordinal)
            let errors = root.Parse(command["vaecontent ".Length..]).Errors
            where errors.Count > 0
            select $"{page}: '{command}': {errors[0].Message}",
            "the documentation shows commands that the program refuses:");
    }

    [Test]
    public void LinksLeadSomewhere() => Repository.AssertNone(
        from page in Pages()
        from Match link in Regex.Matches(Repository.Read(page), @"(?<!!)\[[^\]\n]*\]\(([^)#\s]+)[^)]*\)")
        let target = Uri.UnescapeDataString(link.Groups[1].Value)
        where !target.Contains("://", StringComparison.Ordinal)
            && !Path.Exists(Repository.At(Path.Combine(Path.GetDirectoryName(page)!, target)))
        select $"{page}: {target}",
        "links to files that are not there:");

    private static IEnumerable<string> Pages() => Repository.Files.Where(path => path.EndsWith(".md", StringComparison.Ordinal));

    private static IEnumerable<string> Blocks(string page, string language) =>
        Regex.Matches(Repository.Read(page), $"^```{language}\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)
            .Select(match => match.Groups[1].Value);

    // Without indentation and without blank lines.
    private static string Lines(string text) => string.Join('\n',
        text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)) + "\n";
}
