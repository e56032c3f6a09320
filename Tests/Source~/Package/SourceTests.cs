using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace VaeContent.Tests.Package;

public sealed class SourceTests
{
    private const int MaxLines = 300, MaxColumns = 130, MaxMethodLines = 60;

    /// <summary>Files that have a reason to be longer.</summary>
    private static readonly string[] LongFiles = [];

    /// <summary>What Unity 2021.3 (C# 9, netstandard2.1, IL2CPP) does not compile or run, though a dotnet build may.</summary>
    private static readonly string[] NotInUnity =
    [
        @"\binit;", @"\brecord\b", @"\brequired\b", @"^\s*global using\b", @"^namespace [\w.]+;", @"\bHalf\b",
        @"\bRandom\.Shared\b", @"\bBitOperations\b", @"\bNativeLibrary\b", @"\bUnsafe\.", @"\bGetArrayDataReference\b",
        @"\bSystem\.Text\.Json\b", @"\.ThrowIf(?!Cancellation)\w+\(", @"\bReflection\.Emit\b", @"\bdynamic\b",
        @"\bExpression\b.*\.Compile\(", @"\bAppDomain\b", @"\bAssembly\.Location\b",
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
        $"past {MaxLines} lines a file should be split by subject:");

    [Test]
    public void LinesAreShort() => Repository.AssertNone(
        from path in Repository.Files
        where path.EndsWith(".cs", StringComparison.Ordinal)
        from line in Repository.Read(path).Split('\n').Index()
        where line.Item.Length > MaxColumns
        select $"{path}:{line.Index + 1}: {line.Item.Length} columns",
        $"past {MaxColumns} columns a line should be wrapped:");

    [Test]
    public void MethodsAreShort() => Repository.AssertNone(
        from path in Repository.Files
        where path.EndsWith(".cs", StringComparison.Ordinal)
        from body in Bodies(path)
        where body.Lines > MaxMethodLines
        select $"{path}: {body.Lines} lines in {body.Head}",
        $"past {MaxMethodLines} lines a method should become a list of named stages:");

    [Test]
    public void EachFileIsNamedAfterItsType() => Repository.AssertNone(
        from path in Product()
        let types = PublicTypes(path)
        where types.Length > 0 && !types.Contains(Path.GetFileName(path).Split('.')[0])
        select $"{path}: {string.Join(", ", types)}",
        "a file is named after the type that owns the others in it:");

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

    // What stands between braces on lines of their own, indented as members are; not what declares a type or fills a table.
    private static IEnumerable<(string Head, int Lines)> Bodies(string path)
    {
        string code = Regex.Replace(Repository.Read(path), "\"{3}.*?\"{3}", raw =>
            new string('\n', raw.Value.Count(c => c == '\n')), RegexOptions.Singleline);
        string[] lines = code.Split('\n');
        for (int open = 1; open < lines.Length; open++)
        {
            if (lines[open] is not ("    {" or "        {")) continue;
            string indent = lines[open][..^1];
            int head = open - 1, close = open;
            while (head > 0 && (lines[head].Length == 0
                || lines[head].StartsWith(indent + ' ', StringComparison.Ordinal))) head--;
            while (close < lines.Length - 1 && !lines[close].StartsWith(indent + '}', StringComparison.Ordinal)) close++;
            if (!Regex.IsMatch(lines[head], @"\b(class|record|struct|enum|interface|namespace)\b|=$"))
                yield return (lines[head].Trim(), close - open - 1);
        }
    }

    // Top level: no indentation under a file-scoped namespace, four spaces in a block.
    private static string[] PublicTypes(string path)
    {
        string code = Repository.Code(path);
        string indent = Regex.IsMatch(code, @"^namespace [\w.]+;", RegexOptions.Multiline) ? "" : "    ";
        return [.. Regex.Matches(code, $@"^{indent}public {Modifiers}{Kinds} (\w+)", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value)];
    }
}
