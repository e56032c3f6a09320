using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using VaeContent.Tests.Hosts;

namespace VaeContent.Tests.Package;

/// <summary>The Runtime on the two kinds of runtime that Unity has: compiled ahead of time, as by IL2CPP, and Mono.</summary>
[NonParallelizable]
public sealed class HostTests
{
    private const string Bundle = "Samples/Bundles/heroes.vae", Projects = Repository.TestSources + "/Hosts/";

    private static string Folder(string name) => Path.Combine(Repository.Root, ".artifacts", "hosts", name);

    [TestCase(Device.Managed)]
    [TestCase(Device.Cpu)]
    public void CompiledAheadOfTimeItGivesTheSamePixels(Device device)
    {
        Heavy.Require();
        if (!OperatingSystem.IsLinux()) Assert.Ignore("the linker's settings here are those of Linux");
        string folder = Folder("aot" + device), output = Path.Combine(folder, "out");
        string compiler = Repository.Exists("clang") ? "clang" : "gcc";
        string? log = Repository.Run("dotnet", "publish", Projects + "AotHost.csproj", "-c", "Release", "-r", "linux-x64",
            "-o", output, "-nodeReuse:false", "-m:1", "-p:ArtifactsPath=" + folder,
            "-p:WithOnnxRuntime=" + (device == Device.Cpu), "-p:CppCompilerAndLinker=" + compiler);
        Assert.That(log, Is.Not.Null, "the publish fails, or warns of what trimming or ahead-of-time compilation would break");
        Assert.That(Regex.Matches(log!, @"\bwarning\b.*").Select(match => match.Value), Is.Empty);
        Compare(device, Path.Combine(output, "AotHost"));
        long bytes = Directory.EnumerateFiles(output).Where(file => !file.EndsWith(".dbg", StringComparison.Ordinal))
            .Sum(file => new FileInfo(file).Length);
        TestContext.Out.WriteLine($"{device}: {bytes} bytes in {output}");
    }

    [Test]
    public void OnMonoItGivesTheSameLatentsAndPixels()
    {
        Heavy.Require();
        if (!Repository.Exists("mono")) Assert.Ignore("Mono is not installed; .ci/run installs it on Debian");
        string? log = Repository.Run("dotnet", "build", Projects + "MonoHost.csproj", "-c", "Release", "-nodeReuse:false", "-m:1",
            "-p:ArtifactsPath=" + Folder("mono"));
        Assert.That(log, Is.Not.Null, "the Runtime's sources do not compile for Mono");
        string program = Path.Combine(Folder("mono"), "bin", "MonoHost", "release", "MonoHost.exe");
        Compare(Device.Managed, "mono", program);
        Compare(Device.Managed, "mono", program); // a second run gives the same too
    }

    // Line by line, so that a failure names the seed.
    private static void Compare(Device device, string program, params string[] arguments)
    {
        string path = Repository.At(Bundle);
        string? found = Repository.Run(program, [.. arguments, path, $"{device}"]);
        Assert.That(found, Is.Not.Null, program + " fails");
        Assert.That(found!.Split('\n'), Is.EqualTo(PixelDigest.Compute(path, device).Split('\n')));
    }
}
