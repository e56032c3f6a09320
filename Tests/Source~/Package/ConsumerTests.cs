using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using VaeContent.Tests.Hosts;
using VaeContent.Trainer;

namespace VaeContent.Tests.Package;

/// <summary>The NuGet packages as a stranger uses them: from a folder, outside this repository.</summary>
[NonParallelizable]
public sealed class ConsumerTests
{
    private string _folder = "";

    [OneTimeSetUp]
    public void Pack()
    {
        Heavy.Require();
        _folder = Directory.CreateTempSubdirectory("vaecontent-").FullName;
        PackTests.Pack(At("dist"), "nuget", "tool");
    }

    [OneTimeTearDown]
    public void Remove()
    {
        if (_folder.Length > 0) Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void PackagesAreReproducible()
    {
        PackTests.Pack(At("again"), "nuget", "tool");
        string[] names = [.. Directory.GetFiles(At("dist")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        Assert.That(names.Select(name => Path.GetExtension(name)).Distinct(), Is.EquivalentTo(new[] { ".nupkg", ".snupkg" }));
        foreach (string name in names)
        {
            TestContext.Out.WriteLine($"{name}: {new FileInfo(At("dist", name)).Length} bytes");
            Assert.That(File.ReadAllBytes(At("again", name)), Is.EqualTo(File.ReadAllBytes(At("dist", name))), name);
        }
    }

    [TestCase(Device.Managed)]
    [TestCase(Device.Cpu)]
    public void AProjectThatTakesThePackageGeneratesTheSame(Device device)
    {
        string project = At("game" + device);
        Directory.CreateDirectory(project);
        WriteFeed(project);
        foreach (string source in new[] { "PixelDigest.cs", "HostProgram.cs" })
            File.Copy(Repository.At(Repository.TestSources + "/Hosts/" + source), Path.Combine(project, source));
        string native = $"<PackageReference Include=\"Microsoft.ML.OnnxRuntime\" Version=\"{BindingVersion()}\" />";
        File.WriteAllText(Path.Combine(project, "game.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>
                <PackageReference Include="VaeContent{(device == Device.Cpu ? ".OnnxRuntime" : "")}" Version="{Version()}" />
                {(device == Device.Cpu ? native : "")}
              </ItemGroup>
            </Project>
            """);
        Assert.That(Repository.RunIn(project, "dotnet", "build", "-c", "Release", "-o", "out", "-nodeReuse:false", "-m:1"),
            Is.Not.Null, "the package does not restore or compile");
        string bundle = Repository.At("Samples/Bundles/heroes.vae");
        string? found = Repository.RunIn(project, "dotnet", Path.Combine("out", "game.dll"), bundle, $"{device}");
        Assert.That(found, Is.Not.Null, "the package does not run");
        string[] theirs = found!.Split('\n'), ours = PixelDigest.Compute(bundle, device).Split('\n');
        Assert.That(theirs.Select(Latent), Is.EqualTo(ours.Select(Latent)));
        if (device == Device.Managed) Assert.That(theirs, Is.EqualTo(ours), "without any other package");
        // Another version of ONNX Runtime may add floats in another order.
        TestContext.Out.WriteLine(
            $"{theirs.Zip(ours).Count(line => line.First == line.Second)} of {ours.Length} lines equal to the last pixel");
    }

    [Test]
    public void TheToolInstallsTrainsAndExports()
    {
        string home = At("tool");
        Directory.CreateDirectory(home);
        WriteFeed(home);
        string? log = Repository.RunIn(home, "dotnet", "tool", "install", "VaeContent.Trainer", "--version", Version(),
            "--tool-path", At("tool", "bin"));
        Assert.That(log, Is.Not.Null, "the tool does not install");
        string tool = At("tool", "bin", "vaecontent");
        Assert.That(Repository.RunIn(home, tool, "paint", "heroes", "--count", "200", "--out", "sprites"), Is.Not.Null);
        log = Repository.RunIn(home, tool, "train", "sprites", "--out", "run", "--minutes", "0.167", "--set",
            "model.widths=[8,16,32]");
        Assert.That(log, Is.Not.Null);
        Assert.That(Repository.RunIn(home, tool, "export", "run", "--out", "heroes.vae"), Is.Not.Null);
        Assert.That(VaeBundle.Load(At("tool", "heroes.vae")).Width, Is.EqualTo(32));
    }

    // Packages go into a folder of their own: the version is that of packages that may lie in the user's cache.
    private void WriteFeed(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{At("packages")}" /></config>
              <packageSources><add key="dist" value="{At("dist")}" /></packageSources>
            </configuration>
            """);
    }

    private string At(params string[] parts) => Path.Combine([_folder, .. parts]);

    private static string Latent(string line) => line.Split(" pixels ")[0];

    private static string BindingVersion() => Regex.Match(Repository.Read("Directory.Packages.props"),
        "Microsoft.ML.OnnxRuntime.Managed\" Version=\"(.+?)\"").Groups[1].Value;

    private static string Version() => typeof(UserError).Assembly.GetName().Version!.ToString(3);
}
