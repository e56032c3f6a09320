using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using NUnit.Framework;
using VaeContent.Trainer.Packing;

namespace VaeContent.Tests.Package;

/// <summary>The Unity packages as archives.</summary>
public sealed class PackTests
{
    private const string Listing = "Tests/Package/PackageContents.txt", Update = "VAECONTENT_UPDATE_PACKAGE";
    private const int MostBytes = 3_000_000, LongestPath = 140;

    [Test]
    public void ContentsAreTheListedOnes()
    {
        string now = string.Concat(UnityPackage.Collect(Repository.Root).Keys.Select(name => name + "\n"));
        if (Environment.GetEnvironmentVariable(Update) == "1") File.WriteAllText(Repository.At(Listing), now);
        Assert.That(now.Split('\n'), Is.EqualTo(Repository.Read(Listing).Split('\n')),
            $"what com.vaecontent ships is not what {Listing} says. If that is meant, run the tests once with {Update}=1, and read the difference before you commit it.");
    }

    [Test]
    public void ArchiveIsSmallPlainAndReproducible()
    {
        byte[] archive = TarGz.Write(UnityPackage.Collect(Repository.Root));
        Assert.That(TarGz.Write(UnityPackage.Collect(Repository.Root)), Is.EqualTo(archive), "two runs give the same bytes");
        TestContext.Out.WriteLine($"com.vaecontent: {archive.Length} bytes");
        Assert.That(archive, Has.Length.LessThan(MostBytes));
        List<(string Name, TarEntry Entry)> entries = Entries(archive);
        Assert.That(entries.Select(file => file.Name), Is.EqualTo(UnityPackage.Collect(Repository.Root).Keys));
        Repository.AssertNone(entries.Where(file => file.Entry.EntryType != TarEntryType.RegularFile || (file.Entry.Mode & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0)
            .Select(file => file.Name), "links, folders or executables:");
        Repository.AssertNone(entries.Where(file => file.Name.Length > LongestPath || file.Name.Contains('\\')).Select(file => file.Name), $"paths of more than {LongestPath} characters:");
        Repository.AssertNone(entries.Select(file => file.Name).Where(name => Regex.IsMatch(name, @"(^|/)(bin|obj|Trainer|Tests|node_modules|OnnxRuntime~|DirectML~|\..*)/|\.(sln|csproj|props|targets|dll|so|pdb)(\.meta)?$")),
            "what has no place in the package:");
    }

    [Test]
    public void EverythingVisibleInThePackageHasAMeta()
    {
        string[] names = [.. UnityPackage.Collect(Repository.Root).Keys];
        string[] visible = [.. names.Where(MetaFiles.IsVisible)];
        string[] wanted = [.. visible.Where(name => !name.EndsWith(".meta", StringComparison.Ordinal)).SelectMany(WithFolders).Distinct()];
        Repository.AssertNone(wanted.Where(path => !visible.Contains(path + ".meta")), "without a .meta:");
        Repository.AssertNone(visible.Where(name => name.EndsWith(".meta", StringComparison.Ordinal) && !wanted.Contains(name[..^5])), "orphaned metas:");
    }

    [Test]
    public void DirectMLPackageIsComplete()
    {
        Heavy.Require();
        SortedDictionary<string, byte[]> files = DirectMLPackage.Collect(Repository.Root);
        Assert.That(files.Keys.Where(name => !name.EndsWith(".meta", StringComparison.Ordinal)), Is.EquivalentTo(new[]
        {
            "CHANGELOG.md", "LICENSE.md", "Plugins/Windows/x64/DirectML.dll", "Plugins/Windows/x64/onnxruntime.dll", "README.md", "Third Party Notices.md", "ThirdPartyNotices.txt", "package.json",
        }));
        Repository.AssertNone(files.Keys.Where(name => !name.EndsWith(".meta", StringComparison.Ordinal)).SelectMany(WithFolders).Distinct().Where(path => !files.ContainsKey(path + ".meta")), "without a .meta:");
        Assert.That(Encoding.Latin1.GetString(files["Plugins/Windows/x64/onnxruntime.dll"]), Does.Contain("OrtSessionOptionsAppendExecutionProvider_DML"), "its ONNX Runtime has DirectML");
        byte[] archive = TarGz.Write(files);
        Assert.That(TarGz.Write(DirectMLPackage.Collect(Repository.Root)), Is.EqualTo(archive), "two runs give the same bytes");
        TestContext.Out.WriteLine($"com.vaecontent.directml: {archive.Length} bytes");
    }

    [Test]
    public void GuidsOfBothPackagesDiffer()
    {
        IEnumerable<string?> theirs = Repository.Files.Where(path => path.StartsWith("Runtime/DirectML~/", StringComparison.Ordinal) && path.EndsWith(".meta", StringComparison.Ordinal))
            .Select(path => MetaFiles.Guid(Repository.Read(path)));
        Assert.That(theirs.Concat(MetaFiles.Present.Select(path => MetaFiles.Guid(Repository.Read(path)))), Is.Unique.And.All.Not.Null);
    }

    private static List<(string Name, TarEntry Entry)> Entries(byte[] archive)
    {
        using var reader = new TarReader(new GZipStream(new MemoryStream(archive), CompressionMode.Decompress));
        var entries = new List<(string, TarEntry)>();
        while (reader.GetNextEntry() is { } entry)
        {
            Assert.That(entry.Name, Does.StartWith("package/"));
            entries.Add((entry.Name["package/".Length..], entry));
        }
        return entries;
    }

    private static IEnumerable<string> WithFolders(string path)
    {
        for (string? part = path; !string.IsNullOrEmpty(part); part = Path.GetDirectoryName(part)?.Replace('\\', '/')) yield return part;
    }
}
