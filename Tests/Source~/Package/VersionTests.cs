using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace VaeContent.Tests.Package;

public sealed class VersionTests
{
    private const string Binding = "com.github.asus4.onnxruntime", Pins = ".ci/npm/";

    [Test]
    public void PackageBuildAndChangelogAgree()
    {
        string version = Json("package.json").GetProperty("version").GetString()!;
        Match build = Regex.Match(Repository.Read("Directory.Build.props"), "<Version>(.+?)</Version>");
        Match newest = Regex.Match(Repository.Read("CHANGELOG.md"), @"^## \[(\d.*?)\] - (.+)$", RegexOptions.Multiline);
        Assert.That(build.Groups[1].Value, Is.EqualTo(version), "Directory.Build.props against package.json");
        Match citation = Regex.Match(Repository.Read("CITATION.cff"), "\nversion: (.+)\ndate-released: (.+)\n");
        Assert.That(newest.Groups[1].Value, Is.EqualTo(version), "CHANGELOG.md's newest entry against package.json");
        Assert.That(citation.Groups[1].Value, Is.EqualTo(version), "CITATION.cff against package.json");
        Assert.That(citation.Groups[2].Value, Is.EqualTo(newest.Groups[2].Value), "CITATION.cff's date against CHANGELOG.md's");
        Assert.That(DateOnly.TryParseExact(newest.Groups[2].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out _),
            "the newest entry is dated");
    }

    [Test]
    public void SolutionHoldsEveryProject()
    {
        // Hosts are what tests build and run.
        IEnumerable<string> projects = Repository.Files.Where(path => Regex.IsMatch(path, @"\.csproj$")
            && !Regex.IsMatch(path, "/(Hosts|Torch)/"));
        string solution = Repository.Read("VaeContent.sln").Replace('\\', '/');
        Repository.AssertNone(projects.Where(path => !solution.Contains($"\"{path}\"", StringComparison.Ordinal)),
            "not in VaeContent.sln:");
    }

    [Test]
    public void UnityAndTheChecksTakeTheSameBinding()
    {
        string?[] versions =
        [
            Json(".ci/directml/package.json").GetProperty("dependencies").GetProperty(Binding).GetString(),
            Json(Pins + "package.json").GetProperty("dependencies").GetProperty(Binding).GetString(),
            Json(Pins + "package-lock.json").GetProperty("packages").GetProperty("").GetProperty("dependencies")
                .GetProperty(Binding).GetString(),
            Json(Pins + "package-lock.json").GetProperty("packages").GetProperty("node_modules/" + Binding).GetProperty("version")
                .GetString(),
        ];
        Assert.That(versions.Distinct(), Is.EqualTo(new[] { versions[0] }));
    }

    [Test]
    public void NoticesNameEveryPackage()
    {
        string notices = Repository.Read("Third Party Notices.md");
        string pins = Repository.Read("Directory.Packages.props");
        IEnumerable<string> packages = Regex.Matches(pins, "PackageVersion Include=\"(.+?)\"")
            .Select(match => match.Groups[1].Value).Append(Binding);
        Repository.AssertNone(packages.Where(name => !Regex.IsMatch(notices,
            $"^Component Name: {Regex.Escape(name)}\n\nLicense Type: \\S", RegexOptions.Multiline)),
            "'Third Party Notices.md' must name each package and its licence; it lacks:");
    }

    [Test]
    public void ManifestHasWhatUnityAsksFor()
    {
        JsonElement manifest = Json("package.json");
        Assert.That(manifest.GetProperty("name").GetString(), Is.EqualTo("com.vaecontent"));
        Assert.That(manifest.GetProperty("unity").GetString(), Does.Match(@"^\d{4}\.\d$"));
        foreach (string key in new[] { "unityRelease", "displayName", "description", "license", "author" })
            Assert.That(manifest.TryGetProperty(key, out _), key);
    }

    private static JsonElement Json(string path) => JsonSerializer.Deserialize<JsonElement>(Repository.Read(path));
}
