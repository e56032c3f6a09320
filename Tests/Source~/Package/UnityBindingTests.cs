using System.IO;
using System.Linq;
using System.Text.Json;
using NUnit.Framework;

namespace VaeContent.Tests.Package;

/// <summary>ONNX Runtime as Unity resolves it: the C# sources of an npm package, of another version than NuGet's.</summary>
[NonParallelizable]
public sealed class UnityBindingTests
{
    private const string Binding = "com.github.asus4.onnxruntime";

    [Test]
    public void TheEngineCompilesAgainstIt()
    {
        Heavy.RequireNpm();
        string artifacts = Path.Combine(Repository.Root, ".artifacts", "hosts", "binding");
        string? log = Repository.Run("dotnet", "build", Repository.TestSources + "/Hosts/UnityRuntime.csproj", "-c", "Release",
            "-nodeReuse:false", "-m:1", "-p:ArtifactsPath=" + artifacts);
        Assert.That(log, Is.Not.Null, $"ONNX Runtime's engine does not compile against {Binding}");
    }

    [Test]
    public void AssemblyDefinitionRefersToIt()
    {
        string package = Path.Combine(Heavy.RequireNpm(), Binding);
        string[] theirs = [.. Directory.EnumerateFiles(package, "*.asmdef", SearchOption.AllDirectories)
            .Select(path => Name(File.ReadAllText(path)))];
        Assert.That(theirs, Does.Contain(Binding), "the assembly that VaeContent.OnnxRuntime.asmdef refers to");
    }

    private static string Name(string definition) =>
        JsonSerializer.Deserialize<JsonElement>(definition).GetProperty("name").GetString()!;
}
