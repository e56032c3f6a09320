using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace VaeContent.Tests.Package;

/// <summary>Unity's assemblies: who owns which script, and whether both compilers get the same.</summary>
public sealed class AssemblyDefinitionTests
{
    private const string Shims = Repository.TestSources + "/UnityShims/Compile/";

    private static readonly Dictionary<string, JsonElement> Definitions =
        Repository.Files.Where(path => path.EndsWith(".asmdef", StringComparison.Ordinal))
            .ToDictionary(path => path, path => JsonSerializer.Deserialize<JsonElement>(Repository.Read(path)));

    /// <summary>The project that compiles an assembly's scripts outside Unity, for those that Unity compiles.</summary>
    private static readonly Dictionary<string, string> Projects = new()
    {
        ["VaeContent"] = "Runtime/VaeContent.csproj",
        ["VaeContent.OnnxRuntime"] = Shims + "VaeContent.OnnxRuntime.Unity.csproj",
        ["VaeContent.Unity"] = Shims + "VaeContent.Unity.csproj",
        ["VaeContent.Editor"] = Shims + "VaeContent.Editor.csproj",
        ["VaeContent.Samples.FirstSprite"] = Shims + "VaeContent.Samples.csproj",
        ["VaeContent.Samples.Morph"] = Shims + "VaeContent.Samples.csproj",
        ["VaeContent.Samples.Bestiary"] = Shims + "VaeContent.Samples.csproj",
        ["VaeContent.Samples.Crowd"] = Shims + "VaeContent.Samples.csproj",
    };

    [Test]
    public void EveryScriptIsOwnedByExactlyOneAssembly() => Repository.AssertNone(
        from path in Repository.Files
        where path.EndsWith(".cs", StringComparison.Ordinal) && MetaFiles.IsVisible(path)
        let owners = Owners(path)
        where owners.Length != 1
        select $"{path}: {(owners.Length == 0 ? "none" : string.Join(", ", owners))}",
        "scripts and the assembly definitions in the nearest folder that has any:");

    [Test]
    public void NamesAreUniqueAndFilesAreNamedAfterThem()
    {
        Assert.That(Definitions.Values.Select(Name), Is.Unique);
        Repository.AssertNone(Definitions.Where(entry => Path.GetFileNameWithoutExtension(entry.Key) != Name(entry.Value))
            .Select(entry => entry.Key), "named otherwise than its file:");
    }

    [Test]
    public void ReferencesResolve()
    {
        // A package's assembly has the package's name; UnityBindingTests looks.
        string[] known = [.. Definitions.Values.Select(Name),
            .. Definitions.Values.SelectMany(VersionDefines).Select(found => found.Package)];
        Repository.AssertNone(
            from entry in Definitions
            from reference in References(entry.Value)
            where !known.Contains(reference)
            select $"{entry.Key}: {reference}",
            "references to assemblies that neither this package nor one it looks for defines:");
    }

    [Test]
    public void EveryAssemblyIsForUnityAndCompiledHere() => Repository.AssertNone(
        from entry in Definitions
        where !MetaFiles.IsVisible(entry.Key) || !Projects.ContainsKey(Name(entry.Value))
            || !Strings(entry.Value, "defineConstraints").SequenceEqual(VersionDefines(entry.Value).Select(found => found.Define))
        select entry.Key,
        "not seen by Unity, compiled by no project of this repository, or constrained otherwise than by the packages it looks "
        + "for (a folder that ends in ~ keeps scripts from Unity):");

    [Test]
    public void OnlyOnnxRuntimesAssemblyNeedsAPackage() => Repository.AssertNone(
        from entry in Definitions
        let packages = VersionDefines(entry.Value).Select(found => found.Package).ToArray()
        where Name(entry.Value) == "VaeContent.OnnxRuntime"
            ? !packages.SequenceEqual(["com.github.asus4.onnxruntime"])
                || !Strings(entry.Value, "excludePlatforms").SequenceEqual(["WebGL"])
            : packages.Length > 0
                || References(entry.Value).Any(name => name is "com.github.asus4.onnxruntime" or "VaeContent.OnnxRuntime")
        select entry.Key,
        "the package must import into a project that has no other:");

