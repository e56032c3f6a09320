using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace VaeContent.Tests.Package;

/// <summary>The Unity packages that <c>.ci/pack</c> makes.</summary>
[NonParallelizable]
public sealed class PackTests
{
    private const string Listing = Repository.TestSources + "/Package/PackageContents.txt", Update = "VAECONTENT_UPDATE_PACKAGE";
    private const int MostBytes = 4_000_000, LongestPath = 140;

    private string _folder = "";

    [OneTimeSetUp]
    public void PackTwice()
    {
        _folder = Directory.CreateTempSubdirectory("vaecontent-").FullName;
        Pack(At("first"), "unity");
        Pack(At("second"), "unity");
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    /// <summary>Runs <c>.ci/pack</c>; skips the test where it cannot run.</summary>
    public static void Pack(string output, params string[] parts)
    {
        if (!OperatingSystem.IsLinux()) Assert.Ignore(".ci/pack needs GNU tar");
        Assert.That(Repository.Run("bash", [".ci/pack", output, .. parts]), Is.Not.Null, ".ci/pack fails");
    }

    [Test]
    public void ContentsAreTheListedOnes()
    {
        string now = string.Concat(Entries(Archive("first")).Select(file => file.Name + "\n"));
        if (Environment.GetEnvironmentVariable(Update) == "1") File.WriteAllText(Repository.At(Listing), now);
        Assert.That(now.Split('\n'), Is.EqualTo(Repository.Read(Listing).Split('\n')),
            $"what com.vaecontent ships is not what {Listing} says. "
            + $"If that is meant, run the tests once with {Update}=1, and read the difference before you commit it.");
    }

    [Test]
    public void ArchiveIsSmallPlainAndReproducible()
    {
        byte[] archive = Archive("first");
        Assert.That(Archive("second"), Is.EqualTo(archive), "two runs give the same bytes");
        TestContext.Out.WriteLine($"com.vaecontent: {archive.Length} bytes");
        Assert.That(archive, Has.Length.LessThan(MostBytes));
        List<(string Name, TarEntry Entry)> entries = Entries(archive);
        const UnixFileMode execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        Repository.AssertNone(
            entries.Where(file => file.Entry.EntryType != TarEntryType.RegularFile || (file.Entry.Mode & execute) != 0)
                .Select(file => file.Name), "links, folders or executables:");
        Repository.AssertNone(
            entries.Where(file => file.Name.Length > LongestPath || file.Name.Contains('\\')).Select(file => file.Name),
            $"paths of more than {LongestPath} characters:");
        Repository.AssertNone(entries.Select(file => file.Name).Where(name =>
            Regex.IsMatch(name,
                @"(^|/)(bin|obj|Trainer|Tests|node_modules|\..*)/|\.(sln|csproj|props|targets|dll|so|pdb)(\.meta)?$")),
            "what has no place in the package:");
    }

    [Test]
    public void EverythingVisibleInThePackageHasAMeta()
    {
        string[] visible = [.. Entries(Archive("first")).Select(file => file.Name).Where(MetaFiles.IsVisible)];
        string[] wanted = [.. visible.Where(name => !IsMeta(name)).SelectMany(Repository.WithFolders).Distinct()];
        Repository.AssertNone(wanted.Where(path => !visible.Contains(path + ".meta")), "without a .meta:");
        Repository.AssertNone(visible.Where(name => IsMeta(name) && !wanted.Contains(name[..^5])), "orphaned metas:");
    }

    [Test]
    public void DirectMLPackageIsComplete()
    {
        Heavy.RequireNpm();
        Pack(At("first"), "directml");
        Pack(At("second"), "directml");
        byte[] archive = Archive("first", ".directml");
        Assert.That(Archive("second", ".directml"), Is.EqualTo(archive), "two runs give the same bytes");
        TestContext.Out.WriteLine($"com.vaecontent.directml: {archive.Length} bytes");
        Dictionary<string, TarEntry> files = Entries(archive).ToDictionary(file => file.Name, file => file.Entry);
        string[] shipped = [.. files.Keys.Where(name => !IsMeta(name))];
        Assert.That(shipped, Is.EquivalentTo(new[]
        {
            "CHANGELOG.md", "LICENSE.md", "Plugins/Windows/x64/DirectML.dll", "Plugins/Windows/x64/onnxruntime.dll", "README.md",
            "Third Party Notices.md", "ThirdPartyNotices.txt", "package.json",
        }));
        Repository.AssertNone(shipped.SelectMany(Repository.WithFolders).Distinct()
            .Where(path => !files.ContainsKey(path + ".meta")), "without a .meta:");
        using var library = new MemoryStream();
        files["Plugins/Windows/x64/onnxruntime.dll"].DataStream!.CopyTo(library);
        Assert.That(Encoding.Latin1.GetString(library.ToArray()), Does.Contain("OrtSessionOptionsAppendExecutionProvider_DML"),
            "its ONNX Runtime has DirectML");
    }

    [Test]
    public void GuidsOfBothPackagesDiffer()
    {
        IEnumerable<string?> theirs = Repository.Files
            .Where(path => path.StartsWith(".ci/directml/", StringComparison.Ordinal) && IsMeta(path))
            .Select(path => MetaFiles.Guid(Repository.Read(path)));
        Assert.That(theirs.Concat(MetaFiles.Present.Select(path => MetaFiles.Guid(Repository.Read(path)))),
            Is.Unique.And.All.Not.Null);
    }

    private string At(string folder) => Path.Combine(_folder, folder);

    private byte[] Archive(string folder, string kind = "") =>
        File.ReadAllBytes(Directory.GetFiles(At(folder), $"com.vaecontent{kind}-*.tgz").Single());

    private static bool IsMeta(string name) => name.EndsWith(".meta", StringComparison.Ordinal);

    private static List<(string Name, TarEntry Entry)> Entries(byte[] archive)
    {
        using var reader = new TarReader(new GZipStream(new MemoryStream(archive), CompressionMode.Decompress));
        var entries = new List<(string, TarEntry)>();
        while (reader.GetNextEntry(copyData: true) is { } entry)
        {
            Assert.That(entry.Name, Does.StartWith("package/"));
            entries.Add((entry.Name["package/".Length..], entry));
        }
        return entries;
    }
}
