using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using VaeContent.Internal;
using VaeContent.Samples;
using VaeContent.Tests.Runtime;
using VaeContent.Trainer.Cli;

namespace VaeContent.Tests.Package;

[NonParallelizable]
public sealed class DocumentationTests
{
    private const string QuickStartSource = "Samples/QuickStart~/QuickStart.cs",
        ManualSource = "Tests/Source~/Package/ManualCode.cs",
        TrainerRun = "dotnet run --project Trainer -c Release -- ", Troubleshooting = "Documentation~/troubleshooting.md";

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
    public void ManualsCodeIsCompiled()
    {
        string source = Lines(Repository.Read(QuickStartSource)) + Lines(Repository.Read(ManualSource));
        Repository.AssertNone(
            from page in Pages()
            where page.StartsWith("Documentation~/", StringComparison.Ordinal)
            from block in Blocks(page, "csharp")
            where !source.Contains(Lines(block), StringComparison.Ordinal)
            select $"{page}: {block.Split('\n')[0]}",
            $"the manual's code must be copied from {QuickStartSource} or {ManualSource}, which these tests compile and run:");
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
    public void ManualsCodeRuns()
    {
        string before = Environment.CurrentDirectory, folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            Environment.CurrentDirectory = folder;
            string direction = Convert.ToBase64String(new byte[4 * TestBundles.Z]);
            File.WriteAllBytes("heroes.vae", TestBundles.Indexed().With(BundleKeys.Attributes, "beard\t" + direction).ToBundle());
            File.WriteAllBytes("heroes.encoder.vae", TestBundles.Encoder().ToBundle());
            const int pixels = TestBundles.Width * TestBundles.Height;
            Assert.That(ManualCode.Breed(new Rgba32[2 * pixels]), Has.Length.EqualTo(pixels));
            VaeBundle bundle = VaeBundle.Load("heroes.vae");
            using var sprites = new SpriteGenerator(bundle);
            Assert.That(ManualCode.AddBeard(bundle, sprites), Is.EqualTo(sprites.Generate(7).ToArray()), "a direction of zeros");
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
        from Match link in Regex.Matches(Prose(page), @"\[[^\]\n]*\]\(([^)\s]+)\)")
        let parts = link.Groups[1].Value.Split('#')
        where !parts[0].Contains("://", StringComparison.Ordinal)
        let target = parts[0].Length == 0 ? page
            : Path.GetRelativePath(".", Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(parts[0])))
        where !Path.Exists(Repository.At(target)) || (parts.Length > 1 && !Anchors(target).Contains(parts[1]))
        select $"{page}: {link.Groups[1].Value}",
        "links to files, pictures or headings that are not there:");

    [Test]
    public void MessagesInTroubleshootingExist()
    {
        string sources = string.Concat(new[] { "Runtime", "Editor", "Trainer" }.SelectMany(Repository.Sources)
            .Select(path => Regex.Replace(Repository.Read(path), @"""\s*\+\s*\$?""", "")));
        Repository.AssertNone(
            from Match row in Regex.Matches(Repository.Read(Troubleshooting), @"^\| (.*?) \| ", RegexOptions.Multiline)
            from Match message in Regex.Matches(row.Groups[1].Value, "`([^`]+)`")
            from part in Regex.Split(message.Groups[1].Value, @"\.\.\.|'|\b[NM]\b|\bWxH\b")
            let words = part.Trim(' ', ',', ';', ':')
            where words.Length > 5 && !sources.Contains(words, StringComparison.Ordinal)
            select $"'{words}' of `{message.Groups[1].Value}`",
            $"{Troubleshooting} explains messages that nobody writes; ... , N, M and WxH stand for what differs:");
    }

    private static IEnumerable<string> Pages() => Repository.Files.Where(path => path.EndsWith(".md", StringComparison.Ordinal));

    private static IEnumerable<string> Blocks(string page, string language) =>
        Regex.Matches(Repository.Read(page), $"^```{language}\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)
            .Select(match => match.Groups[1].Value);

    private static string Prose(string page) => Regex.Replace(Repository.Read(page), "^ *```.*?^ *```", "",
        RegexOptions.Multiline | RegexOptions.Singleline);

    // As GitHub makes them of headings: lower case, punctuation dropped, spaces as hyphens.
    private static IEnumerable<string> Anchors(string page) =>
        Regex.Matches(Prose(page), "^#+ (.+)$", RegexOptions.Multiline)
            .Select(heading => Regex.Replace(heading.Groups[1].Value.ToLowerInvariant(), @"[^\w\- ]", "").Replace(' ', '-'));

    // Without indentation and without blank lines.
    private static string Lines(string text) => string.Join('\n',
        text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)) + "\n";
}
