using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace VaeContent.Tests.Package;

/// <summary>
/// Unity does not run here. What it would compile is compiled as C# 9 against its declared signatures, under what each version
/// defines.
/// </summary>
[NonParallelizable]
public sealed class UnityCompileTests
{
    private const string Projects = Repository.TestSources + "/UnityShims/Compile/";

    // 6000.0 is the solution's own build, with the style rules on.
    [TestCase("2021.3", "")]
    [TestCase("2022.3", "")]
    [TestCase("2021.3", "UNITY_WEBGL")]
    [TestCase("6000.0", "UNITY_WEBGL")]
    public void ComponentsEditorAndSamplesCompile(string version, string player)
    {
        Heavy.Require();
        string artifacts = Path.Combine(Repository.Root, ".artifacts", "unity-" + version + player);
        foreach (string project in player.Length == 0
            ? new[] { "VaeContent.Editor", "VaeContent.Samples", "VaeContent.OnnxRuntime.Unity" } : ["VaeContent.Unity"])
        {
            string? log = Repository.Run("dotnet", "build", Projects + project + ".csproj", "-c", "Release", "-nodeReuse:false",
                "-m:1", "-v:q", "-p:RunAnalyzers=false", "-p:UnityVersion=" + version, "-p:UnityPlayer=" + player,
                "-p:ArtifactsPath=" + artifacts);
            Assert.That(log, Is.Not.Null, $"{project} does not compile in Unity {version} {player}");
        }
        if (player.Length == 0) Repository.AssertNone(TooNew(artifacts, version), $"shims that Unity {version} does not have:");
    }

    [Test]
    public void CoreReferencesNetstandardAlone()
    {
        Assert.That(References(typeof(VaeBundle).Assembly.Location), Is.EqualTo(new[] { "netstandard" }));
        Assert.That(References(typeof(VaeContent.Internal.OnnxRuntimeEngine).Assembly.Location),
            Is.EquivalentTo(new[] { "netstandard", "VaeContent", "Microsoft.ML.OnnxRuntime" }));
    }

    [Test]
    public void CoreIsCSharp9WithWarningsAsErrors()
    {
        string? found = Repository.Run("dotnet", "msbuild", "-nodeReuse:false",
            "-getProperty:LangVersion,TargetFramework,TreatWarningsAsErrors,Nullable", "Runtime/VaeContent.csproj");
        Assert.That(found, Does.Match("\"LangVersion\": \"9.0\"").And.Match("\"TargetFramework\": \"netstandard2.1\"").And
            .Match("\"TreatWarningsAsErrors\": \"true\"").And.Match("\"Nullable\": \"enable\""));
    }

    private static string[] References(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        MetadataReader reader = file.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];
    }

    // Every shim says since when it exists, and none is newer than the version it was compiled for.
    private static IEnumerable<string> TooNew(string artifacts, string version)
    {
        string[] paths = [.. new[] { "UnityEngine", "UnityEditor" }
            .Select(name => Path.Combine(artifacts, "bin", name, "release", name + ".dll"))];
        var context = new AssemblyLoadContext("shims " + version, isCollectible: true);
        foreach (Type type in paths.SelectMany(path => context.LoadFromAssemblyPath(path).GetExportedTypes())
            .Where(type => type.Name != "SinceAttribute"))
        {
            if (Since(type) is not { } since) yield return $"{type}: does not say since when";
            foreach (MemberInfo member in type.GetMembers().Append(type))
            {
                if (Since(member) is { } found && Order(found) > Order(version))
                    yield return $"{type} {member.Name}: since {found}";
            }
        }
    }

    private static string? Since(MemberInfo member) =>
        member.GetCustomAttributesData().FirstOrDefault(data =>
            data.AttributeType.Name == "SinceAttribute")?.ConstructorArguments[0].Value as string;

    private static Version Order(string version) => Version.Parse(Regex.Match(version, @"^\d+\.\d+").Value);
}
