using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace VaeContent.Tests.Package;

public sealed class DependencyTests
{
    /// <summary>Which other folders of the Trainer each may use; null for all.</summary>
    private static readonly Dictionary<string, string[]?> MayUse = new()
    {
        ["Images"] = [],
        ["Data"] = ["Images"],
        ["Painting"] = ["Images", "Data"],
        ["Model"] = ["Export", "Training"], // a module writes itself to ONNX; losses are averaged over a group
        ["Training"] = ["Model", "Export", "Data", "Images"],
        ["Export"] = ["Model", "Training", "Data"],
        ["Metrics"] = ["Model", "Training", "Data", "Images"],
        ["Reports"] = ["Metrics", "Training", "Data", "Images"],
        ["Training/Select"] = ["Model", "Export", "Metrics", "Data", "Images"], // tries settings and judges the results
        ["Cli"] = null,
    };

    /// <summary>The one door of each foreign library.</summary>
    private static readonly Dictionary<string, string[]> Doors = new()
    {
        ["Microsoft.ML.OnnxRuntime"] = ["Runtime/OnnxRuntime/"],
        ["Google.Protobuf"] = ["Trainer/Export/Onnx/"],
        ["System.CommandLine"] = ["Trainer/Cli/"],
        ["TorchSharp"] = ["Trainer/Model/", "Trainer/Training/", "Trainer/Export/", "Trainer/Metrics/", "Trainer/Cli/"],
        ["SixLabors.ImageSharp"] = ["Trainer/Images/"],
        ["UnityEngine"] = ["Runtime/Unity/", "Runtime/OnnxRuntime/Unity/", "Editor/"],
        ["UnityEditor"] = ["Editor/"],
    };

    [Test]
    public void TrainerFoldersPointOneWay() => Repository.AssertNone(
        from path in Repository.Sources(Repository.TrainerSources)
        let parts = Place(path).Split('/')
        where parts.Length > 2
        from used in Uses(path)
        let folder = Place(path).StartsWith("Trainer/Training/Select/", StringComparison.Ordinal) ? "Training/Select" : parts[1]
        where used != parts[1]
            && !(MayUse.TryGetValue(folder, out string[]? allowed) && (allowed is null || allowed.Contains(used)))
        select $"{path} uses {used}",
        $"each folder of the Trainer uses only those below it (the table in {nameof(DependencyTests)}):");

    [Test]
    public void NamespacesFollowFolders() => Repository.AssertNone(
        from path in Repository.Sources(Repository.TrainerSources)
        let parts = Place(path).Split('/')
        let expected = parts.Length > 2 ? $"VaeContent.Trainer.{parts[1]}" : "VaeContent.Trainer"
        let match = Regex.Match(Repository.Code(path), @"^namespace ([\w.]+);", RegexOptions.Multiline)
        where match.Success && match.Groups[1].Value != expected
            && !match.Groups[1].Value.StartsWith(expected + ".", StringComparison.Ordinal)
        select $"{path} is in {match.Groups[1].Value}, expected {expected}",
        "a file's namespace is its folder, or the rule on folders could not be checked:");

    [Test]
    public void RuntimeKnowsNothingOfTrainerOrEditor() => Repository.AssertNone(
        Repository.Sources("Runtime").Where(path => !path.EndsWith("AssemblyInfo.cs", StringComparison.Ordinal))
            .Where(path => Regex.IsMatch(Repository.Code(path), @"VaeContent\.(Trainer|Editor|Tests)\b")),
        "the Runtime ships in games and stands alone:");

    [Test]
    public void EachForeignLibraryHasOneDoor() => Repository.AssertNone(
        from path in Repository.Sources("Runtime").Concat(Repository.Sources(Repository.TrainerSources))
            .Concat(Repository.Sources("Editor"))
        let code = Repository.Code(path)
        from door in Doors
        where !door.Value.Any(folder => Place(path).StartsWith(folder, StringComparison.Ordinal))
        where Regex.IsMatch(code, $@"\b{Regex.Escape(door.Key)}\b")
        select $"{path} uses {door.Key}, which belongs in {string.Join(" or ", door.Value)}",
        "a foreign library is used in one place:");

    private static IEnumerable<string> Uses(string path) =>
        Regex.Matches(Repository.Code(path), @"\bVaeContent\.Trainer\.(\w+)").Select(match => match.Groups[1].Value).Distinct()
            .Where(name => MayUse.ContainsKey(name)
                || System.IO.Directory.Exists(Repository.At(Repository.TrainerSources + "/" + name)));

    // As the tables above name it, wherever the Trainer's sources lie.
    private static string Place(string path) =>
        path.Replace(Repository.TrainerSources + "/", "Trainer/", StringComparison.Ordinal);
}