    [Test]
    public void ProjectsAndAssembliesAgree() => Repository.AssertNone(
        from entry in Definitions
        where Projects.ContainsKey(Name(entry.Value)) && Projects[Name(entry.Value)].StartsWith(Shims, StringComparison.Ordinal)
        let project = Repository.Read(Projects[Name(entry.Value)])
        let mine = References(entry.Value).Where(name => name.StartsWith("VaeContent", StringComparison.Ordinal))
            .Order().ToArray()
        let theirs = AllReferences(Projects[Name(entry.Value)])
            .Where(name => name.StartsWith("VaeContent", StringComparison.Ordinal)).Distinct().Order().ToArray()
        let unsafeHere = entry.Value.TryGetProperty("allowUnsafeCode", out JsonElement allowed) && allowed.GetBoolean()
        where !mine.SequenceEqual(theirs) || unsafeHere != project.Contains("<AllowUnsafeBlocks>true", StringComparison.Ordinal)
        select $"{entry.Key}: [{string.Join(", ", mine)}], its project: [{string.Join(", ", theirs)}]",
        "references and unsafe code of an assembly are those of its project:");

    [Test]
    public void EditorCodeStaysInTheEditor()
    {
        JsonElement editor = Definitions["Editor/VaeContent.Editor.asmdef"];
        Assert.That(Strings(editor, "includePlatforms"), Is.EqualTo(new[] { "Editor" }));
        Assert.That(Definitions["Runtime/VaeContent.asmdef"].GetProperty("noEngineReferences").GetBoolean(),
            "the core knows no engine");
    }

    [Test]
    public void SamplesDeclaredAreSamplesPresent()
    {
        JsonElement manifest = JsonSerializer.Deserialize<JsonElement>(Repository.Read("package.json"));
        string[] declared = [.. manifest.GetProperty("samples").EnumerateArray()
            .Select(sample => sample.GetProperty("path").GetString()!).Order(StringComparer.Ordinal)];
        string[] present = [.. Repository.Files
            .Where(path => path.StartsWith("Samples/", StringComparison.Ordinal)
                && path.EndsWith(".unity", StringComparison.Ordinal))
            .Select(path => "Samples~/" + path.Split('/')[1]).Distinct().Order(StringComparer.Ordinal)];
        Assert.That(declared, Is.EqualTo(present));
        foreach (string folder in present.Select(path => path.Replace("Samples~", "Samples", StringComparison.Ordinal)))
            Assert.That(Repository.Sources(folder).Count(), Is.EqualTo(1), folder + ": a scene and a script");
    }

    [Test]
    public void TagsAgreeWithTheVersion()
    {
        string version = JsonSerializer.Deserialize<JsonElement>(Repository.Read("package.json")).GetProperty("version")
            .GetString()!;
        string? tags = Repository.Run("git", "tag", "--points-at", "HEAD", "--list", "v[0-9]*");
        Repository.AssertNone((tags ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(tag => tag != "v" + version),
            $"this commit is version {version}, but tagged:");
    }

    private static string[] Owners(string script)
    {
        for (string? folder = Path.GetDirectoryName(script); !string.IsNullOrEmpty(folder);
            folder = Path.GetDirectoryName(folder))
        {
            string here = folder.Replace('\\', '/');
            string[] owners = [.. Definitions.Keys.Where(path => Path.GetDirectoryName(path)!.Replace('\\', '/') == here)];
            if (owners.Length > 0) return owners;
        }
        return [];
    }

    private static string Name(JsonElement definition) => definition.GetProperty("name").GetString()!;

    private static IEnumerable<(string Package, string Define)> VersionDefines(JsonElement definition) =>
        definition.TryGetProperty("versionDefines", out JsonElement list)
            ? list.EnumerateArray().Select(item =>
                (item.GetProperty("name").GetString()!, item.GetProperty("define").GetString()!))
            : [];

    private static string[] References(JsonElement definition) => Strings(definition, "references");

    private static string[] Strings(JsonElement definition, string key) =>
        definition.TryGetProperty(key, out JsonElement list) ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];

    // MSBuild hands references on; asmdefs name each.
    private static IEnumerable<string> AllReferences(string project) =>
        from Match match in Regex.Matches(Repository.Read(project), "<ProjectReference Include=\"(.+?)\"")
        let reference = match.Groups[1].Value.Replace("$(RepositoryRoot)", Repository.Root + "/", StringComparison.Ordinal)
        let full = Path.GetFullPath(Path.Combine(Repository.At(Path.GetDirectoryName(project)!), reference))
        let path = Path.GetRelativePath(Repository.Root, full).Replace('\\', '/')
        from name in new[] { Path.GetFileNameWithoutExtension(path) }
            .Concat(path.StartsWith(Shims, StringComparison.Ordinal) ? AllReferences(path) : [])
        select name;
}
