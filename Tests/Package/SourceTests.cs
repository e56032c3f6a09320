using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace VaeContent.Tests.Package;

public sealed class SourceTests
{
    private const int MaxLines = 300;

    /// <summary>Files that have a reason to be longer.</summary>
    private static readonly string[] LongFiles = [];

    /// <summary>Small records beside their owner.</summary>
    private static readonly string[] FilesOfSeveralTypes =
    [
        Repository.TrainerSources + "/Models/Layer.cs",         // a layer and its kinds: read as one table
    ];

    /// <summary>What Unity 2021.3 (C# 9, netstandard2.1, IL2CPP) does not compile or run, though a dotnet build may.</summary>
    private static readonly string[] NotInUnity =
    [
        @"\binit;", @"\brecord\b", @"\brequired\b", @"^\s*global using\b", @"^namespace [\w.]+;", @"\bHalf\b",
            @"\bRandom\.Shared\b",
        @"\bBitOperations\b", @"\bNativeLibrary\b", @"\bUnsafe\.", @"\bGetArrayDataReference\b", @"\bSystem\.Text\.Json\b",
        @"\.ThrowIf(?!Cancellation)\w+\(",
        @"\bReflection\.Emit\b", @"\bdynamic\b", @"\bExpression\b.*\.Compile\(", @"\bAppDomain\b", @"\bAssembly\.Location\b",
    ];

    [Test]
    public void RuntimeCompilesInUnity() => Repository.AssertNone(
        from path in Repository.Sources("Runtime")
        let code = Repository.Code(path)
        from pattern in NotInUnity
        let match = Regex.Match(code, pattern, RegexOptions.Multiline)
        where match.Success
        select $"{path}: '{match.Value.Trim()}'",
        "not to be used in the Runtime, which Unity 2021.3 compiles too:");

    [Test]
    public void FilesAreShort() => Repository.AssertNone(
        from path in Product()
        let lines = Repository.Read(path).Count(c => c == '\n')
        where lines > MaxLines && !LongFiles.Contains(path)
        select $"{path}: {lines} lines",
        $"past {MaxLines} lines a file wants splitting by subject:");

    [Test]
    public void EachFileHoldsOnePublicTypeOfItsName() => Repository.AssertNone(
        from path in Product()
        where !FilesOfSeveralTypes.Contains(path)
        let types = PublicTypes(path)
        let name = Path.GetFileName(path).Split('.')[0]
        where types.Length > 1 || (types.Length == 1 && types[0] != name)
        select $"{path}: {string.Join(", ", types)}",
        "a file holds one public type and is named after it:");

    [Test]
    public void NoFileNamesAMachineOrARegistry() => Repository.AssertNone(
        from path in Repository.Files
        where !Regex.IsMatch(path, @"\.(png|gif|onnx|vae|npz|bin)$")
        let match = Regex.Match(Repository.Read(path),
            @"(?<![\w.~)}>-])/(wor[k]|roo[t]|hom[e]/\w+)/|\b(npmjs|nuget|openupm)\.(org|com)\b", RegexOptions.IgnoreCase)
        where match.Success
        select $"{path}: '{match.Value}'",
        "paths of one machine and addresses of package registries do not belong in the repository:");

    private static IEnumerable<string> Product() =>
        Repository.Sources("Runtime").Concat(Repository.Sources(Repository.TrainerSources));

    private const string Modifiers = @"(?:(?:static|sealed|abstract|readonly|partial|ref|unsafe) )*";
    private const string Kinds = @"(?:class|record struct|record|struct|enum|interface|delegate \S+)";

    // Top level: no indentation under a file-scoped namespace, four spaces in a block.
    private static string[] PublicTypes(string path)
    {
        string code = Repository.Code(path);
        string indent = Regex.IsMatch(code, @"^namespace [\w.]+;", RegexOptions.Multiline) ? "" : "    ";
        return [.. Regex.Matches(code, $@"^{indent}public {Modifiers}{Kinds} (\w+)", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value)];
    }
}
