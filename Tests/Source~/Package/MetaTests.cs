using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace VaeContent.Tests.Package;

/// <summary>Installed packages are immutable: what has no meta does not exist in them.</summary>
[NonParallelizable]
public sealed class MetaTests
{
    private const string Update = "VAECONTENT_UPDATE_METAS";

    private static readonly string Advice =
        $"run these tests once with {Update}=1, which writes the missing ones, and commit them:";

    [OneTimeSetUp]
    public void WriteMissing()
    {
        if (Environment.GetEnvironmentVariable(Update) == "1") MetaFiles.WriteMissing();
    }

    [Test]
    public void EveryVisibleFileAndFolderHasAMeta() => Repository.AssertNone(
        MetaFiles.Visible.Where(path => !File.Exists(Repository.At(path + ".meta"))), "without a .meta; " + Advice);

    [Test]
    public void EveryMetaIsOfSomethingVisible() => Repository.AssertNone(
        MetaFiles.Present.Select(meta => meta[..^".meta".Length]).Except(MetaFiles.Visible).Select(path => path + ".meta"),
        "metas whose file is gone, or which Unity does not see:");

    [Test]
    public void GuidsAreUniqueAndStable()
    {
        Dictionary<string, string?> guids = MetaFiles.Visible.Where(path => File.Exists(Repository.At(path + ".meta")))
            .ToDictionary(path => path, path => MetaFiles.Guid(Repository.Read(path + ".meta")));
        Repository.AssertNone(guids.Where(entry => entry.Value is null).Select(entry => entry.Key), "metas without a GUID:");
        Repository.AssertNone(guids.GroupBy(entry => entry.Value).Where(group => group.Count() > 1)
            .Select(group => string.Join(", ", group.Select(entry => entry.Key))), "one GUID for several files:");
        Repository.AssertNone(guids.Where(entry => entry.Value != MetaFiles.GuidOf(entry.Key)).Select(entry => entry.Key),
            $"a GUID never changes. A file that was moved keeps its own: enter its first path in {nameof(MetaFiles)}:");
    }

    [Test]
    public void NativePluginsNamePlatformAndCpu() => Repository.AssertNone(
        from meta in Repository.Files
        where Regex.IsMatch(meta, @"\.(dll|so|dylib)\.meta$")
        let text = Repository.Read(meta)
        where !text.Contains("PluginImporter:", StringComparison.Ordinal)
            || !Regex.IsMatch(text, @"Standalone: Win64\n +second:\n +enabled: 1\n +settings:\n +CPU: x86_64\n")
            || !Regex.IsMatch(text,
                @"Editor: Editor\n +second:\n +enabled: 1\n +settings:\n +CPU: x86_64\n(.+\n)* +OS: Windows\n")
            || !Regex.IsMatch(text, @"Any: \n +second:\n +enabled: 0\n")
        select meta,
        "a native plugin's meta names where it is loaded:");
}
